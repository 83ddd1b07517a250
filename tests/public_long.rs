//! Long public files, in which a cell says what a row's number is: measures are never mixed, and a number and a percent
//! in two rows are one school's.

mod support_published;
mod support_reading;

use bright_spots::ingest::pick::{Answer, Topic};
use bright_spots::ingest::problem::Kind as Why;
use bright_spots::ingest::reading::{Ask, Reading};
use bright_spots::ingest::tally::Outcome;
use support_published::{lines, rates};
use support_reading::{read, read_answering};

fn asked(o: &Outcome) -> Vec<Topic> {
    let topic = |ask: &Ask| if let Ask::Pick(pick) = ask { Some(pick.topic) } else { None };
    o.questions.iter().filter_map(|q| topic(&q.kind)).collect()
}

fn kinds(o: &Outcome) -> Vec<(Why, u64)> {
    o.problems.iter().map(|p| (p.kind, p.rows)).collect()
}

fn answer(topic: Topic, answer: Answer) -> impl Fn(usize, &mut Reading) {
    move |_, r| {
        let _ = r.answers.insert(topic, answer);
    }
}

/// Measures of two schools, each with its percent.
fn measured(header: &str, rows: &[(&str, [&str; 2])]) -> String {
    let row = |(measure, [alder, birch]): &(&str, [&str; 2])| {
        format!("Alder,All Students,{measure},{alder}\nBirch,All Students,{measure},{birch}\n")
    };
    format!("School,Student Group,{header},Percent\n{}", rows.iter().map(row).collect::<String>())
}

#[test]
fn of_several_measures_the_one_about_chronic_absence_is_used() {
    let other = ("Ninth Grade On Track", ["81.0", "70.2"]);
    for header in ["Measure", "Measures", "Indicator"] {
        let o = read(&[&measured(header, &[other, ("Chronic Absence", ["22.6", "14.0"])])]);
        assert_eq!((rates(&o), kinds(&o)), (vec![Some(226), Some(140)], vec![(Why::AnotherMeasure, 2)]), "{header}");
    }
    // Those who attended regularly tell the rest, where no row is about the others.
    let regular = ("Regular Attendance", ["0.774", "0.860"]);
    let o = read(&[&measured("Measures", &[("Ninth Grade On Track", ["0.81", "0.70"]), regular])]);
    assert_eq!((rates(&o), kinds(&o)), (vec![Some(226), Some(140)], vec![(Why::AnotherMeasure, 2)]));
    let o = read(&[&measured("Measures", &[regular, ("Chronic Absence", ["0.231", "0.142"])])]);
    assert_eq!(rates(&o), [Some(231), Some(142)]);
    // An average of days is neither.
    let average = measured("Measures", &[("Regular Attendance", ["77.4", "86.0"])]).replace("Percent", "Rate");
    assert_eq!(asked(&read(&[&average])), [Topic::RateOf]);
}

#[test]
fn measures_that_nobody_knows_are_never_mixed() {
    let track = ("Ninth Grade On Track", ["81.0", "70.2"]);
    let o = read(&[&measured("Measures", &[track, ("Dual Credit", ["40.1", "33.3"])])]);
    assert_eq!((lines(&o), kinds(&o)), (Vec::new(), vec![(Why::AnotherMeasure, 4)]));
    // One measure under a name of the publisher's own: the person may know it.
    let one = measured("Measures", &[("Attendance Concern", ["22.6", "14.0"])]);
    assert_eq!(asked(&read(&[&one])), [Topic::RateOf]);
    let o = read_answering(&[&one], &answer(Topic::RateOf, Answer::ChronicallyAbsent));
    assert_eq!(rates(&o), [Some(226), Some(140)]);
    // What names chronic absence can stand below all that a first look sees.
    let many: Vec<(String, [&str; 2])> = (0..40).map(|n| (format!("Measure No. {n}"), ["50.1", "60.2"])).collect();
    let mut rows: Vec<(&str, [&str; 2])> = many.iter().map(|(name, of)| (name.as_str(), *of)).collect();
    rows.push(("Chronic Absence", ["22.6", "14.0"]));
    let o = read(&[&measured("Measures", &rows)]);
    assert_eq!((rates(&o), kinds(&o)), (vec![Some(226), Some(140)], vec![(Why::AnotherMeasure, 80)]));
}

