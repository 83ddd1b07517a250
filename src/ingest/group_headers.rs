//! What a column is in a public file of schools or districts, where no row is a student.

use super::group_words::{is_of_some, is_one_of, is_other_band};
use super::roles::{Role, normalise, of_header};
use crate::attendance::attribute;

/// The role a header names in a file of groups.
#[must_use]
pub fn of_group_header(header: &str) -> Option<Role> {
    let name = normalise(header);
    let is = |names: &str| names.split_whitespace().any(|n| n == name);
    // What only comments on another column, or compares with another year.
    let aside = [
        "label",
        "footnote",
        "change",
        "prior",
        "previous",
        "lastyear",
        "target",
        "goal",
        "rank",
        "points",
        "percentile",
        "difference",
        "margin",
        "confidence",
        "standarderror",
    ];
    let is_aside = aside.iter().any(|word| name.contains(word));
    if is_aside || name.contains("chronic") && (is_of_some(header) || is_other_band(header)) {
        return None;
    }
    if is(CHRONIC_COUNT) {
        return Some(Role::ChronicCount);
    }
    if is(CHRONIC_RATE) {
        return Some(Role::ChronicRate);
    }
    if is(GROUP_SIZE) {
        return Some(Role::GroupSize);
    }
    if is(CATEGORY) {
        return Some(Role::Category);
    }
    if is(
        "aggregatelevel levelname detaillvldesc detaillevel rtype institutiontype entitytype orgtype organizationtype reportlevel levelofaggregation",
    ) {
        return Some(Role::Level);
    }
    if is("charterschool charter charterschoolyn dass dassyn chartertype dassschool") {
        return Some(Role::Filter);
    }
    if is("variable measure measuretype metric indicatorname measurename metricname") {
        return Some(Role::Variable);
    }
    if is("value measurevalue metricvalue") {
        return Some(Role::Value);
    }
    if let Some(role) = chronic(&name) {
        return Some(role);
    }
    if is_bare_chronic(header) {
        // A number, unless its values say otherwise.
        return Some(Role::ChronicCount);
    }
    let share = ["pct", "percent", "%", "rate", "share", "per"]
        .into_iter()
        .find_map(|mark| name.strip_prefix(mark).or_else(|| name.strip_suffix(mark)))?;
    let (key, _) = SHARES.iter().find(|(_, names)| names.split_whitespace().any(|n| n == share))?;
    Some(Role::Share((*key).into()))
}

/// Headers are worded in many ways, and all name chronic absence; what they give of it shows in a few marks.
fn chronic(name: &str) -> Option<Role> {
    let has = |marks: &[&str]| marks.iter().any(|mark| name.contains(mark));
    // The opposite, or one band of it.
    let is_band = has(&["moderate"]) != has(&["severe"]) || !has(&["moderate"]) && has(&["extreme"]);
    let other = is_band || has(&["notchronic", "nonchronic", "nochronic", "without"]);
    if !(name.contains("chronic") && name.contains("abs")) || other {
        return None;
    }
    if has(&["eligible", "denominator", "enrollment", "enrolment", "studentsincluded"]) {
        return Some(Role::GroupSize);
    }
    if has(&["rate", "perc", "pct", "%", "share", "proportion"]) {
        return Some(Role::ChronicRate);
    }
    has(&["number", "count", "num", "#", "students", "numerator", "cnt"]).then_some(Role::ChronicCount)
}

/// Whether the columns are about places although one of them is headed by nothing but “Name”: chronic absence as a
/// number or percent is no student's, and nothing else is either.
pub(super) fn names_a_place(header: &[String]) -> bool {
    let is_chronic = |name: &String| {
        matches!(of_group_header(name), Some(Role::ChronicCount | Role::ChronicRate)) && !is_bare_chronic(name)
    };
    let of_student = |name: &String| {
        use Role::{Date, DaysAbsent, DaysEnrolled, DaysPresent, FirstName, Homeroom, LastName, Student};
        let personal = [Student, FirstName, LastName, Homeroom, Date, DaysEnrolled, DaysAbsent, DaysPresent];
        of_header(name).is_some_and(|role| personal.contains(&role))
    };
    header.iter().any(is_chronic) && !header.iter().any(of_student)
}

