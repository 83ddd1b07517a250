//! What a status code means. Only codes that every system uses alike are known beforehand; any
//! other asks.

use crate::attendance::Kind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a code is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Meaning {
    Present,
    /// Late: present.
    Tardy,
    /// Left early: present.
    LeftEarly,
    /// Taught remotely: present.
    Remote,
    /// Absent for the whole day, or for the part another column gives.
    Absent,
    Excused,
    Unexcused,
    Suspended,
    InSchoolSuspension,
    HalfAbsent,
    HalfExcused,
    HalfUnexcused,
    /// Not a school day for this student, not enrolled, or exempt: the day is not counted.
    NotCounted,
    /// Attendance was not taken.
    NotTaken,
}

impl Meaning {
    pub const ALL: [Meaning; 14] = [
        Meaning::Present,
        Meaning::Tardy,
        Meaning::LeftEarly,
        Meaning::Remote,
        Meaning::Absent,
        Meaning::Excused,
        Meaning::Unexcused,
        Meaning::Suspended,
        Meaning::InSchoolSuspension,
        Meaning::HalfAbsent,
        Meaning::HalfExcused,
        Meaning::HalfUnexcused,
        Meaning::NotCounted,
        Meaning::NotTaken,
    ];

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Meaning::Present => "Present",
            Meaning::Tardy => "Late: counts as present",
            Meaning::LeftEarly => "Left early: counts as present",
            Meaning::Remote => "Remote: counts as present",
            Meaning::Absent => "Absent, reason not said",
            Meaning::Excused => "Absent, excused",
            Meaning::Unexcused => "Absent, unexcused",
            Meaning::Suspended => "Suspended out of school: absent",
            Meaning::InSchoolSuspension => "In-school suspension: counts as present",
            Meaning::HalfAbsent => "Half a day absent",
            Meaning::HalfExcused => "Half a day absent, excused",
            Meaning::HalfUnexcused => "Half a day absent, unexcused",
            Meaning::NotCounted => "Not a school day for this student",
            Meaning::NotTaken => "Attendance not taken",
        }
    }

    /// The mark this leaves on a day: its kind and the thousandths missed. `None` for a plain
    /// present day and for days that do not count.
    #[must_use]
    pub const fn mark(self) -> Option<(Kind, u16)> {
        Some(match self {
            Meaning::Present | Meaning::NotCounted | Meaning::NotTaken => return None,
            Meaning::Tardy => (Kind::Tardy, 0),
            Meaning::LeftEarly => (Kind::LeftEarly, 0),
            Meaning::Remote => (Kind::Remote, 0),
            Meaning::Absent => (Kind::Unknown, 1000),
            Meaning::Excused => (Kind::Excused, 1000),
            Meaning::Unexcused => (Kind::Unexcused, 1000),
            Meaning::Suspended => (Kind::Suspended, 1000),
            Meaning::InSchoolSuspension => (Kind::InSchoolSuspension, 1000),
            Meaning::HalfAbsent => (Kind::Unknown, 500),
            Meaning::HalfExcused => (Kind::Excused, 500),
            Meaning::HalfUnexcused => (Kind::Unexcused, 500),
        })
    }

    /// Whether the day counts as enrolled.
    #[must_use]
    pub const fn counts(self) -> bool {
        !matches!(self, Meaning::NotCounted | Meaning::NotTaken)
    }

    #[must_use]
    pub const fn is_absence(self) -> bool {
        matches!(
            self,
            Meaning::Absent
                | Meaning::Excused
                | Meaning::Unexcused
                | Meaning::Suspended
                | Meaning::HalfAbsent
                | Meaning::HalfExcused
                | Meaning::HalfUnexcused
        )
    }
}

/// Codes as written (trimmed) and what they mean.
pub type CodeMap = BTreeMap<String, Meaning>;

