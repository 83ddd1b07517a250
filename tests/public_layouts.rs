//! Public files of schools as publishers lay them out: columns of places, of groups and of all students, long files, and
//! what is not the rate of a school although its header names chronic absence.

mod support_published;
mod support_reading;

use bright_spots::ingest::pick::{Answer, Topic};
use bright_spots::ingest::problem::Kind as Why;
use bright_spots::ingest::reading::{Ask, Reading};
use bright_spots::ingest::roles::Role;
use bright_spots::ingest::tally::Outcome;
use bright_spots::trust::published::overview;
use support_published::{Line, lines, rates};
use support_reading::{read, read_answering};

/// What a file of two schools comes to: 67 of 296 students, and 52 of 372.
fn both() -> Vec<Line> {
    vec![("Alder".into(), Some(67), Some(296), Some(226)), ("Birch".into(), Some(52), Some(372), Some(140))]
}

fn groups(o: &Outcome) -> Vec<(String, Option<u32>, Option<u32>)> {
    assert_eq!(o.questions, []);
    overview(&o.dataset).groups.into_iter().map(|(name, line)| (name, line.chronic, line.counted)).collect()
}

fn asked(o: &Outcome) -> Vec<Topic> {
    let topic = |ask: &Ask| if let Ask::Pick(pick) = ask { Some(pick.topic) } else { None };
    o.questions.iter().filter_map(|q| topic(&q.kind)).collect()
}

fn kinds(o: &Outcome) -> Vec<(Why, u64)> {
    o.problems.iter().map(|p| (p.kind, p.rows)).collect()
}

#[test]
fn all_students_are_counted_under_many_names() {
    for header in [
        "Enrollment",
        "Total Student Count",
        "Number Enrolled",
        "K-12 Enrollment",
        "Students (2023-24)",
        "Pupil Enrolments",
        "Total Number of Students",
        "Enrollment (Oct 1)",
        "Number of students enrolled at least 10 days (denominator)",
        "Students Enrolled 90+ Days",
        "Cumulative Enrollment",
    ] {
        let o = read(&[&format!("School,Chronically Absent Count,{header}\nAlder,67,296\nBirch,52,372\n")]);
        assert_eq!(lines(&o), both(), "{header}");
    }
    // Over the whole year more students were there than on a day.
    let o = read(&["School,Fall Enrollment,Chronically Absent Students,Cumulative Enrollment\nAlder,40,55,120\n"]);
    assert_eq!(lines(&o), [("Alder".into(), Some(55), Some(120), Some(458))]);
}

#[test]
fn more_students_can_be_absent_over_a_year_than_enrolled_on_a_day() {
    let o = read(&[
        "School,Fall Enrollment,Number Chronically Absent,Percent Chronically Absent\nAlder,40,55,45.8\nBirch,372,52,14.0\n",
    ]);
    assert_eq!(lines(&o)[0], ("Alder".into(), Some(55), None, Some(458)));
    let o = read(&["School,Fall Enrollment,Number Chronically Absent\nAlder,40,55\nBirch,372,52\n"]);
    assert_eq!(kinds(&o), [(Why::MoreThanCounted, 1)]);
    let o = read(&["School,Students Included,Number Chronically Absent\nAlder,40,55\nBirch,372,52\n"]);
    assert_eq!(kinds(&o), [(Why::MoreThanCounted, 1)]);
}

#[test]
fn shortened_headers_are_read() {
    for header in [
        "STU_CNT,CHRN_ABS_CNT",
        "Chron_Abs_D,Chron_Abs_N",
        "DenChronicAbs,NumChronicAbs",
        "Enrolled,Chronic #",
        "N,Chronically Absent (n)",
    ] {
        let o = read(&[&format!("School,{header}\nAlder,296,67\nBirch,372,52\n")]);
        assert_eq!(lines(&o), both(), "{header}");
    }
    for header in ["PCTCHRONABS_ALL", "Chron_Abs_R", "Chronic %", "prop_chronic_absent", "Chronic Absenteeism All"] {
        assert_eq!(
            rates(&read(&[&format!("School,{header}\nAlder,22.6\nBirch,14.0\n")])),
            [Some(226), Some(140)],
            "{header}"
        );
    }
}