/// A name that does not say whose.
pub(super) fn is_name(header: &str) -> bool {
    normalise(header) == "name"
}

/// All students of a school, for what they are counted beside the chronically absent.
#[must_use]
pub fn is_enrollment(header: &str) -> bool {
    matches!(
        normalise(header).as_str(),
        "enrollment"
            | "totalenrollment"
            | "enrolment"
            | "totalenrolment"
            | "studentenrollment"
            | "enrollcount"
            | "nenrolled"
            | "enrolled"
            | "totalstudents"
    )
}

/// Whether the header says that its numbers are percents.
#[must_use]
pub fn says_percent(header: &str) -> bool {
    let name = normalise(header);
    ["%", "percent", "pct"].iter().any(|mark| name.contains(mark))
}

/// A percent whose header does not say of what.
#[must_use]
pub fn is_bare_rate(header: &str) -> bool {
    matches!(normalise(header).as_str(), "percent" | "pct" | "rate" | "%" | "percentage" | "currstatus")
}

/// Chronic absence whose header does not say whether it is a number or a percent.
#[must_use]
pub fn is_bare_chronic(header: &str) -> bool {
    matches!(
        normalise(header).as_str(),
        "chronicallyabsent"
            | "chronicabsence"
            | "chronicabsences"
            | "chronicabsenteeism"
            | "chronicabsent"
            | "chronic"
            | "chronicallyabs"
    )
}

/// A number of students whose header does not say which.
#[must_use]
pub fn is_bare_count(header: &str) -> bool {
    matches!(
        normalise(header).as_str(),
        "n" | "nstudents"
            | "students"
            | "numstudents"
            | "numberofstudents"
            | "studentcount"
            | "studentcnt"
            | "count"
            | "#students"
            | "number"
    )
}

/// Whether a cell of a category column means everyone.
#[must_use]
pub fn is_everyone(text: &str) -> bool {
    let text: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    matches!(
        text.as_str(),
        "" | "all"
            | "allstudents"
            | "total"
            | "ta"
            | "totalpopulation"
            | "totalstudents"
            | "schoolwide"
            | "statewide"
            | "allstudent"
            | "allgroups"
            | "everyone"
            | "allgrades"
            | "overall"
            | "totalenrollment"
            | "districtwide"
            | "allstudentgroups"
            | "allsubgroups"
    )
}

/// Whether a name or number stands for more than one school.
#[must_use]
pub fn is_above_school(name: &str, number: &str) -> bool {
    // “County: Albany”
    let is_labelled = name
        .split_once(':')
        .is_some_and(|(what, _)| is_one_of(&what.to_ascii_lowercase(), "county district state lea"));
    let name: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let all = |digit: char| number.len() >= 3 && number.chars().all(|c| c == digit);
    all('0')
        || all('9')
        || is_labelled
        || number.eq_ignore_ascii_case("all")
        || name.starts_with("stateof")
        || name.starts_with("alldistricts")
        || name.starts_with("all") && name.ends_with("schools")
        || name.ends_with("total")
        || name.ends_with("totals")
        || matches!(
            name.as_str(),
            "all"
                | "districtwide"
                | "statewide"
                | "state"
                | "districtlevel"
                | "statelevel"
                | "alldistrictschools"
                | "allgrades"
                | "schooldistrict"
                | "districtaverage"
                | "stateaverage"
        )
}

/// What a cell of a level column says: `Some(true)` for a school, `Some(false)` for anything larger.
#[must_use]
pub fn is_school_level(text: &str) -> Option<bool> {
    let text: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match text.as_str() {
        corporation if corporation.starts_with("corp") || corporation.ends_with("total") => Some(false),
        "s" | "school" | "schools" | "sch" | "campus" | "schoollevel" => Some(true),
        "t" | "state" | "c" | "county" | "d" | "district" | "division" | "lea" | "schooldistrict" | "region"
        | "nation" | "statewide" | "x" | "districtlevel" | "statelevel" | "esd" | "isd" | "boces" => Some(false),
        _ => None,
    }
}

