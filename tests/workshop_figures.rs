//! The figures beside a step: the invented district's are its own, and what others may see names
//! nobody and tells nothing about fewer than 11 students.

use bright_spots::attendance::{Dataset, Day, Definition};
use bright_spots::charts::workshop::{Reveal, Setting};
use bright_spots::charts::{Chart, Width};
use bright_spots::example::{self, Through};
use bright_spots::ingest::import::{Head, propose};
use bright_spots::ingest::tally::Tally;
use bright_spots::share::gate::Shown;
use bright_spots::workshop::choices::{Chosen, queue};
use bright_spots::workshop::exhibits::{Look, predictions, reveals, sharing_words, tool_chart};
use bright_spots::workshop::figures::{Audience, Figures, Origin, ToldOfSchool, Whom};
use bright_spots::workshop::session::{Becomes, Subjects};
use bright_spots::workshop::tally::{Prediction, Who, spread};
use bright_spots::workshop::{Language, Tool, catalogue};

fn read(text: &str) -> Dataset {
    let reading = propose(&Head {
        name: "marked",
        bytes: &text.as_bytes()[..text.len().min(60_000)],
        whole: text.len() <= 60_000,
    })
    .unwrap();
    let mut tally = Tally::new(vec![reading], &[text.len() as u64], Day(20_600));
    tally.start(0);
    tally.push(text.as_bytes());
    tally.end();
    tally.finish().dataset
}

#[test]
fn the_invented_districts_figures_are_those_of_the_invented_district() {
    let dataset = read(&example::chunks(Through::February).concat());
    let mut figures = Figures::of(&dataset, &Definition::default(), None);
    figures.origin = Origin::Invented;
    let text = serde_json::to_string(&figures).unwrap().replace("{\"name\"", "\n {\"name\"") + "\n";
    if std::env::var_os("UPDATE_FIGURES").is_some() {
        std::fs::write("src/workshop/sessions/invented-district.json", &text).unwrap();
    } else {
        assert_eq!(Figures::invented(), figures, "run with UPDATE_FIGURES=1 to write the file anew");
    }
}

/// A district in which every student, homeroom and id is marked, with a school and a condition of
/// fewer than 11 students.
fn marked() -> Dataset {
    let mut text = String::from(
        "student_id,student_name,school,grade,homeroom,days_enrolled,days_absent,economically_disadvantaged,special_education\n",
    );
    let schools =
        [("Aspen School", 120, 21), ("Beech School", 140, 12), ("Chestnut School", 130, 40), ("Tiny School", 9, 3)];
    let mut n = 0;
    for (school, students, chronic) in schools {
        for i in 0..students {
            n += 1;
            let absent = if i < chronic { 20 } else { i % 7 };
            let poor = if i % 2 == 0 { "Y" } else { "N" };
            // Seven students with this condition at each school.
            let special = if i % 17 == 0 && i < 119 { "Y" } else { "N" };
            text.push_str(&format!(
                "ZQID{n:05},Zqname{n} Zqlast{n},{school},{},ZQROOM{},98,{absent},{poor},{special}\n",
                i % 6 + 1,
                i % 4
            ));
        }
    }
    let dataset = read(&text);
    assert_eq!(dataset.schools.len(), 4, "the marked file is read");
    assert!(dataset.students.len() > 390);
    dataset
}

/// Everything a chart says: drawing, title, sentence, table and foot.
fn words(chart: &Chart) -> String {
    let rows: Vec<String> = chart.table.rows.iter().map(|row| row.join(" | ")).collect();
    format!("{}\n{}\n{}\n{}\n{}", chart.title, chart.summary, chart.svg, chart.foot, rows.join("\n"))
}