#[test]
fn enrollment_beside_a_percent_is_the_number_of_students() {
    let o = read(&["School,Enrollment,Chronic Absenteeism Rate\nAlder,296,22.6\nBirch,372,14.0\n"]);
    assert_eq!(lines(&o)[0], ("Alder".into(), None, Some(296), Some(226)));
    assert!(o.readings[0].columns[1].why.contains("somewhat fewer"));
}

#[test]
fn years_before_and_behind_headers_tell_the_latest_of_every_column() {
    for text in [
        "School,2021-2022 Students,2021-2022 Chronically Absent,2022-2023 Students,2022-2023 Chronically Absent\nAlder,301,97,296,67\nBirch,380,152,372,52\n",
        "School,2022 Enrolled,2022 Chronic,2023 Enrolled,2023 Chronic\nAlder,301,97,296,67\nBirch,380,152,372,52\n",
        ",2021-22,,2022-23,\nSchool,Students,Number Chronically Absent,Students,Number Chronically Absent\nAlder,301,97,296,67\nBirch,380,152,372,52\n",
    ] {
        let o = read(&[text]);
        assert_eq!(asked(&o), if text.contains("2022 C") { vec![Topic::ChronicIs] } else { vec![] }, "{text}");
        if o.questions.is_empty() {
            assert_eq!(lines(&o), both(), "{text}");
        }
    }
}

#[test]
fn a_school_is_shown_by_its_name_and_known_by_its_number() {
    for (place, alder, birch) in [
        ("School,School Name", "001,Alder", "002,Birch"),
        ("Campus Number,Campus Name", "'001,Alder", "'002,Birch"),
        ("School LEA,School Description", "0101,Alder", "0102,Birch"),
        ("SCHOOL,AGENCY_NAME", "001,Alder", "002,Birch"),
        ("Site Code,Name of School", "1,Alder", "2,Birch"),
        ("Agency Name,School Name", "Elm,Alder", "Elm,Birch"),
        ("School¹,Name of Principal", "Alder,A. Person", "Birch,B. Person"),
    ] {
        let text = format!("{place},Students,Number Chronically Absent\n{alder},296,67\n{birch},372,52\n");
        assert_eq!(lines(&read(&[&text])), both(), "{place}");
    }
    // Of two columns for a district the plain one is its name.
    let o = read(&["Board Name,District,School,Chronic Absence Rate\nNorth,Elm,Alder,22.6\n"]);
    assert_eq!(o.dataset.schools[0].district, "Elm");
}

#[test]
fn a_number_that_several_schools_have_is_none_of_theirs() {
    let o = read(&["School Code,School,Students,Number Chronically Absent\n001,Alder,296,67\n001,Birch,372,52\n"]);
    assert_eq!((lines(&o), kinds(&o)), (both(), vec![]));
}

#[test]
fn rows_of_the_levels_of_a_country_are_no_schools() {
    let head = "geographic_level,la_name,school_urn,school_name,enrolments,enrolments_pa_10_exact,enrolments_pa_10_exact_percent,sess_overall_percent_pa_10_exact\n";
    let above = "National,,,,1773,454,25.6,21.0\nLocal authority,Elm,,,668,119,17.8,21.0\n";
    let o = read(&[&format!(
        "{head}{above}School,Elm,1001,Alder,296,67,22.6,21.0\nSchool,Elm,1002,Birch,372,52,14.0,20.0\n"
    )]);
    assert_eq!(lines(&o), both());
    let head = "TYPE,DISTRICT,SCHOOL,AGENCY_NAME,STUDENT_COUNT,CHRONIC_ABSENTEEISM_COUNT\n";
    let o = read(&[&format!(
        "{head}ST,0000,000,MAINE,9000,900\nDI,0018,000,ELM,668,119\nSC,0018,001,Alder,296,67\nSC,0018,002,Birch,372,52\n"
    )]);
    assert_eq!(lines(&o), both());
    let o = read(&[
        "School,Students,Number Chronically Absent\nElementary Schools,900,100\nDistrict,900,101\nCounty Avg,334,60\nAverage,334,60\nAlder,296,67\nBirch,372,52\nNote: as of,2024,\n",
    ]);
    assert_eq!(lines(&o), both());
}