const CHRONIC_COUNT: &str =
    "currnumer numberofstudentsmissing10%ormoreofthedaysenrolled nchronicallyabsent chronicabsentees";
const CHRONIC_RATE: &str = "currstatus";
const GROUP_SIZE: &str = "studentsincluded #contributing10totaldaysand1presday #contributing20totaldays numcontributing10andtotaldaysand1andpresday \
     currdenom studentscounted numberofstudentsenrolledforhalftheyearormore eligibleenrollment studentfallk12enrollment \
     numberincluded denominator";
const CATEGORY: &str = "category studentgroup subgroup reportingcategory studentgroupname freereducedpricemealeligibility subgroupgradelevel \
     subgroupname studentsubgroup demographic demographicgroup groupname studentpopulation studentcategory groupbyvalue reportsubcategory";

/// Conditions that a file of schools gives as shares of its students.
pub(super) const SHARES: &[(&str, &str)] = &[
    (
        attribute::ECONOMICALLY_DISADVANTAGED,
        "poverty frpm frpl frl freereducedlunch economicallydisadvantaged lowincome freeorreducedlunch econdisadv sed",
    ),
    (attribute::SPECIAL_EDUCATION, "studentswithdisabilities swd iep disability disabilities specialeducation sped"),
    (
        attribute::ENGLISH_LEARNER,
        "englishlanguagelearners englishlearners ell el englishlearner mll multilinguallearners",
    ),
    (attribute::HOMELESS, "temphousing temporaryhousing homeless sth"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_public_files_say_what_they_count() {
        use Role::*;
        for (header, role) in [
            ("Number Chronically Absent", Some(ChronicCount)),
            ("Percent Chronically Absent", Some(ChronicRate)),
            ("Chronically Absent Student Count", Some(ChronicCount)),
            ("Chronically Absent %", Some(ChronicRate)),
            ("Number of Chronically Absent Students", Some(ChronicCount)),
            ("ChronicAbsenteeismEligibleCumulativeEnrollment", Some(GroupSize)),
            ("ChronicAbsenteeismCount", Some(ChronicCount)),
            ("Chronic_Abs_Pct", Some(ChronicRate)),
            ("chronic_absent_rate_label", None),
            ("number_of_students_with_chronic_absenteeism", Some(ChronicCount)),
            ("Chronically Absent Students Percent", Some(ChronicRate)),
            ("Number of Students Missing 10% or More of the Days Enrolled", Some(ChronicCount)),
            ("# Chronically Absent", Some(ChronicCount)),
            ("Students Not Chronically Absent", None),
            ("Aggregate Level", Some(Level)),
            ("Subgroup/Grade Level", Some(Category)),
            ("chronic_absenteeism_rate_change", None),
            ("n_students", None),
            ("Chronically Absent", Some(ChronicCount)),
            ("Number of Students", None),
            ("Moderately Chronically Absent %", None),
            ("% Severe Chronic Absence", None),
            ("Percent of Students Without Chronic Absenteeism", None),
            ("Percent Moderately or Severely Chronically Absent", Some(ChronicRate)),
            ("Total Chronically Absent %", Some(ChronicRate)),
        ] {
            assert_eq!(of_group_header(header), role, "{header}");
        }
    }

    #[test]
    fn rows_about_more_than_a_school_are_known() {
        assert!(is_above_school("State of Connecticut", ""));
        assert!(is_above_school("District Total", "0123"));
        assert!(is_above_school("Oregon", "9999"));
        assert!(!is_above_school("Alder Elementary", "0999"));
        assert_eq!(
            (is_school_level("D"), is_school_level("School"), is_school_level("K-8")),
            (Some(false), Some(true), None)
        );
    }
}
