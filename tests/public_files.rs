//! Public files of schools as publishers write them: which column counts, which rows are schools, and what two files
//! say of each other.

mod support_reading;

use bright_spots::ingest::pick::{Answer, Topic};
use bright_spots::ingest::problem::Kind as Why;
use bright_spots::ingest::reading::{Ask, Reading};
use bright_spots::ingest::roles::Role;
use bright_spots::ingest::tally::Outcome;
use bright_spots::trust::published::overview;
use support_reading::{read, read_answering};

/// Name, students counted, chronically absent and rate.
type Line = (String, Option<u32>, Option<u32>, Option<f64>);

/// The schools of the latest year.
fn schools(o: &Outcome) -> Vec<Line> {
    assert_eq!(o.questions, []);
    overview(&o.dataset).schools.into_iter().map(|s| (s.name, s.counted, s.chronic, s.rate)).collect()
}

fn rates(o: &Outcome) -> Vec<Option<f64>> {
    schools(o).into_iter().map(|s| s.3).collect()
}

fn names(o: &Outcome) -> Vec<String> {
    schools(o).into_iter().map(|s| s.0).collect()
}

fn asked(o: &Outcome) -> Vec<Topic> {
    let topic = |ask: &Ask| if let Ask::Pick(pick) = ask { Some(pick.topic) } else { None };
    o.questions.iter().filter_map(|q| topic(&q.kind)).collect()
}

fn answer(topic: Topic, answer: Answer) -> impl Fn(usize, &mut Reading) {
    move |_, r| {
        let _ = r.answers.insert(topic, answer);
    }
}

#[test]
fn the_column_of_all_students_of_the_school_is_used_wherever_it_stands() {
    for header in [
        "Chronic_Absenteeism_Rate_State,Chronic_Absenteeism_Rate_School",
        "Chronic Absenteeism Rate: Similar Schools,Chronic Absenteeism Rate: This School",
        "Chronic Absenteeism Rate - Male,Chronic Absenteeism Rate - All Students",
        "CHRONIC_ABSENT_PERCENT_ASIAN,CHRONIC_ABSENT_PERCENT_ALL",
        "Grade 3 Chronic Absence Rate,School Chronic Absence Rate",
        "% of Students with Disabilities Chronically Absent,% of Students Chronically Absent",
        "% Chronically Absent (20% or more),% Chronically Absent (10% or more)",
        "Percent Chronically Absent 10-19.99%,Percent Chronically Absent 10%+",
        "Chronic Absenteeism Percentile,Chronic Absenteeism Rate",
        "Chronic Absenteeism Rate Difference from State,Chronic Absenteeism Rate",
        "Chronic Absenteeism Rate Lower CI,Chronic Absenteeism Rate",
        "Chronic Absence Rate SY22,Chronic Absence Rate SY24",
        "Chronic Absence Rate 21-22,Chronic Absence Rate 22-23",
        "Chronic Absence Rate FY23 (%),Chronic Absence Rate FY24 (%)",
    ] {
        let o = read(&[&format!("School,{header}\nAlder,30.5,22.6\nBirch,17.2,14.0\n")]);
        assert_eq!(rates(&o), [Some(0.226), Some(0.14)], "{header}");
        // None of the others is the school's rate by itself.
        let (other, _) = header.split_once(',').unwrap();
        let o = read(&[&format!("School,{other}\nAlder,30.5\nBirch,17.2\n")]);
        let of_year = other.contains("Y2") || other.contains("21-22");
        let of_state = other.contains("State") || other.contains("Similar");
        assert!(of_year || of_state || o.questions[0].kind == Ask::Measure, "{other}: {:?}", o.questions);
        assert!(of_year || overview(&o.dataset).schools.is_empty(), "{other}");
    }
}

#[test]
fn columns_of_which_none_is_plainly_the_schools_are_asked_about() {
    let text = "School,Chronic Absence Rate Elementary,Chronic Absence Rate High\nAlder,22.6,30.1\n";
    let asks: Vec<Ask> = read(&[text]).questions.into_iter().map(|q| q.kind).collect();
    assert_eq!(asks, [Ask::Column(Role::ChronicRate)]);
    let o = read_answering(&[text], &|_, r| {
        r.columns[2].role = Role::ChronicRate;
        r.columns[2].chosen = true;
        r.layout = Reading::layout_of(&r.columns);
    });
    assert_eq!(rates(&o), [Some(0.301)]);
}