#[test]
fn a_row_that_is_the_sum_of_others_is_said() {
    let o = read(&["School,Students,Number Chronically Absent\nAlder,296,67\nBirch,372,52\nEverywhere,668,119\n"]);
    assert_eq!(lines(&o), both());
    let found = o.problems.iter().find(|p| p.kind == Why::SumOfRows).unwrap();
    assert_eq!((found.about.as_str(), found.rows, found.first_line), ("Everywhere", 1, 4));
    // Of three schools the one in the middle is no total.
    let o = read(&["School,Students,Number Chronically Absent\nAlder,200,1\nBirch,300,2\nCedar,100,1\n"]);
    assert_eq!((lines(&o).len(), kinds(&o)), (3, vec![]));
}

#[test]
fn groups_stand_in_whatever_column_tells_the_rows_of_a_school_apart() {
    let text = "School,Gender,Race,Students,Number Chronically Absent\n\
        Alder,All,All,296,67\nAlder,Male,All,148,33\nAlder,All,Black,90,*\nBirch,All,All,372,52\nBirch,Male,All,186,26\n";
    let o = read(&[text]);
    assert_eq!(lines(&o), both());
    assert_eq!(groups(&o), [("Black".into(), None, Some(90)), ("Male".into(), Some(59), Some(334))]);
    for (header, all) in [("Grade Span", "All"), ("GRADE_BAND", "All Grades")] {
        let text = format!(
            "School,{header},Students,Number Chronically Absent\nAlder,{all},296,67\nAlder,K-5,150,30\nBirch,{all},372,52\nBirch,6-8,180,20\n"
        );
        assert_eq!(lines(&read(&[&text])), both(), "{header}");
    }
    // Under a header that says nothing, and with nothing in place of all.
    let o = read(&[
        "School,Breakdown,Students,Number Chronically Absent\nAlder,All Students,296,67\nAlder,Female,150,30\nBirch,All Students,372,52\n",
    ]);
    assert_eq!(lines(&o), both());
    let o = read(&["School,Group,Students,Number Chronically Absent\nAlder,,296,67\nAlder,EL,150,30\nBirch,,372,52\n"]);
    assert_eq!(lines(&o), both());
    // Numbers are no groups, whatever they are of.
    let o = read(&[
        "School,Group Meetings,Students,Number Chronically Absent\nAlder,3,296,67\nAlder,4,296,67\nBirch,5,372,52\n",
    ]);
    assert_eq!(lines(&o), both());
    // The grades that a school serves are no group of its students.
    let o = read(&["School,Grade Span,Students,Number Chronically Absent\nAlder,K-5,296,67\nBirch,6-8,372,52\n"]);
    assert_eq!(lines(&o), both());
}

#[test]
fn the_size_of_a_school_is_not_that_of_its_groups() {
    let rows = |school: &str, n: u32, c: u32| {
        format!("{school},All Students,{n},{c}\n{school},Female,{n},{}\n{school},Male,{n},{}\n", c / 2, c - c / 2)
    };
    let o = read(&[&format!(
        "School,Student Group,Enrollment,Number Chronically Absent\n{}{}",
        rows("Alder", 296, 67),
        rows("Birch", 372, 52)
    )]);
    assert_eq!(lines(&o), both());
    assert_eq!(groups(&o), [("Female".into(), Some(59), None), ("Male".into(), Some(60), None)]);
    assert_eq!(kinds(&o), [(Why::SizeOfSchool, 4)]);
}

#[test]
fn long_files_are_read_by_what_their_cells_say() {
    for text in [
        "School,Measure,Rate\nAlder,Chronic Absenteeism,22.6\nAlder,Attendance Rate,92\nBirch,Chronic Absenteeism,14.0\n",
        "School,DataElement,DisplayValue\nAlder,Percent Chronically Absent (All Student),22.6\nAlder,Percent Chronically Absent (Hispanic),9\nBirch,Percent Chronically Absent (All Student),14.0\n",
        "School,Data Description,Value\nAlder,Chronic Absenteeism,22.6\nAlder,Dropouts,2\nBirch,Chronic Absenteeism,14.0\n",
    ] {
        let o = read(&[text]);
        assert_eq!(rates(&o), [Some(226), Some(140)], "{text}");
        assert_eq!(kinds(&o), [(Why::AnotherMeasure, 1)], "{text}");
    }
    let o = read(&[
        "School,Indicator,Numerator,Denominator,Indicator Value\nAlder,Chronic Absenteeism,67,296,22.6\nAlder,Graduation,32,37,88.1\nBirch,Chronic Absenteeism,52,372,14.0\n",
    ]);
    assert_eq!(lines(&o), both());
    let o = read(&[
        "School,Status,Student Count,Student Percent\nAlder,Chronically Absent,67,22.6\nAlder,Not Chronically Absent,229,77.4\n",
    ]);
    assert_eq!(kinds(&o).first(), Some(&(Why::AnotherMeasure, 1)));
}