/// What the words beside a code say, as a list of codes has them; `None` where they leave it open.
#[must_use]
pub fn in_words(words: &str) -> Option<Meaning> {
    if let Some(meaning) = known(words) {
        return Some(meaning);
    }
    // Words apart by one space, so that a mark that begins with one begins a word. Char by char: what
    // str::to_lowercase adds is the final sigma, and four kilobytes.
    let mut text = String::from(" ");
    for c in words.chars().flat_map(char::to_lowercase) {
        match c {
            c if c.is_alphanumeric() => text.push(c),
            // Within a word: don’t.
            '\'' | '’' => {}
            _ if !text.ends_with(' ') => text.push(' '),
            _ => {}
        }
    }
    text.push(' ');
    let has = |marks: &[&str]| marks.iter().any(|mark| text.contains(mark));
    let no_excuse = has(&[" not excus", " non excus", " un excus", " no excus", " without excus", " without an excus"]);
    let unexcused =
        no_excuse || has(&[" unexcus", " nonexcus", " truan", " unverified", " not verified", " skip", " unlawful"]);
    let says_excused = !no_excuse && has(&[" excus"]);
    let reason = has(&[" illness", " medical", " doctor", " bereave", " religious", " funeral", " sick"]);
    let absent = has(&[" absen"]);
    let part = has(&[" part ", " partial"]);
    let suspended = has(&[" suspen", " expel", " expul"]);
    let present = has(&[" present", " field trip", " school activit", " school sponsored", " in attendance"]);
    let remote = has(&[" remote", " virtual", " distance"]);
    let tardy = has(&[" tardy", " tardies", " late "]);
    let left_early = has(&[" early release", " early dismissal", " left early", " early departure"]);
    let of_day = [&[" am ", " morning "][..], &[" pm ", " afternoon "][..]].map(has);
    let half = has(&[" half day", " 1 2 day"]) || of_day[0] != of_day[1];
    if has(&[" not taken", " not submitted"]) {
        return Some(Meaning::NotTaken);
    }
    // Whatever else is negated turns the words around, save a reason for an absence.
    let negates_kind = has(&[
        " not absen",
        " non absen",
        " no absen",
        " not an absen",
        " not count",
        " not present",
        " non attend",
        " not suspen",
        " not in attend",
        " not tardy",
        " not late",
    ]);
    let negated = negates_kind || !absent && !unexcused && has(&[" not ", " no ", " non ", " never ", " without "]);
    let at_school = present || tardy || left_early;
    if negated || says_excused && unexcused || at_school && (absent || suspended) || part && absent {
        return None;
    }
    Some(if suspended {
        match has(&[" in school "]) {
            true if absent => return None,
            true => Meaning::InSchoolSuspension,
            false => Meaning::Suspended,
        }
    } else if tardy {
        Meaning::Tardy
    } else if left_early {
        Meaning::LeftEarly
    } else if !absent && (present || remote) {
        // Excused from what, or there after all?
        match (unexcused || says_excused || reason, remote) {
            (true, _) => return None,
            (_, true) => Meaning::Remote,
            _ => Meaning::Present,
        }
    } else if unexcused {
        if half { Meaning::HalfUnexcused } else { Meaning::Unexcused }
    } else if says_excused || reason {
        if half { Meaning::HalfExcused } else { Meaning::Excused }
    } else if absent {
        if half { Meaning::HalfAbsent } else { Meaning::Absent }
    } else {
        return None;
    })
}

/// What a code says that is spelled out in words: “A - Absent Unexcused”, “Virtual - Present”.
#[must_use]
pub fn spelled_out(code: &str) -> Option<Meaning> {
    let has = |parts: &[&str]| parts.iter().any(|part| code.contains(part));
    // An absence with an excuse that nobody knows is written so. Of a class or an hour nobody knows how much of the day it is.
    let is_said = code.len() > 8
        && has(&["bsen", "resent"])
        && !has(&["eriod", "our", "lass", "inute"])
        && !code.starts_with("Absent, ");
    if is_said { in_words(code) } else { None }
}

