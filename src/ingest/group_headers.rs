//! What a column is in a public file of schools or districts, where no row is a student.

use super::group_words::{
    counts_all, is_about_them, is_of_group, is_of_some, is_one_of, is_other_band, is_plain, is_regular, is_ten_percent,
    without_year, words,
};
use super::roles::{Role, normalise, of_header};
use crate::attendance::{Decimal, attribute};

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
        "prevyear",
        "pastyear",
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
    if is_aside
        || (names_chronic(&name) || name.contains("chronic"))
            && (is_of_some(header) || is_other_band(header) || is_about_them(header))
    {
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
        "aggregatelevel agglevel aggregationlevel aggregationtype geographiclevel entitylevel orglevel organizationlevel levelname detaillvldesc detaillevel rtype institutiontype entitytype orgtype organizationtype reportlevel levelofaggregation",
    ) {
        return Some(Role::Level);
    }
    if is("charterschool charter charterschoolyn dass dassyn chartertype dassschool") {
        return Some(Role::Filter);
    }
    if is(
        "variable measure measures measuretype metric indicator indicatorname measurename metricname dataelement measurenames",
    ) {
        return Some(Role::Variable);
    }
    if is("value amount measurevalue measurevalues metricvalue indicatorvalue displayvalue") {
        return Some(Role::Value);
    }
    if is_opposite(header) {
        return Some(Role::NotChronicRate);
    }
    match unit(header) {
        Some(Unit::Size) => return Some(Role::GroupSize),
        Some(Unit::Rate) => return Some(Role::ChronicRate),
        Some(Unit::Count) => return Some(Role::ChronicCount),
        // A number, unless its values say otherwise.
        Some(Unit::Open) if is_bare_chronic(header) => return Some(Role::ChronicCount),
        _ => {}
    }
    let share = ["pct", "percent", "%", "rate", "share", "per"]
        .into_iter()
        .find_map(|mark| name.strip_prefix(mark).or_else(|| name.strip_suffix(mark)))?;
    let (key, _) = SHARES.iter().find(|(_, names)| names.split_whitespace().any(|n| n == share))?;
    Some(Role::Share((*key).into()))
}

/// What a measure is whose percent stands under a header of its own, perhaps beside the number of students counted:
/// “Regular Attendance” with “Percent”. Without them it can be an average of days.
#[must_use]
pub fn of_measure(name: &str, header: &str, is_counted: bool) -> Option<Role> {
    let header = if is_counted { "Percent" } else { header };
    of_group_header(name).or_else(|| of_group_header(&format!("{name} {header}")))
}

/// Whether a header names chronic absence, or persistent absence, as it is called elsewhere.
fn names_chronic(name: &str) -> bool {
    let is_chronic =
        name.contains("chron") && !name.contains("synchron") || name.contains("chrn") || name.contains("persistent");
    is_chronic && name.contains("abs")
}

/// What a header about chronic absence gives of it.
#[derive(PartialEq, Eq)]
enum Unit {
    Size,
    Rate,
    Count,
    /// The header does not say.
    Open,
}

/// Headers are worded in many ways, and all name chronic absence; what they give of it shows in a few marks.
fn unit(header: &str) -> Option<Unit> {
    let name = normalise(&without_year(header));
    let has = |marks: &[&str]| marks.iter().any(|mark| name.contains(mark));
    // The opposite, or one band of it.
    let is_band = has(&["moderate"]) != has(&["severe"]) || !has(&["moderate"]) && has(&["extreme"]);
    let other = is_band || has(&["notchronic", "nonchronic", "nochronic", "notpersistent", "without"]);
    // “Chronic %” names no other thing.
    let is_alone = name.contains("chronic") && is_plain(header);
    let is_named = names_chronic(&name) || is_alone || is_ten_percent(header) && !is_of_some(header);
    if !is_named || other {
        return None;
    }
    let words = words(header);
    let is_word = |list: &str| words.iter().any(|word| is_one_of(word, list));
    let is_last = |letter: &str| words.last().is_some_and(|word| word == letter);
    if is_last("d")
        || has(&["eligible", "denominator", "enrollment", "enrolment", "studentsincluded"])
        || is_word("den denom")
    {
        return Some(Unit::Size);
    }
    // A bound is no unit, and all students are no number of them: “Number absent 10 % or more”, “All students”.
    let bounds = ["10%", "10percent", "90%", "90percent", "allstudents", "moderate"];
    let name = bounds.iter().fold(name.clone(), |name, bound| name.replace(bound, ""));
    let has = |marks: &[&str]| marks.iter().any(|mark| name.contains(mark));
    if is_last("r") || has(&["rate", "perc", "pct", "%", "share", "prop"]) {
        Some(Unit::Rate)
    } else if has(&["number", "count", "num", "#", "students", "pupils", "cnt"])
        || is_word("n")
        || name.ends_with("total")
    {
        Some(Unit::Count)
    } else {
        Some(Unit::Open)
    }
}

