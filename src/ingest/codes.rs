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
    // Char by char: what str::to_lowercase adds is the final sigma, and four kilobytes.
    let text: String = words.chars().flat_map(char::to_lowercase).collect();
    let has = |marks: &[&str]| marks.iter().any(|mark| text.contains(mark));
    let half = has(&["half day", "half-day", "am only", "pm only"]);
    Some(if has(&["in-school susp", "in school susp"]) {
        Meaning::InSchoolSuspension
    } else if has(&["suspen", "expel", "expul"]) {
        Meaning::Suspended
    } else if has(&["tardy", "late"]) {
        Meaning::Tardy
    } else if has(&["early release", "early dismissal", "left early", "early departure"]) {
        Meaning::LeftEarly
    } else if has(&["not taken", "not submitted"]) {
        Meaning::NotTaken
    } else if has(&["unexcused", "truan", "unverified", "without excuse", "skip"]) {
        if half { Meaning::HalfUnexcused } else { Meaning::Unexcused }
    } else if has(&[
        "present",
        "field trip",
        "school activity",
        "school-sponsored",
        "school sponsored",
        "in attendance",
    ]) {
        Meaning::Present
    } else if has(&["remote", "virtual", "distance"]) {
        Meaning::Remote
    } else if has(&["excused", "illness", "medical", "doctor", "bereave", "religious", "funeral", "sick"]) {
        if half { Meaning::HalfExcused } else { Meaning::Excused }
    } else if has(&["absent", "absence"]) {
        if half { Meaning::HalfAbsent } else { Meaning::Absent }
    } else {
        return None;
    })
}

/// What a code means in every system we know of, or `None`: then the person decides.
#[must_use]
pub fn known(code: &str) -> Option<Meaning> {
    // Ed-Fi writes descriptors as addresses; only what follows the # is the code.
    let code = code.rsplit('#').next().unwrap_or(code);
    let name: String = code.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    Some(match name.as_str() {
        "p" | "present" | "inattendance" | "attended" | "here" | "fieldtrip" | "schoolactivity" => Meaning::Present,
        "t" | "tardy" | "late" | "tu" | "te" | "tardyexcused" | "tardyunexcused" | "lateexcused" | "lateunexcused"
        | "excusedtardy" | "unexcusedtardy" | "arrivedlate" => Meaning::Tardy,
        "earlydeparture" | "earlyrelease" | "leftearly" | "earlydismissal" | "dismissed" => Meaning::LeftEarly,
        "remote" | "virtual" | "remotepresent" | "virtualpresent" | "distancelearning" => Meaning::Remote,
        "a" | "absent" | "absence" | "abs" | "fulldayabsent" | "unknownabsence" => Meaning::Absent,
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