#[test]
fn chronic_absenteeism_alone_is_a_number_or_a_percent_by_its_values() {
    let of = |values: [&str; 2]| {
        read(&[&format!("School,Enrollment,Chronic Absenteeism\nAlder,296,{}\nBirch,400,{}\n", values[0], values[1])])
    };
    assert_eq!(schools(&of(["67", "110"]))[1].2, Some(110));
    assert_eq!(rates(&of(["22.6", "14.0"])), [Some(0.226), Some(0.14)]);
    assert_eq!(asked(&of(["67", "52"])), [Topic::ChronicIs]);
    // The same where it is what a value is called.
    let long = |values: [&str; 2]| {
        format!(
            "School,Indicator Name,Value\nAlder,Chronic Absenteeism,{}\nBirch,Chronic Absenteeism,{}\n",
            values[0], values[1]
        )
    };
    assert_eq!(schools(&read(&[&long(["67", "110"])]))[1].2, Some(110));
    assert_eq!(rates(&read(&[&long(["22.6", "14.0"])])), [Some(0.226), Some(0.14)]);
    let either = long(["67", "52"]);
    assert_eq!(asked(&read(&[&either])), [Topic::ChronicIs]);
    let o = read_answering(&[&either], &answer(Topic::ChronicIs, Answer::Number));
    assert_eq!(schools(&o)[0].2, Some(67));
}

#[test]
fn a_percent_sign_makes_a_percent_of_what_a_header_calls_students() {
    let o = read(&["School,Enrollment,Chronically Absent Students\nAlder,296,23%\nBirch,372,14%\n"]);
    assert_eq!(schools(&o)[0], ("Alder".into(), Some(296), None, Some(0.23)));
    let o = read(&["School,Number Chronically Absent,Percent Chronically Absent\nAlder,23%,22.6\nBirch,14,14.0\n"]);
    assert_eq!((schools(&o)[0].2, rates(&o)), (None, vec![Some(0.226), Some(0.14)]));
    // A spreadsheet's way to write a count.
    let o = read(&["School,Number Chronically Absent\nAlder,67.0\nBirch,52.0\n"]);
    assert_eq!(schools(&o)[0].2, Some(67));
}

#[test]
fn rows_about_more_than_a_school_are_no_schools() {
    let text = |rows: &str| {
        format!(
            "District Name,School Name,School Code,Number of Students,Number Chronically Absent\nOak,Alder,0101,300,60\nOak,Birch,0102,200,30\n{rows}"
        )
    };
    for rows in [
        "Oak,Oak,,510,95\n",
        "Oak,All,ALL,510,95\n",
        "Oak,All Oak Schools,A,510,95\n",
        "Oak,Oak Total,,510,95\n",
        "State,State Totals,,9000,95\n",
        "Oak,County: OAK,0001,510,95\n",
        // The sum of the others, whatever it is called.
        "Oak,Oak City SD,0110,500,90\n",
    ] {
        assert_eq!(names(&read(&[&text(rows)])), ["Alder", "Birch"], "{rows}");
    }
    let o =
        read(&["School,Number of Students,Number Chronically Absent\nAlder,300,60\n* Numbers under 10 are hidden,,\n"]);
    assert_eq!(names(&o), ["Alder"]);
    assert_eq!(o.problems[0].kind, Why::NotAStudentRow);
    let o = read(&["Level,School,Number Chronically Absent\nSchool,Alder,60\nState,Maine,900\n"]);
    assert_eq!(names(&o), ["Alder"]);
}

#[test]
fn a_school_whose_number_happens_to_be_that_of_two_others_stays_one() {
    let head = "District,School Number,School,Number Chronically Absent\n";
    let o = read(&[&format!("{head}Elm,1,Alder,50\nElm,2,Birch,60\nElm,3,Cedar,110\n")]);
    assert_eq!(names(&o), ["Alder", "Birch", "Cedar"]);
}

#[test]
fn small_values_of_a_percent_are_fractions_where_counts_say_so_and_asked_otherwise() {
    let o = read(&[
        "School,Number of Students,Number Chronically Absent,Percent Chronically Absent\nAlder,296,67,0.23\nBirch,372,52,0.14\n",
    ]);
    assert_eq!(rates(&o), [Some(0.23), Some(0.14)]);
    let alone = "School,Percent Chronically Absent\nAlder,0.23\nBirch,0.14\n";
    assert_eq!(asked(&read(&[alone])), [Topic::RateScale]);
    for (scale, rate) in [(Answer::Fraction, 0.23), (Answer::Percent, 0.0023)] {
        let o = read_answering(&[alone], &answer(Topic::RateScale, scale));
        assert_eq!(rates(&o)[0], Some(rate));
    }
}