/// Whether a header is the percent of students who are not chronically absent.
fn is_opposite(header: &str) -> bool {
    let name = normalise(header);
    let named = ["notchronic", "nonchronic", "notpersistent", "withoutchronic"].iter().any(|word| name.contains(word));
    let is_percent = ["%", "percent", "pct", "rate", "share"].iter().any(|mark| name.contains(mark));
    !is_of_some(header) && (is_regular(header) || named && is_percent && name.contains("abs") && !is_other_band(header))
}

/// Whether what a row is about, as a cell says it, is chronic absence.
pub(super) fn is_about_chronic(text: &str) -> bool {
    names_chronic(&normalise(text))
}

/// Whether the columns are about places although one of them is headed by nothing but “Name”: chronic absence as a
/// number or percent is no student's, and nothing else is either.
pub(super) fn names_a_place(header: &[String]) -> bool {
    let is_chronic = |name: &String| {
        matches!(of_group_header(name), Some(Role::ChronicCount | Role::ChronicRate)) && !is_bare_chronic(name)
    };
    header.iter().any(is_chronic) && !header.iter().any(|name| is_of_student(name))
}

/// Whether a header tells something of one student.
pub(super) fn is_of_student(name: &str) -> bool {
    use Role::{Date, DaysAbsent, DaysEnrolled, DaysPresent, FirstName, Homeroom, LastName, Student};
    let personal = [Student, FirstName, LastName, Homeroom, Date, DaysEnrolled, DaysAbsent, DaysPresent];
    of_header(name).is_some_and(|role| personal.contains(&role)) && !is_enrollment(name)
}

/// Whether a header alone makes a file one of groups. An indicator can be anyone's.
pub(super) fn is_of_groups(header: &str) -> bool {
    of_group_header(header).is_some()
        && !is_one_of(&normalise(header), "indicator dataelement indicatorvalue displayvalue amount")
}

/// A name that does not say whose.
pub(super) fn is_name(header: &str) -> bool {
    normalise(header) == "name"
}

/// All students of a school, for what they are counted beside the chronically absent.
#[must_use]
pub fn is_enrollment(header: &str) -> bool {
    is_one_of(&normalise(&without_year(header)), "enrollcount nenrolled") || counts_all(header)
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
    is_one_of(
        &normalise(&without_year(header)),
        "percent pct rate % percentage studentpercent percentofstudents pctofstudents %ofstudents currstatus",
    )
}