#[test]
fn a_number_and_a_percent_in_two_rows_are_one_schools() {
    for (count, percent) in [("Count", "Percent"), ("Number", "Rate"), ("N", "%"), ("#", "pct")] {
        for header in ["Unit", "Type", "Value Type"] {
            let o = read(&[&format!(
                "School,{header},Chronically Absent,Enrolled\nAlder,{count},67,296\nAlder,{percent},22.6,100.0\n\
                 Birch,{percent},14.0,100.0\nBirch,{count},52,372\n"
            )]);
            let both =
                [("Alder".into(), Some(67), Some(296), Some(226)), ("Birch".into(), Some(52), Some(372), Some(140))];
            assert_eq!(lines(&o), both, "{header} {count}");
            // Whole percents are told by their word alone.
            let o = read(&[&format!(
                "School,{header},Chronic Absence\nAlder,{count},67\nAlder,{percent},23\nBirch,{count},52\nBirch,{percent},14\n"
            )]);
            assert_eq!((lines(&o)[0].1, rates(&o)), (Some(67), vec![Some(230), Some(140)]), "{header} {percent}");
        }
    }
    let o = read(&[
        "School,Measure,Unit,Value\nAlder,Chronic Absenteeism,Number,67\nAlder,Chronic Absenteeism,Percent,22.6\n\
         Birch,Chronic Absenteeism,Number,52\nBirch,Chronic Absenteeism,Percent,14.0\nBirch,Suspension,Percent,3.0\n",
    ]);
    assert_eq!((lines(&o)[1].1, rates(&o)), (Some(52), vec![Some(226), Some(140)]));
}

#[test]
fn fractions_among_percents_are_asked_about() {
    let text = "School,Chronic Absence Rate\nAlder,0.226\nBirch,0.14\nCedar,0.396\nElm,12.4\n";
    assert_eq!(asked(&read(&[text])), [Topic::RateScale]);
    let o = read_answering(&[text], &answer(Topic::RateScale, Answer::Fraction));
    assert_eq!(rates(&o), [Some(226), Some(140), Some(396), Some(124)]);
    let o = read_answering(&[text], &answer(Topic::RateScale, Answer::Percent));
    assert_eq!(rates(&o), [Some(2), Some(1), Some(4), Some(124)]);
    // Those who are not chronically absent, and the values of a long file.
    let text = "School,Percent Not Chronically Absent\nAlder,0.774\nBirch,86.0\n";
    assert_eq!(asked(&read(&[text])), [Topic::RateScale]);
    let text = "School,Measure,Value\nAlder,Chronic Absence Rate,0.226\nBirch,Chronic Absence Rate,14.0\n";
    assert_eq!(asked(&read(&[text])), [Topic::RateScale]);
    // Percents of small schools, one as fine as the other, and those that counts beside them tell.
    for text in [
        "School,Chronic Absence Rate\nAlder,0.5\nBirch,0.8\nCedar,1.4\nElm,12.4\n",
        "School,Chronic Absence Rate\nAlder,0.45\nBirch,2.31\nCedar,14.02\n",
        "School,Students,Number Chronically Absent,Chronic Absence Rate\nAlder,1000,2,0.226\nBirch,372,52,14.0\n",
    ] {
        assert_eq!(asked(&read(&[text])), [], "{text}");
    }
}

#[test]
fn percents_above_a_hundred_are_said_with_line_and_column() {
    for value in ["124.0", "124%", "999"] {
        let o = read(&[&format!("School,Enrollment,Chronic Absence Rate\nAlder,296,22.6\nBirch,372,{value}\n")]);
        assert_eq!(lines(&o)[1], ("Birch".into(), None, Some(372), None), "{value}");
        let said = &o.problems[0];
        assert_eq!(
            (said.kind, said.rows, said.first_line, said.column.as_str()),
            (Why::RateAboveHundred, 1, 3, "Chronic Absence Rate"),
            "{value}"
        );
    }
    // In a row of its own it is no repetition of the number beside it.
    let o = read(&[
        "School,Measure,Unit,Value\nAlder,Chronically Absent,Count,67\nAlder,Chronically Absent,Percent,22.6\n\
                    Birch,Chronically Absent,Count,52\nBirch,Chronically Absent,Percent,124\n",
    ]);
    assert_eq!(kinds(&o), [(Why::RateAboveHundred, 1)]);
    assert_eq!((lines(&o)[1].1, rates(&o)), (Some(52), vec![Some(226), None]));
}
