//! Public files in further shapes: marks of footnotes, bands, parts and averages of years, sums of kinds of schools, and
//! what only says how whole schools attended.

mod support_published;
mod support_reading;

use bright_spots::ingest::import::{Failure, Head, readings};
use bright_spots::ingest::problem::Kind as Why;
use bright_spots::ingest::reading::Ask;
use bright_spots::ingest::tally::Outcome;
use bright_spots::trust::published::overview;
use support_published::{Line, lines, rates};
use support_reading::read;

/// What a file of two schools comes to: 67 of 296 students, and 52 of 372.
fn both() -> Vec<Line> {
    vec![("Alder".into(), Some(67), Some(296), Some(226)), ("Birch".into(), Some(52), Some(372), Some(140))]
}

fn groups(o: &Outcome) -> Vec<(String, Option<u32>, Option<u32>)> {
    assert_eq!(o.questions, []);
    overview(&o.dataset).groups.into_iter().map(|(name, line)| (name, line.chronic, line.counted)).collect()
}

fn kinds(o: &Outcome) -> Vec<(Why, u64)> {
    o.problems.iter().map(|p| (p.kind, p.rows)).collect()
}

fn failure(text: &str) -> Option<Failure> {
    readings(&[Head { name: "file.csv", bytes: text.as_bytes(), whole: true }], &[], &[]).err()
}

#[test]
fn signs_of_footnotes_do_not_hide_a_number() {
    for mark in ["*", "†", " (a)", " [1]", "²"] {
        let o = read(&[&format!(
            "School,Chronically Absent Count,Enrollment,Chronic Absence Rate\nAlder,67{mark},296,22.6{mark}\nBirch,52,372,14.0\n"
        )]);
        assert_eq!(lines(&o), both(), "{mark}");
    }
    let o = read(&["School,Chronically absent students,Total students\nAlder,67 (22.6%),296\nBirch,52 (14.0%),372\n"]);
    assert_eq!(lines(&o), both());
    // A sign alone stands for a number that is hidden.
    let o = read(&["School,Chronically Absent Count,Enrollment\nAlder,67,296\nBirch,*,372\n"]);
    assert_eq!(lines(&o)[1], ("Birch".into(), None, Some(372), None));
}

#[test]
fn beside_irregular_absence_chronic_absence_is_one_band_of_several() {
    let o = read(&[
        "School,Percent attending regularly,Percent irregular absence,Percent moderate absence,Percent chronic absence\n\
         Alder,77.4,14.0,5.0,3.6\nBirch,86.0,8.0,4.0,2.0\n",
    ]);
    assert_eq!(rates(&o), [Some(226), Some(140)]);
    let o = read(&[
        "School,Regular,Irregular absence,Moderate absence,Chronic absence,Total students\nAlder,229,40,17,10,296\n",
    ]);
    assert!(!o.questions.is_empty());
    // Both bands of chronic absence together are it.
    let o = read(&["School,% At-Risk,% Moderate,% Severe,% Chronic (Moderate + Severe)\nAlder,20.0,15.6,7.0,22.6\n"]);
    assert_eq!(rates(&o), [Some(226)]);
}

#[test]
fn rows_of_several_years_together_are_no_year() {
    for several in ["3-Year Average", "2021-2024", "2021-22 to 2023-24", "2022-24 combined"] {
        let o = read(&[&format!(
            "School,School Year,Number Chronically Absent,Students\nAlder,2022-23,70,290\nAlder,2023-24,67,296\n\
             Alder,{several},200,880\nBirch,2022-23,60,370\nBirch,2023-24,52,372\nBirch,{several},170,1110\n"
        )]);
        assert_eq!(lines(&o), both(), "{several}");
        assert_eq!(kinds(&o), [(Why::SeveralYears, 2)], "{several}");
    }
    // A year under the name that the publisher of England has for it.
    let o = read(&[
        "time_period,school_name,enrolments,enrolments_pa_10_exact\n202223,Alder,290,70\n202223,Birch,370,60\n202324,Alder,296,67\n202324,Birch,372,52\n",
    ]);
    assert_eq!(lines(&o), both());
    // The coming year has a column, and nothing in it yet.
    let o = read(&[
        "School,2022-23 Chronic Absence Rate,2023-24 Chronic Absence Rate,2024-25 Chronic Absence Rate\nAlder,25.0,22.6,\nBirch,16.0,14.0,\n",
    ]);
    assert_eq!(rates(&o), [Some(226), Some(140)]);
}

