//! What a column is in a public file of schools or districts, where no row is a student.

use super::reading::Column;
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

/// The words of a header, in lower case.
fn words(header: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in header.chars() {
        if !c.is_alphanumeric() || before.is_lowercase() && c.is_uppercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

fn is_one_of(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// Whether a number is about some students only, or measures a school against others.
fn is_of_some(header: &str) -> bool {
    let words = words(header);
    let all = || words.iter().any(|word| is_one_of(word, "all k12 12"));
    words.iter().any(|word| is_one_of(word, OF_SOME) || is_one_of(word, "grade grades") && !all())
}

/// Whether a percent in the header bounds another rate than that of missing 10 %, or attending less than 90 %.
fn is_other_band(header: &str) -> bool {
    let header = header.to_ascii_lowercase().replace("percent", "%");
    header.match_indices(['%', '+']).any(|(at, _)| {
        let before = header[..at].trim_end();
        let rest = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        // The end of a year: 2023-24 %, SY24 %.
        let of_year = rest.ends_with('-') && year(&header).is_some() || rest.ends_with(char::is_alphabetic);
        let bound = before[rest.len()..].parse::<f64>().ok().filter(|bound| *bound <= 100.0 && !of_year);
        bound.is_some_and(|bound| bound != 10.0 && bound != 90.0)
    })
}

/// Whether nothing in a header keeps its number from being that of all students of the school.
fn is_plain(header: &str) -> bool {
    let is_year = |word: &str| word.bytes().filter(u8::is_ascii_digit).count() % 2 == 0;
    words(header).iter().all(|word| {
        is_one_of(word, PLAIN) || word.trim_start_matches(['s', 'f', 'y']).parse::<u32>().is_ok() && is_year(word)
    })
}

/// Why a column is not used while the person has to say which of several is meant.
pub(super) const SEVERAL: &str = "Several columns could be this";

/// Of several columns for one number, the one of the latest year that is about all students of the school. Where
/// the headers do not tell which that is, none is taken.
pub(super) fn settle_columns(columns: &mut [Column]) {
    use Role::{ChronicCount, ChronicRate, GroupSize};
    let of = |column: &Column| {
        of_group_header(&column.header).filter(|role| matches!(role, ChronicCount | ChronicRate | GroupSize))
    };
    let years: Vec<Option<u32>> = columns.iter().map(|c| of(c).and_then(|_| year(&c.header))).collect();
    let latest = years.iter().flatten().max().copied();
    let several_years = years.iter().flatten().any(|year| Some(*year) != latest);
    let of_school = columns.iter().any(|c| matches!(c.role, Role::School | Role::SchoolNumber));
    for role in [ChronicCount, ChronicRate, GroupSize] {
        let all: Vec<usize> = (0..columns.len()).filter(|&at| of(&columns[at]).as_ref() == Some(&role)).collect();
        let narrow = |found: &[usize], is: &dyn Fn(usize) -> bool| -> Vec<usize> {
            found.iter().copied().filter(|&at| is(at)).collect()
        };
        let of_larger = |at: usize| words(&columns[at].header).iter().any(|word| is_one_of(word, LARGER));
        let own = narrow(&all, &|at| !(of_school && of_larger(at)));
        let mut found = own.clone();
        if several_years {
            let dated = narrow(&own, &|at| years[at] == latest);
            let is_dated = !dated.is_empty() || own.iter().any(|&at| years[at].is_some());
            found = if is_dated { dated } else { found };
        }
        let preferred: [&dyn Fn(usize) -> bool; 2] =
            [&|at| !is_bare_chronic(&columns[at].header), &|at| is_plain(&columns[at].header)];
        for is in preferred {
            let better = narrow(&found, is);
            found = if better.is_empty() { found } else { better };
        }
        let is_same = found.windows(2).all(|pair| columns[pair[0]].samples == columns[pair[1]].samples);
        let used = found.first().copied().filter(|_| is_same || role == GroupSize);
        for at in all {
            let column = &mut columns[at];
            if Some(at) == used {
                if column.role != role || several_years {
                    column.why = if several_years { "Of the latest year" } else { "By its header" }.into();
                }
                column.role = role.clone();
                continue;
            }
            column.role = Role::NotUsed;
            column.why = match years[at] {
                Some(_) if years[at] < latest => "Another column is of a later year",
                _ if found.contains(&at) && used.is_none() => SEVERAL,
                _ => "It is not about all students of the school",
            }
            .into();
        }
    }
}

/// The year in which a school year in a header begins, such as `Chronic Absence Rate 2024-25`, `24-25`, or the
/// one that is written alone: `SY24`.
fn year(header: &str) -> Option<u32> {
    let numbers = || header.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let whole = numbers().filter(|digits| digits.len() == 4).find_map(|digits| {
        let number: u32 = digits.parse().ok()?;
        let joined = number / 100 + 1 == number % 100;
        if joined && number < 1990 || number >= 2100 && joined { Some(2000 + number / 100) } else { Some(number) }
            .filter(|year| (1990..2100).contains(year))
    });
    let short: Vec<u32> = numbers().filter(|d| d.len() == 2).filter_map(|d| d.parse().ok()).collect();
    let pair = || short.windows(2).find(|pair| pair[0] + 1 == pair[1]).map(|pair| 2000 + pair[0]);
    let lone = || {
        let is_marked = |word: &String| word.len() == 4 && (word.starts_with("sy") || word.starts_with("fy"));
        words(header).iter().filter(|word| is_marked(word)).find_map(|word| Some(2000 + word.get(2..)?.parse::<u32>().ok()?))
    };
    whole.or_else(pair).or_else(lone)
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
    let is_labelled =
        name.split_once(':').is_some_and(|(what, _)| is_one_of(&what.to_ascii_lowercase(), "county district state lea"));
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
/// Words of groups and grades, and of numbers that only say where a school stands.
const OF_SOME: &str = "male males female females boys girls nonbinary gender asian black white hispanic latino latina latinx african indian \
     native pacific islander hawaiian filipino multiracial race races ethnicity swd disabilities disability disabled iep sped ell els el lep \
     mll english learner learners economically econ disadvantaged poverty frl frpl frpm income sed homeless foster migrant military gifted \
     kindergarten quartile quintile decile diff gap lower upper ci moe error rating score";
/// Words of places and schools that a school is laid beside.
const LARGER: &str = "state statewide district districtwide division county city citywide national nation region lea similar peer peers other";
/// Words that a header of all students of a school is made of.
const PLAIN: &str = "chronic chronically absent absence absences absenteeism abs absentee absentees rate rates percent percentage pct perc \
     share proportion number count cnt num n of for the who are were is at in with missing missed students student stu total all overall school \
     schools schoolwide this everyone or more and greater days enrolled moderately severely eligible enrollment denominator numerator";
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