/// What a code means in every system we know of, or `None`: then the person decides.
#[must_use]
pub fn known(code: &str) -> Option<Meaning> {
    // Ed-Fi writes descriptors as addresses; only what follows the # is the code.
    let code = code.rsplit('#').next().unwrap_or(code);
    let name: String = code.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    Some(match name.as_str() {
        "p" | "present" | "présent" | "presente" | "inattendance" | "attended" | "here" | "fieldtrip"
        | "schoolactivity" => Meaning::Present,
        "t" | "tardy" | "late" | "tu" | "te" | "tardyexcused" | "tardyunexcused" | "lateexcused" | "lateunexcused"
        | "excusedtardy" | "unexcusedtardy" | "arrivedlate" => Meaning::Tardy,
        "earlydeparture" | "earlyrelease" | "leftearly" | "earlydismissal" | "dismissed" => Meaning::LeftEarly,
        "remote" | "virtual" | "remotepresent" | "virtualpresent" | "distancelearning" => Meaning::Remote,
        "a" | "absent" | "ausente" | "absence" | "abs" | "fulldayabsent" | "unknownabsence" => Meaning::Absent,
        "e" | "ex" | "exc" | "xe" | "ea" | "ae" | "excused" | "excusedabsence" | "absentexcused" | "absenceexcused"
        | "excusedabsent" => Meaning::Excused,
        "u" | "ux" | "unx" | "unexc" | "ua" | "au" | "unexcused" | "unexcusedabsence" | "absentunexcused"
        | "absenceunexcused" | "unexcusedabsent" | "unverified" | "unverifiedabsence" | "truant" => Meaning::Unexcused,
        "os" | "oss" | "ossp" | "suspended" | "outofschoolsuspension" | "suspension" => Meaning::Suspended,
        "iss" | "inschoolsuspension" => Meaning::InSchoolSuspension,
        "halfday" | "halfdayabsent" | "partialabsent" => Meaning::HalfAbsent,
        "halfdayexcused" | "ehdco" => Meaning::HalfExcused,
        "halfdayunexcused" | "unhdco" => Meaning::HalfUnexcused,
        "efdco" => Meaning::Excused,
        "unfdco" => Meaning::Unexcused,
        "rmteattd" => Meaning::Remote,
        "notenrolled" | "noschool" | "holiday" | "exempt" | "nonschoolday" => Meaning::NotCounted,
        "nottaken" | "notsubmitted" | "notrecorded" => Meaning::NotTaken,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_beside_a_code_are_read_whole_and_with_what_negates_them() {
        for (words, meaning) in [
            ("Suspension - In School", Some(Meaning::InSchoolSuspension)),
            ("Suspension - Out of School", Some(Meaning::Suspended)),
            ("Virtual Day - Absent (did not log in)", Some(Meaning::Absent)),
            ("Absent - Not Excused", Some(Meaning::Unexcused)),
            ("Excused absence - health related", Some(Meaning::Excused)),
            ("Late arrival over half the day - absent", None),
            ("Not absent", None),
            ("Remote - did not log in", None),
            ("Present in part, absent in part", None),
            ("Excused or unexcused absence", None),
            ("Activity - School Sponsored", Some(Meaning::Present)),
            ("Related services", None),
            ("Late - unexcused", Some(Meaning::Tardy)),
            ("Half day, sick", Some(Meaning::HalfExcused)),
            ("Absent (AM)", Some(Meaning::HalfAbsent)),
            ("Afternoon absence, excused", Some(Meaning::HalfExcused)),
            ("Absent AM and PM", Some(Meaning::Absent)),
            ("Absent - no note", Some(Meaning::Absent)),
        ] {
            assert_eq!(in_words(words), meaning, "{words}");
        }
    }

    #[test]
    fn codes_that_are_spelled_out_are_read_unless_they_are_of_a_part() {
        for (code, meaning) in [
            ("A - Absent Unexcused", Some(Meaning::Unexcused)),
            ("In Person - Present", Some(Meaning::Present)),
            ("Virtual - Absent", Some(Meaning::Absent)),
            ("Absent Period 3", None),
            ("Present in part, absent in part", None),
            ("Activity", None),
        ] {
            assert_eq!(spelled_out(code), meaning, "{code}");
        }
    }

    #[test]
    fn only_codes_that_mean_one_thing_everywhere_are_known() {
        for (code, meaning) in [
            ("P", Meaning::Present),
            ("Present", Meaning::Present),
            ("uri://ed-fi.org/AttendanceEventCategoryDescriptor#Excused Absence", Meaning::Excused),
            ("XE", Meaning::Excused),
            ("T", Meaning::Tardy),
            ("Early departure", Meaning::LeftEarly),
            ("UNHDCO", Meaning::HalfUnexcused),
        ] {
            assert_eq!(known(code), Some(meaning), "{code}");
        }
        for code in ["FT", "X", "S", "M", "I", "", "1", "0", "Y", "N", "H", "partial", "?"] {
            assert_eq!(known(code), None, "{code}");
        }
    }
}