#[test]
fn parts_of_a_year_and_spans_of_grades_are_no_schools_own_numbers() {
    let o = read(&[
        "School,Term,Number Chronically Absent,Number of Students\nAlder,Fall,50,290\nAlder,Full Year,67,296\n\
         Birch,Fall,40,370\nBirch,Full Year,52,372\n",
    ]);
    assert_eq!(lines(&o), both());
    assert_eq!(groups(&o), [("Fall".to_string(), Some(90), Some(660))]);
    let o = read(&["School,Quarter,Number Chronically Absent,Number of Students\nAlder,1,50,290\nAlder,2,67,296\n\
         Birch,1,40,370\nBirch,2,52,372\n"]);
    assert_eq!(lines(&o), []);
    assert_eq!(groups(&o), [("1".to_string(), Some(90), Some(660)), ("2".to_string(), Some(119), Some(668))]);
    let o =
        read(&["School,Grade Span,Number Chronically Absent,Number of Students\nAlder,K-5,50,200\nAlder,6-8,17,96\n\
         Birch,K-5,40,270\nBirch,6-8,12,102\n"]);
    assert_eq!(lines(&o), []);
    assert_eq!(groups(&o), [("6-8".to_string(), Some(29), Some(198)), ("K-5".to_string(), Some(90), Some(470))]);
}

#[test]
fn rows_that_only_name_a_kind_of_school_are_sums_where_they_are_sums() {
    let start = "School,Number Chronically Absent,Enrolled\nAlder,67,296\nBirch,52,372\nCedar,30,300\n";
    let o = read(&[&format!("{start}Elementary,119,668\nHigh,30,300\nGrand Total,149,968\n")]);
    assert_eq!(lines(&o)[..2], both()[..]);
    assert_eq!(lines(&o).len(), 3);
    assert_eq!(kinds(&o), [(Why::SumOfRows, 1), (Why::SumOfRows, 1)]);
    // Schools that are called so.
    let o = read(&[&format!("{start}Elementary,100,668\nHigh,20,300\n")]);
    assert_eq!(lines(&o).len(), 5);
    for name in ["All Elementary", "Citywide", "Maple District", "Maple Public Schools"] {
        let o = read(&[&format!("School,Chronic Absence Rate\nAlder,22.6\nBirch,14.0\n{name},18.0\n")]);
        assert_eq!(rates(&o), [Some(226), Some(140)], "{name}");
    }
    // In a file of districts they are the districts.
    let o = read(&["District,Chronic Absence Rate\nMaple District,22.6\nOak District,14.0\n"]);
    assert_eq!(rates(&o), [Some(226), Some(140)]);
}

#[test]
fn further_names_of_columns_and_of_all_students() {
    for header in ["Number on Roll", "Count of Students", "Eligible"] {
        let o = read(&[&format!("School,Number Chronically Absent,{header}\nAlder,67,296\nBirch,52,372\n")]);
        assert_eq!(lines(&o), both(), "{header}");
    }
    for header in [
        "% of Students Whose Attendance Was At or Above 90 Per Cent",
        "Attendance Level (% of students attending 90% or more)",
    ] {
        let o = read(&[&format!("School,Attendance Rate,{header}\nAlder,93.0,77.4\nBirch,93.1,86.0\n")]);
        assert_eq!(rates(&o), [Some(226), Some(140)], "{header}");
    }
    let o = read(&["School,Chronic Absence Target,Chronic Absence Actual\nAlder,20.0,22.6\nBirch,20.0,14.0\n"]);
    assert_eq!(rates(&o), [Some(226), Some(140)]);
    let o = read(&[
        "School,Measure Names,Measure Values\nAlder,Chronic Absence Rate,22.6%\nAlder,Attendance Rate,93%\nBirch,Chronic Absence Rate,14.0%\n",
    ]);
    assert_eq!(rates(&o), [Some(226), Some(140)]);
    let o = read(&[
        "LEAID,LEANM,NCESSCH,SCHNAM,Subgroup,CHRONIC_ABS_COUNT,CHRONIC_ABS_DENOM\n0100005,Maple,1,Alder,All Students in School,67,296\n\
         0100005,Maple,1,Alder,Female,30,140\n0100005,Maple,2,Birch,All Students in School,52,372\n",
    ]);
    assert_eq!(lines(&o), both());
    assert_eq!(o.dataset.schools[0].district, "Maple");
}

#[test]
fn attendance_of_whole_schools_is_not_taken_for_that_of_students() {
    let rows = "Alder,93.0,272\nBirch,93.1,340\nCedar,90.2,250\n";
    let told = failure(&format!("School,Attendance Rate,Average Daily Attendance\n{rows}"));
    assert!(matches!(told, Some(Failure::SchoolDays { .. })));
    // Where another percent may be the one, that is asked.
    let o = read(&["School,Attendance Rate,CA %\nAlder,93.0,22.6\nBirch,93.1,14.0\nCedar,90.2,33.0\n"]);
    assert_eq!(o.questions.into_iter().map(|q| q.kind).collect::<Vec<_>>(), [Ask::Measure]);
    // Several rows of one school may be students.
    assert_eq!(failure("School,Ref,Attendance Rate\nAlder,a1,93.0\nAlder,a2,91.0\nBirch,a3,90.2\n"), None);
}