#[test]
fn no_step_shows_others_a_name_an_id_or_fewer_than_eleven_students() {
    let dataset = marked();
    let figures = Figures::of(&dataset, &Definition::default(), None);
    let tiny = figures.schools.iter().find(|school| school.name == "Tiny School").unwrap();
    assert_eq!((tiny.counted, tiny.chronic), (9, 3));
    let special = figures.conditions.iter().position(|label| label.to_lowercase().contains("special")).unwrap();
    assert!(figures.schools.iter().any(|school| (1..11).contains(&school.conditions[special].with.0)));
    let mut n_charts = 0;
    for session in catalogue::sessions() {
        for step in &session.steps {
            for (audience, setting) in [(Audience::Others, Setting::Projector), (Audience::Others, Setting::Page)] {
                let look = Look { audience, width: Width(1168), setting };
                let mut charts: Vec<Chart> =
                    step.tool.and_then(|tool| tool_chart(tool, &figures, look)).into_iter().collect();
                if let Some((_, about)) = step.predictions() {
                    for reveal in [Reveal::PredictionsOnly, Reveal::Shown] {
                        charts.push(predictions(about, &figures, &[], reveal, "Predictions", look));
                    }
                }
                for chart in charts {
                    n_charts += 1;
                    let said = words(&chart);
                    for mark in ["Zq", "ZQ", "zq"] {
                        assert!(!said.contains(mark), "{}: a marked name in {}", step.id, chart.title);
                    }
                    // A school of nine: its name may stand, its numbers may not.
                    for row in chart.table.rows.iter().filter(|row| row[0] == "Tiny School") {
                        let digits = row[1..].iter().any(|cell| cell.chars().any(|c| c.is_ascii_digit()));
                        assert!(!digits, "{}: {row:?}", step.id);
                    }
                    // Nor may any cell give a count of students below eleven: "9 of", "of 9", "n = 9".
                    for row in &chart.table.rows {
                        for cell in &row[1..] {
                            for small in 1..11 {
                                assert!(!cell.contains(&format!("of {small})")), "{}: {cell}", step.id);
                                assert!(!cell.starts_with(&format!("{small} of ")), "{}: {cell}", step.id);
                                assert!(!cell.contains(&format!("({small} of ")), "{}: {cell}", step.id);
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(n_charts > 10, "{n_charts} charts were looked at");
    for language in Language::ALL {
        assert!(!sharing_words(&figures, language).contains('9'));
    }
}

#[test]
fn the_team_sees_the_numbers_that_others_do_not() {
    let figures = Figures::of(&marked(), &Definition::default(), None);
    let look = |audience| Look { audience, width: Width::MIDDLE, setting: Setting::Page };
    let team = words(&tool_chart(Tool::Schools, &figures, look(Audience::Team)).unwrap());
    let others = words(&tool_chart(Tool::Schools, &figures, look(Audience::Others)).unwrap());
    assert!(team.contains("(3 of 9)"), "{team}");
    assert!(!others.contains("3 of 9"));
    assert!(!others.contains("(21 of 120)"), "others get rates in whole percents, no counts of the chronically absent");
}

#[test]
fn others_see_of_loaded_data_only_what_the_export_tells() {
    let dataset = marked();
    let look = Look { audience: Audience::Others, width: Width::MIDDLE, setting: Setting::Page };
    // The export of an earlier file tells Aspen with two students more, of Beech its size alone, and of Chestnut
    // nothing, though both are large.
    let value = Shown::Value;
    let tells = |school: usize, whom: Whom| match (school, whom) {
        (0, Whom::All) => (value(122), value(22)),
        (0, Whom::With(_)) => (value(61), value(21)),
        (0, Whom::Without(_)) => (value(61), value(11)),
        (1, Whom::All) => (value(140), Shown::Hidden),
        _ => (Shown::Hidden, Shown::Hidden),
    };
    let figures = Figures::of(&dataset, &Definition::default(), Some(&tells));
    let [aspen, beech, chestnut] = [0, 1, 2].map(|at| figures.schools[at].rate(Audience::Others));
    assert_eq!((aspen.counted, aspen.rate), (Some(122), Some(22.0 / 122.0)), "the export's number, not today's");
    assert_eq!((beech.counted, beech.rate), (Some(140), None));
    assert_eq!((chestnut.counted, chestnut.rate), (None, None));
    assert_eq!(figures.n_hidden(), 2, "Chestnut and the school of nine");
    let poor = figures.conditions.iter().position(|label| label.starts_with("Economic")).unwrap();
    let [with, without] = figures.schools[0].sides(poor, Audience::Others);
    assert_eq!((with.counted, with.rate, without.rate), (Some(61), Some(21.0 / 61.0), Some(11.0 / 61.0)));
    assert!(figures.schools[1].sides(poor, Audience::Others).iter().all(|side| side.counted.is_none()));
    assert!(figures.schools[0].note(Audience::Others).contains("50 %"));
    // The gap is that of the numbers told: 34.4 less 18.0 points, not 34 less 18 of rates rounded apart.
    let mut all = figures.clone();
    all.schools = vec![all.schools[0].clone(), all.schools[0].clone(), all.schools[0].clone()];
    let conditions = tool_chart(Tool::Conditions { predict_first: false }, &all, look).unwrap();
    let row = conditions.table.rows.iter().find(|row| row[0].starts_with("Economic")).unwrap();
    assert_eq!((&*row[2], &*row[4], &*row[5]), ("34 % (of 61)", "18 % (of 61)", "+16"));
    for at in [1, 2] {
        assert!(!figures.schools[at].note(Audience::Others).contains('%'), "a share of the hidden");
        assert!(figures.schools[at].note(Audience::Team).contains('%'));
        assert!(figures.schools[at].row(Audience::Others).expected.is_none());
    }
    let chart = tool_chart(Tool::Schools, &figures, look).unwrap();
    for row in chart.table.rows.iter().filter(|row| row[0] == "Beech School" || row[0] == "Chestnut School") {
        assert!(!row[1..].iter().any(|cell| cell.contains('%')), "{row:?}");
    }
}

#[test]
fn the_schools_that_are_predicted_can_be_told_to_who_looks() {
    let figures = Figures::of(&marked(), &Definition::default(), None);
    let names = |audience| figures.trio_rows(audience).into_iter().map(|row| row.name).collect::<Vec<_>>();
    assert_eq!(names(Audience::Team), ["Aspen School", "Beech School", "Chestnut School"]);
    assert_eq!(names(Audience::Team), names(Audience::Others));
    let invented = Figures::invented();
    let [team, others] = [Audience::Team, Audience::Others].map(|audience| invented.trio(audience).unwrap());
    assert_eq!((team, team.alike), (others, true));
    assert_eq!(team.schools.map(|at| &*invented.schools[at].grades), ["K–5"; 3], "three of like grades");
    assert!(invented.trio_rows(Audience::Others).iter().all(|row| row.rate.rate.is_some()));

    // Four schools of which the export hides one that would be asked about otherwise.
    let mut figures = Figures::of(&marked(), &Definition::default(), None);
    figures.schools[3].counted = 130;
    figures.schools[3].chronic = 30;
    for (at, school) in figures.schools.iter_mut().enumerate() {
        let all = if at == 1 {
            (Shown::Hidden, Shown::Hidden)
        } else {
            (Shown::Value(school.counted), Shown::Value(school.chronic))
        };
        school.told = Some(ToldOfSchool { all, disadvantaged_tenths: None, conditions: Vec::new() });
    }
    let names: Vec<String> = figures.trio_rows(Audience::Others).into_iter().map(|row| row.name).collect();
    assert_eq!(names, ["Aspen School", "Chestnut School", "Tiny School"]);
    assert!(figures.trio(Audience::Team).unwrap().schools.contains(&1));
}

#[test]
fn guesses_are_set_against_what_who_looks_may_know() {
    let figures = Figures::invented();
    let known = |audience| {
        let reveals = reveals(Subjects::Schools, &figures, audience);
        reveals.into_iter().map(|reveal| (reveal.name, reveal.tenths_of_percent)).collect::<Vec<_>>()
    };
    let (team, others) = (known(Audience::Team), known(Audience::Others));
    assert_eq!(team.len(), figures.schools.len(), "also of schools that another device was asked about");
    assert_eq!(team.iter().find(|(name, _)| name.starts_with("Dogwood")).unwrap().1, Some(225));
    assert_eq!(others.iter().find(|(name, _)| name.starts_with("Dogwood")).unwrap().1, Some(230), "whole percents");
    assert_eq!(others.iter().find(|(name, _)| name.starts_with("Fern")).unwrap().1, None);
    assert_eq!(reveals(Subjects::Exhibit, &figures, Audience::Team).len(), 3, "and of each step its own schools");

    // A guess about a school that is not asked about has a row where its rate is known.
    let guess = |key: &str| Prediction {
        key: key.to_owned(),
        guesses: vec![(20, Who { label: "Ana".into(), neutral_label: "Participant 1".into() })],
        spread: spread(vec![20]).unwrap(),
    };
    let guesses = [guess("Dogwood Middle"), guess("Fern Charter"), guess("Elsewhere")];
    let look = Look { audience: Audience::Others, width: Width::MIDDLE, setting: Setting::Page };
    let chart = predictions(Subjects::Schools, &figures, &guesses, Reveal::Shown, "Predictions", look);
    let rows: Vec<&str> = chart.table.rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(rows[3..], ["Dogwood Middle"]);
    let chart = tool_chart(Tool::ThreeSchools, &figures, look).unwrap();
    assert_eq!(chart.table.rows.len(), 3, "the question about the three is not set beside six");
}

#[test]
fn choices_wait_for_the_plans_once_each() {
    let choice = |key: &str, what: &str| Chosen {
        key: key.to_owned(),
        becomes: Becomes::Action,
        what: what.to_owned(),
        who: String::new(),
        by_when: String::new(),
        reason: String::new(),
        partner: String::new(),
        more: Vec::new(),
        session: "s".to_owned(),
        step: "t".to_owned(),
        team: "Oak".to_owned(),
    };
    let first = queue("", &[choice("a", "Call families"), choice("b", "Walk together")]).unwrap();
    let again = queue(&first, &[choice("a", "Call families in September")]).unwrap();
    let all: Vec<Chosen> = serde_json::from_str(&again).unwrap();
    assert_eq!(
        all.iter().map(|choice| choice.what.as_str()).collect::<Vec<_>>(),
        ["Walk together", "Call families in September"]
    );
    assert!(queue("{broken", &[]).is_err(), "what cannot be read is not written over");
}
