//! What tells places in a public file: columns of schools and districts, and rows about more than one school.

use super::group_words::is_one_of;
use super::roles::{Role, normalise};

/// The role of a header that names a place in more words than the headers of student systems do, such as
/// `Campus Name` and `School Description`.
#[must_use]
pub(super) fn of_place_header(header: &str) -> Option<Role> {
    let name = normalise(header);
    let is_number =
        is_one_of(&name, "urn schoolurn laestab schoollaestab seedcode rollnumber ncessch ncesschoolid cds cdscode");
    let without = |ends: &str| {
        let ends = ends.split_ascii_whitespace();
        ends.filter_map(|end| name.strip_suffix(end)).find(|rest| !rest.is_empty()).map(str::to_string)
    };
    let of = |ends: &str, list: &str| without(ends).is_some_and(|rest| is_one_of(&rest, list));
    if is_number || of(NUMBERS, SCHOOLS) {
        Some(Role::SchoolNumber)
    } else if is_one_of(&name, "timeperiod endyear yearend fallyear springyear") {
        Some(Role::Year)
    } else if of(NAMES, SCHOOLS) || name == "nameofschool" {
        Some(Role::School)
    } else if is_one_of(&name, "nameofdistrict localauthority schoolboard schoolsystem schooldistrict")
        || of(NAMES, DISTRICTS)
        || of(NUMBERS, DISTRICTS)
    {
        Some(Role::District)
    } else {
        None
    }
}

/// A name that can be that of a district as well.
#[must_use]
pub(super) fn is_weak(header: &str) -> bool {
    let name = normalise(header);
    ["agency", "aggregation", "org", "entity"].iter().any(|start| name.starts_with(start))
}

const NAMES: &str = "name nam description descr desc nm title";
const NUMBERS: &str = "number no num code cd id identifier irn #";
const SCHOOLS: &str = "school schl schools sch campus camp site building bldg institution instn agency aggregation";
const DISTRICTS: &str = "district dist dst lea la localauthority system schoolsystem schooldistrict division corporation corp board schoolboard parish sau \
     lss";

/// Whether a name or number stands for more than one school.
#[must_use]
pub fn is_above_school(name: &str, number: &str) -> bool {
    // “County: Albany”
    let is_labelled = name
        .split_once(':')
        .is_some_and(|(what, _)| is_one_of(&what.to_ascii_lowercase(), "county district state lea"));
    let written = name.to_ascii_lowercase();
    let name: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let all = |digit: char| number.len() >= 3 && number.chars().all(|c| c == digit);
    all('0')
        || all('9')
        || is_labelled
        || number.eq_ignore_ascii_case("all")
        || name.starts_with("stateof")
        || name.starts_with("alldistricts")
        || name.starts_with("all") && name.ends_with("schools")
        || is_kind_of_schools(&written)
        || written.starts_with("all ") && is_kind(&written)
        || name.ends_with("average")
        || name.ends_with("avg")
        || name.ends_with("total")
        || name.ends_with("totals")
        || matches!(
            name.as_str(),
            "all"
                | "districtwide"
                | "statewide"
                | "citywide"
                | "countywide"
                | "state"
                | "districtlevel"
                | "statelevel"
                | "alldistrictschools"
                | "allgrades"
                | "schooldistrict"
                | "district"
                | "lea"
                | "county"
                | "division"
                | "nation"
                | "national"
                | "unitedstates"
                | "mean"
                | "median"
                | "overall"
        )
}

/// Whether a name says that it is a district’s.
#[must_use]
pub fn is_district(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    name.ends_with(" district") || name.ends_with(" public schools")
}

/// Whether a name holds nothing but a kind of school, such as “Elementary” or “High School”: one school’s where a district
/// has one of the kind, or that of all of them.
#[must_use]
pub(super) fn is_kind(name: &str) -> bool {
    let is_word = |word: &str| is_one_of(word, KINDS_OF_SCHOOLS) || is_one_of(word, "school schools");
    let name = name.to_ascii_lowercase();
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(is_word)
}

/// Whether a name is that of all schools of one kind: “Elementary Schools”.
fn is_kind_of_schools(name: &str) -> bool {
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.split_last().is_some_and(|(last, kinds)| {
        *last == "schools" && !kinds.is_empty() && kinds.iter().all(|kind| is_one_of(kind, KINDS_OF_SCHOOLS))
    })
}

const KINDS_OF_SCHOOLS: &str = "all total public charter magnet traditional alternative elementary primary middle intermediate junior senior high \
     secondary combined district city county state special virtual online and k 8 12 k8 k12 early childhood title i non";

/// Whether a place's name is a note about the table.
#[must_use]
pub fn is_note(name: &str) -> bool {
    let name =
        name.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '†' | '‡')).to_ascii_lowercase();
    name.split_once(':').is_some_and(|(what, _)| is_one_of(what.trim(), "note notes source sources footnote footnotes"))
}

/// What a cell of a level column says: `Some(true)` for a school, `Some(false)` for anything larger.
#[must_use]
pub fn is_school_level(text: &str) -> Option<bool> {
    let text: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match text.as_str() {
        corporation if corporation.starts_with("corp") || corporation.ends_with("total") => Some(false),
        "s" | "sc" | "school" | "schools" | "sch" | "campus" | "schoollevel" | "building" => Some(true),
        "t" | "state" | "c" | "county" | "d" | "district" | "division" | "lea" | "schooldistrict" | "region"
        | "nation" | "national" | "regional" | "localauthority" | "di" | "st" | "sea" | "statewide" | "x"
        | "districtlevel" | "statelevel" | "esd" | "isd" | "boces" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn headers_of_places_are_known_by_their_words() {
        for (header, role) in [
            ("Campus Name", Some(Role::School)),
            ("School Description", Some(Role::School)),
            ("SCHNAME", Some(Role::School)),
            ("School_URN", Some(Role::SchoolNumber)),
            ("la_name", Some(Role::District)),
            ("System Code", Some(Role::District)),
            ("School Type", None),
            ("Name", None),
        ] {
            assert_eq!(of_place_header(header), role, "{header}");
        }
    }
}