#[test]
fn two_files_that_contradict_each_other_ask_which_one_counts() {
    let later = "School,Percent Chronically Absent\nAlder,22.6\nBirch,*\nCedar,39.6\n";
    let earlier = "School,Percent Chronically Absent\nAlder,30.7\nBirch,20.9\nCedar,47.0\n";
    for files in [[later, earlier], [earlier, later]] {
        assert_eq!(asked(&read(&files)), [Topic::TwoFiles]);
        let answer = if files[1] == later { Answer::ThisFile } else { Answer::OtherFile };
        let o = read_answering(&files, &|at, r| {
            if at == 1 {
                let _ = r.answers.insert(Topic::TwoFiles, answer);
            }
        });
        // What one hides is not filled from the other.
        assert_eq!(rates(&o), [Some(0.226), None, Some(0.396)]);
        assert_eq!(o.problems.iter().map(|p| (p.kind, p.rows)).collect::<Vec<_>>(), [(Why::OtherFile, 3)]);
    }
    // One row among many is set aside in both.
    let o = read(&[later, "School,Percent Chronically Absent\nAlder,22.6\nBirch,14.0\nCedar,40.6\nElm,12.0\n"]);
    assert_eq!(asked(&o), [Topic::TwoFiles], "half of what both have");
    let o = read(&[
        "School,Percent Chronically Absent\nAlder,22.6\nBirch,14.0\nCedar,39.6\n",
        "School,Percent Chronically Absent\nAlder,23\nBirch,14\nCedar,47\n",
    ]);
    assert_eq!(names(&o), ["Alder", "Birch"]);
}

#[test]
fn of_files_whose_years_are_known_the_latest_counts() {
    let year = |year: &str, rate: &str| format!("Report Year,School,Percent Chronically Absent\n{year},Alder,{rate}\n");
    let o = read(&[&year("2022-2023", "26.0"), &year("2023-2024", "22.6")]);
    assert_eq!(rates(&o), [Some(0.226)]);
    // Conditions of no year, or of the same year written otherwise, belong to the schools beside them.
    for poverty in ["School,Poverty %\nAlder,40\n", "School Year,School,Poverty %\n2024,Alder,40\n"] {
        let o = read(&[&year("2023-24", "22.6"), poverty]);
        assert_eq!(o.questions, []);
        let years: Vec<&str> = o.dataset.published.iter().map(|p| p.year.as_str()).collect();
        assert_eq!(years, ["2023-24", "2023-24"], "{poverty}");
    }
}

#[test]
fn zeros_before_a_number_make_no_other_school() {
    let absence = "School Number,School Name,Percent Chronically Absent\n0101,Alder,22.6\n";
    let o = read(&[absence, "School ID,Poverty %\n101,40\n"]);
    assert_eq!((o.dataset.schools.len(), rates(&o)), (1, vec![Some(0.226)]));
    let o = read(&[absence, "School ID,School Name,Poverty %\n101,Birch,40\n"]);
    assert_eq!(o.dataset.schools.len(), 2);
}

#[test]
fn measures_of_a_dashboard_that_names_none_are_asked_about() {
    let text = |more: &str| {
        format!(
            "cds,rtype,schoolname,studentgroup,currnumer,currdenom,currstatus{more}\n0101,S,Alder,ALL,8,296,2.7{more}\n"
        )
    };
    assert_eq!(asked(&read(&[&text("")])), [Topic::RateOf]);
    let o = read_answering(&[&text("")], &answer(Topic::RateOf, Answer::SomethingElse));
    assert!(schools(&o).iter().all(|s| s.2.is_none() && s.3.is_none()));
    assert_eq!(rates(&read(&[&text(",chronic")])), [Some(0.027)]);
}

#[test]
fn a_group_of_one_kind_of_school_is_not_counted_again() {
    let head = "Academic Year,School Code,School Name,Charter School,DASS,Reporting Category,ChronicAbsenteeismEligibleCumulativeEnrollment,ChronicAbsenteeismCount\n";
    let rows = ["All,All,TA", "All,All,GF", "No,All,TA", "No,All,GF", "All,No,GF", "No,No,GF"];
    let text: String = rows.iter().map(|row| format!("2022-23,0101,Alder,{row},296,67\n")).collect();
    let groups = overview(&read(&[&format!("{head}{text}")]).dataset).groups;
    assert_eq!(groups.iter().find(|g| g.0 == "GF").map(|g| g.1.counted), Some(Some(296)));
    // Of two columns of groups the finer one tells them apart.
    let o = read(&[
        "School,Category,Student Group,Number Chronically Absent\nAlder,All,All Students,67\nAlder,Gender,Male,33\nAlder,Gender,Female,34\n",
    ]);
    assert_eq!(overview(&o.dataset).groups.iter().map(|g| g.0.as_str()).collect::<Vec<_>>(), ["Female", "Male"]);
}

#[test]
fn words_for_a_hidden_number_leave_the_rest_of_the_row() {
    for mark in [
        "n<10",
        "10 or fewer",
        "1-10",
        "TFS",
        "PS",
        "LT10",
        "Redacted",
        "Insufficient Data",
        "fewer than 10",
        "^",
        "—",
        "TS",
    ] {
        let o = read(&[&format!("School,Number Chronically Absent,Percent Chronically Absent\nAlder,{mark},12.5\n")]);
        assert_eq!(schools(&o), [("Alder".into(), None, None, Some(0.125))], "{mark}");
    }
}