/// Chronic absence whose header does not say whether it is a number or a percent.
#[must_use]
pub fn is_bare_chronic(header: &str) -> bool {
    let name = normalise(&without_year(header));
    let name = ["allstudents", "10%ormore", "10percentormore", "10%orgreater", "10%+", "10%", "<90%", "90%"]
        .iter()
        .fold(name, |name, bound| name.replace(bound, ""));
    let name = ["all", "total", "overall", "actual"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .map_or(name.clone(), str::to_string);
    let name = ["overall", "total", "all"].iter().find_map(|start| name.strip_prefix(start)).unwrap_or(&name);
    let is_known = is_one_of(
        name,
        "chronicallyabsent chronicabsence chronicabsences chronicabsenteeism chronicabsent chronic chronicallyabs chronabs chronabsent \
         chrnabs",
    );
    is_known && !is_other_band(header)
}

/// The part of the students whom a percent beside it is about.
#[must_use]
pub fn is_numerator(header: &str) -> bool {
    words(header).iter().any(|word| word == "numerator") && !is_of_some(header)
}

/// Persistent absence without the bound that some countries put elsewhere than at 10 %.
#[must_use]
pub fn is_unbounded(header: &str) -> bool {
    normalise(header).contains("persistent") && !is_ten_percent(header) && !header.contains("10")
}

/// Students counted “in” chronic absence: all of them, or those who are chronically absent.
#[must_use]
pub fn is_count_in(header: &str) -> bool {
    let name = normalise(&without_year(header));
    ["chronicabsenteeism", "chronicabsence"].iter().any(|start| {
        name.strip_prefix(start).is_some_and(|rest| {
            is_one_of(rest, "n #ofstudents numberofstudents numstudents #students students studentcount")
        })
    })
}

/// A number of students whose header does not say which.
#[must_use]
pub fn is_bare_count(header: &str) -> bool {
    is_one_of(
        &normalise(&without_year(header)),
        "n eligible countofstudents nstudents students numstudents numberofstudents studentcount studentcnt stucnt stucount studentscount count #students #ofstudents number \
         numberofpupils pupils totalcount totaln totalnumber",
    )
}

/// A percent of all students, of a thing that the header does not name. Beside it percents of groups are of the same
/// thing, and no shares of the students.
#[must_use]
pub fn is_percent_of_all(header: &str) -> bool {
    let name = normalise(&without_year(header));
    let rest = ["pct", "percent", "%"]
        .into_iter()
        .find_map(|mark| name.strip_prefix(mark).or_else(|| name.strip_suffix(mark)));
    rest.is_some_and(|rest| is_one_of(rest, "all allstudents total overall ofallstudents"))
}

/// Whether a header may tell groups of students apart: “Gender”, “Population”, “Grade Band”.
#[must_use]
pub(super) fn may_be_of_groups(header: &str) -> bool {
    let is_condition = matches!(of_header(header), Some(Role::Condition(_)));
    let words = words(header);
    let has = |list: &str| words.iter().any(|word| is_one_of(word, list));
    let of_groups = has("group groups subgroup subgroups population subpopulation demographic demographics");
    let of_places = has("school schools district peer age code id");
    is_condition || is_of_grades(header) || (of_groups || is_of_group(header)) && !of_places && !says_percent(header)
}

/// Whether a cell names a group of students.
#[must_use]
pub(super) fn is_group(text: &str) -> bool {
    is_of_group(text) && Decimal::parse(text.trim()).is_none()
}

/// Whether a header is that of single grades or bands of them.
#[must_use]
pub(super) fn is_of_grades(header: &str) -> bool {
    let words = words(header);
    words.iter().any(|word| word.starts_with("grade"))
        && words
            .iter()
            .all(|word| is_one_of(word, "grade grades band bands span spans cluster level levels group range"))
}

/// Whether a header is that of parts of a year: of quarters, of months, of the dates up to which rows count.
#[must_use]
pub(super) fn is_of_period(header: &str) -> bool {
    is_one_of(
        &normalise(header),
        "quarter term semester trimester markingperiod month monthname reportingmonth reportingperiod period timeidentifier asof asofdate snapshotdate",
    )
}

/// Whether a cell of a category column means everyone.
#[must_use]
pub fn is_everyone(text: &str) -> bool {
    // “All Students (K-12)”, but not “All (Male)”.
    let text =
        text.split_once('(').filter(|(all, of)| !all.is_empty() && !is_of_group(of)).map_or(text, |(all, _)| all);
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
            | "allpupils"
            | "allgrades"
            | "overall"
            | "totalenrollment"
            | "districtwide"
            | "allstudentgroups"
            | "allsubgroups"
            | "academicyear"
            | "fullyear"
            | "wholeyear"
            | "annual"
            | "endofyear"
    ) || text
        .strip_prefix("allstudents")
        .and_then(|rest| ["in", "at", "of"].iter().find_map(|start| rest.strip_prefix(start)))
        .is_some_and(|rest| is_one_of(rest, "school theschool lea district thedistrict state thestate sea"))
}

const CHRONIC_COUNT: &str = "currnumer numberofstudentsmissing10%ormoreofthedaysenrolled nchronicallyabsent chronicabsentees enrolmentspa10exact";
const CHRONIC_RATE: &str = "currstatus ppersabs10 enrolmentspa10exactpercent";
const GROUP_SIZE: &str = "studentsincluded #contributing10totaldaysand1presday #contributing20totaldays numcontributing10andtotaldaysand1andpresday \
     currdenom studentscounted numberofstudentsenrolledforhalftheyearormore eligibleenrollment studentfallk12enrollment \
     numberincluded denominator";
const CATEGORY: &str = "category subgrp stugroup studentgroup subgroup reportingcategory studentgroupname freereducedpricemealeligibility subgroupgradelevel \
     subgroupname studentsubgroup demographic demographicgroup groupname studentpopulation studentcategory groupbyvalue reportsubcategory \
     studentgroupvalue groupvalue subgroupdescription";

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
            ("Percent of Students Without Chronic Absenteeism", Some(NotChronicRate)),
            ("Percent Regular Attenders", Some(NotChronicRate)),
            ("Percent Non-Regular Attenders", None),
            ("Regular Attendance Rate", None),
            ("% of students attending 95% or more", None),
            ("Percent Moderately or Severely Chronically Absent", Some(ChronicRate)),
            ("Total Chronically Absent %", Some(ChronicRate)),
        ] {
            assert_eq!(of_group_header(header), role, "{header}");
        }
    }
}