#[test]
fn a_second_table_about_something_else_is_left_out() {
    let numbers = "Students,Number Chronically Absent";
    let o = read(&[&format!("School,{numbers}\nAlder,296,67\nBirch,372,52\n\nGrade,{numbers}\nK,90,20\n1,95,19\n")]);
    assert_eq!(lines(&o), both());
    assert!(kinds(&o).contains(&(Why::AnotherTable, 2)), "{:?}", kinds(&o));
    let o = read(&[&format!(
        "School,{numbers}\nAlder,296,67\nBirch,372,52\n\nGrade Level,Enrolled,Chronically Absent Count\nK,90,20\n1,95,19\n"
    )]);
    assert_eq!(lines(&o), both());
    // The same header again goes on with schools.
    let o = read(&[&format!("School,{numbers}\nAlder,296,67\nSchool,{numbers}\nBirch,372,52\n")]);
    assert_eq!(lines(&o), both());
}

#[test]
fn what_is_not_the_rate_of_a_school_is_not_shown_as_one() {
    for header in [
        "Average Days Missed by Chronically Absent Students",
        "Percent of Chronically Absent Students with a Plan",
        "Percent of Teachers Chronically Absent",
        "% At Risk of Chronic Absence",
        "% Chronically Absent - Free Lunch",
        "Students Chronically Absent (10+ days)",
        "Chronic Absence Rate Reduction",
        "Predicted Chronic Absence Rate",
        "Chronic Truancy Rate",
        "Chronically Tardy or Absent %",
        "Percent of Students Avoiding Chronic Absence",
        "Chronic Absence Success Rate",
        "Percent of All Chronically Absent Students",
        "Chronic Absence Rate Excluding Excused Absences",
        "Chronically Absent Two Consecutive Years %",
        "% Persistently absent (20%)",
        "Asynchronous Absence Rate",
    ] {
        let o = read(&[&format!("School,Attendance,{header}\nAlder,93.1,22.6\nBirch,95.0,14.0\n")]);
        assert!(!o.questions.is_empty(), "{header}");
        let beside =
            read(&[&format!("School,{header},Percent Chronically Absent\nAlder,31.5,22.6\nBirch,20.2,14.0\n")]);
        assert_eq!(rates(&beside), [Some(226), Some(140)], "{header}");
    }
    // Percents of groups beside that of all students are no shares of the students.
    let o = read(&["School,% All Students,% SWD,% EL\nAlder,22.6,30,20\nBirch,14.0,25,10\n"]);
    assert!(!o.questions.is_empty() && o.dataset.published.is_empty());
}

#[test]
fn a_bound_is_no_unit() {
    let o = read(&["School,Students Missing 10% or More of Days,Students Enrolled\nAlder,67,296\nBirch,52,372\n"]);
    assert_eq!(lines(&o), both());
    let o = read(&[
        "School,Students,Number Absent 10% or More,Percent Absent 10% or More\nAlder,296,67,22.6\nBirch,372,52,14.0\n",
    ]);
    assert_eq!(lines(&o), both());
    for header in [
        "Chronically Absent (10% or more)",
        "Percent attending less than 90% of days",
        "% of pupils persistently absent (10%)",
    ] {
        assert_eq!(
            rates(&read(&[&format!("School,{header}\nAlder,22.6\nBirch,14.0\n")])),
            [Some(226), Some(140)],
            "{header}"
        );
    }
    // Whole numbers under such a header can be either.
    assert_eq!(asked(&read(&["School,Chronically Absent (10% or more)\nAlder,23\nBirch,14\n"])), [Topic::ChronicIs]);
}

#[test]
fn persistent_absence_without_a_bound_and_numbers_in_chronic_absence_are_asked_about() {
    let text = "School,Persistent Absenteeism Rate\nAlder,22.6\nBirch,14.0\n";
    assert_eq!(asked(&read(&[text])), [Topic::RateOf]);
    let text = "School,Chronic Absenteeism # of Students,Chronic Absenteeism Rate\nAlder,296,22.6\nBirch,372,14.0\n";
    assert_eq!(asked(&read(&[text])), [Topic::CountOf]);
    let of_all = |_: usize, r: &mut Reading| {
        let _ = r.answers.insert(Topic::CountOf, Answer::AllCounted);
    };
    assert_eq!(lines(&read_answering(&[text], &of_all))[0], ("Alder".into(), None, Some(296), Some(226)));
}