#[test]
fn numbers_of_some_grades_or_by_a_number_of_days_are_not_the_schools() {
    for header in [
        "Chronic Absenteeism Rate (Grades 9-12)",
        "Chronic Absenteeism (15 or more days) %",
        "Chronically Absent (at least 18 days) %",
    ] {
        let o = read(&[&format!("School,{header}\nAlder,22.6\nBirch,14.0\n")]);
        assert!(!o.questions.is_empty(), "{header}");
    }
    for header in [
        "Chronic Absenteeism Rate (Grades K-12)",
        "Chronically Absent (10% or more days) %",
        "Chronic Absence Rate of Students Enrolled 90 or More Days",
        "Overall Chronic Absence",
    ] {
        let o = read(&[&format!(
            "School,K-3 Chronic Absence,PctChronicAbs_PrevYear,{header}\nAlder,30.0,24.0,22.6\nBirch,20.0,15.0,14.0\n"
        )]);
        assert_eq!(rates(&o), [Some(226), Some(140)], "{header}");
    }
    let o = read(&["District ID,District,School,Percent Chronically Absent\n18,Maple,Alder,22.6\n"]);
    assert_eq!(o.dataset.schools[0].district, "Maple");
}

#[test]
fn years_written_in_several_ways_are_in_the_order_of_time() {
    let o = read(&[
        "SY,School,Chronic Absence Rate\n2023-24,Alder,22.6\n2023-24,Birch,14.0\nSY22-23,Alder,25.0\nSY22-23,Birch,15.0\n2021-2022,Alder,28.0\n",
    ]);
    assert_eq!(rates(&o), [Some(226), Some(140)]);
    assert_eq!(overview(&o.dataset).year, "2023-24");
    for [header, earlier, later] in
        [["End Year", "2023", "2024"], ["Reporting Period", "2022-23 School Year", "2023-24 School Year"]]
    {
        let o = read(&[&format!(
            "{header},School,Chronic Absence Rate\n{earlier},Alder,25.0\n{earlier},Birch,15.0\n{later},Alder,22.6\n{later},Birch,14.0\n"
        )]);
        assert_eq!(rates(&o), [Some(226), Some(140)], "{header}");
    }
    // Months and dates up to which rows count are no years.
    for [first, second] in [["2023-10", "2023-11"], ["2023-10-01", "2024-06-14"]] {
        let o = read(&[&format!(
            "Reporting Period,School,Number Chronically Absent,Students\n{first},Alder,30,290\n{first},Birch,20,370\n{second},Alder,67,296\n{second},Birch,52,372\n"
        )]);
        assert_eq!(lines(&o), [], "{first}");
        assert_eq!(groups(&o).len(), 2, "{first}");
    }
}

#[test]
fn measures_of_long_files_follow_their_values() {
    // Percents under a name that sounds like a number; 14.0 is one of them.
    let o = read(&[
        "School,Measure,Value\nAlder,Students chronically absent,22.6\nBirch,Students chronically absent,14.0\n",
    ]);
    assert_eq!(rates(&o), [Some(226), Some(140)]);
    assert_eq!(lines(&o)[1].1, None);
    // A number beside the percent, which has a name of its own.
    let o = read(&["School,Measure,Value\nAlder,Chronic Absenteeism,67\nAlder,Chronic Absenteeism Rate,22.6\n\
         Birch,Chronic Absenteeism,52\nBirch,Chronic Absenteeism Rate,14.0\n"]);
    assert_eq!(rates(&o), [Some(226), Some(140)]);
    assert_eq!(lines(&o)[0].1, Some(67));
}

#[test]
fn what_schools_did_about_chronic_absence_is_not_how_many_students_were() {
    for header in [
        "Number of Chronic Absence Letters Sent",
        "Chronic Absence Team (Y/N)",
        "Percent of Chronically Absent Students Suspended",
        "% of Schools with High Chronic Absence",
        "Chronic Absence Rate Threshold",
        "Lowest Performing Chronic Absence Rate",
    ] {
        let o = read(&[&format!("School,{header},Enrollment\nAlder,22.6,296\nBirch,14.0,372\nCedar,90,300\n")]);
        assert!(!o.questions.is_empty(), "{header}");
    }
    for value in ["22.6 percent", "~22.6%", "▲ 22.6%"] {
        let o = read(&[&format!("School,Chronic Absence Rate\nAlder,{value}\nBirch,14.0%\n")]);
        assert_eq!(rates(&o), [Some(226), Some(140)], "{value}");
    }
}