#[test]
fn numbers_of_students_in_grades_are_no_grades() {
    let o = read(&["District,Year,Grade_1,Grade_2,% Poverty\nElm,2024,90,95,40\nOak,2024,80,70,50\n"]);
    assert!(!o.readings[0].has(&Role::Grade));
    assert_eq!(kinds(&o), []);
}

#[test]
fn a_file_without_a_year_is_laid_beside_the_latest_year() {
    let dated = "School Year,School,Percent Chronically Absent\n2023-24,Alder,22.6\n2023-24,Birch,14.0\n";
    let other = "School,Percent Chronically Absent\nAlder,30.7\nBirch,20.9\n";
    assert_eq!(asked(&read(&[dated, other])), [Topic::TwoFiles]);
}

#[test]
fn words_and_ranges_in_place_of_numbers_are_unknown() {
    for mark in
        ["Masked", "Not Reported", "small n", "10 or fewer", "1 to 9", "5–10", "NSIZE", "under 10", "at least 5"]
    {
        let o = read(&[&format!("School,Students,Number Chronically Absent\nAlder,296,67\nBirch,372,{mark}\n")]);
        assert_eq!(lines(&o)[1], ("Birch".into(), None, Some(372), None), "{mark}");
    }
}

#[test]
fn counts_signs_and_impossible_values_tell_percents_from_fractions() {
    // Counts beside small values.
    let o = read(&[
        "School,Students,Number Chronically Absent,Chronic Absence Rate\nAlder,200,1,0.5\nBirch,300,2,0.7\nCedar,100,1,1.0\n",
    ]);
    assert_eq!(rates(&o), [Some(5), Some(7), Some(10)]);
    // 999 stands for a hidden number, and says nothing of the others.
    let o = read(&["School,Chronic Absence Rate\nAlder,0.226\nBirch,0.140\nCedar,999\n"]);
    assert_eq!(rates(&o), [Some(226), Some(140), None]);
    // A value with a sign is what it says, and so is a fraction beside it.
    let o = read(&["School,Chronic Absence Rate\nAlder,0.226\nBirch,14.0%\nCedar,0%\n"]);
    assert_eq!(rates(&o), [Some(226), Some(140), Some(0)]);
    let o = read(&["School,Chronic Absence Rate\nAlder,22.6\nBirch,14.0%\nCedar,0.5%\n"]);
    assert_eq!(rates(&o), [Some(226), Some(140), Some(5)]);
}

#[test]
fn the_percent_who_are_not_chronically_absent_tells_the_rest() {
    for header in [
        "Percent Regular Attenders",
        "% of Students Attending 90% or More",
        "Percent Not Chronically Absent",
        "PercentConsistentAttendance 2023-24",
    ] {
        for [alder, birch] in [["77.4", "86.0"], ["77.4%", "86%"], ["0.774", "0.86"], ["0.77", "0.86"]] {
            let o =
                read(&[&format!("School,Enrollment,{header}\nAlder,296,{alder}\nBirch,372,{birch}\nCedar,200,*\n")]);
            let first = if alder == "0.77" { 230 } else { 226 };
            assert_eq!(rates(&o), [Some(first), Some(140), None], "{header} {alder}");
            assert_eq!(lines(&o)[0].2, Some(296));
            assert!(o.readings[0].columns[2].why.contains("rest of 100"));
        }
        // The chronically absent themselves go before.
        let o = read(&[&format!("School,{header},Percent Chronically Absent\nAlder,70.1,22.6\n")]);
        assert_eq!(rates(&o), [Some(226)], "{header}");
    }
    for header in [
        "Regular Attendance Rate",
        "Percent Regular Attenders - Male",
        "% Attending 95% or More",
        "State Percent Regular Attenders",
    ] {
        let o = read(&[&format!("School,Enrollment,{header}\nAlder,296,77.4\n")]);
        assert!(!o.questions.is_empty(), "{header}");
    }
    let o = read(&[
        "School,Status,Percent of Students\nAlder,Percent Chronically Absent,22.6\nAlder,Percent Not Chronically Absent,77.4\n",
    ]);
    assert_eq!(rates(&o), [Some(226)]);
}
