//! Headers of days and percents read word by word, for reports that write them in ways no list holds:
//! `Days Absent to Date`, `Unauthorised absence (sessions)`, `Jours absents`. Every word must be known; one that
//! is not, such as a term or a month, leaves the header open.

use super::roles::Role;

/// What the numbers of a measure count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    Days,
    /// Sessions, which are half days in some countries and classes in others.
    Sessions,
    HalfDays,
    /// Hours or minutes: only their share of those enrolled is known.
    Time,
}

/// What a word says, one bit each, so that a header is the sum of its words.
const ABSENT: u16 = 1;
const PRESENT: u16 = 2;
const ENROLLED: u16 = 4;
/// Enough to be days enrolled without the word “days”.
const POSSIBLE: u16 = 8;
const EXCUSED: u16 = 16;
const UNEXCUSED: u16 = 32;
const PERCENT: u16 = 64;
const ATTENDANCE: u16 = 128;
const DAY: u16 = 256;
const SESSION: u16 = 512;
const HALF: u16 = 1024;
const TIME: u16 = 2048;
const SCHOOL: u16 = 4096;
/// The end of “to date”, “this”, and a year beside them.
const DATE: u16 = 8192;
const YEAR: u16 = 16384;
const FULL: u16 = 32768;
const FILL: u16 = 0;

const WORDS: &[(u16, &str)] = &[
    (ABSENT, "absent abs absence absences missed absents ausente ausentes ausencia ausencias inasistencias"),
    (PRESENT, "present pres attended attend attends attendances présents présent presente presentes asistidos"),
    (ENROLLED, "enrolled member scheduled expected inscrits matriculado matriculados inscrito"),
    (POSSIBLE, "possible poss enrl enr membership memb mbr mem adm posibles"),
    (EXCUSED, "excused exc exd authorised authorized auth justified explained justificadas"),
    (UNEXCUSED, "unexcused unexc unx unauthorised unauthorized unauth unjustified unexplained injustificadas"),
    (PERCENT, "% pct percent percentage rate ratio perc porcentaje taux"),
    (ATTENDANCE, "attendance att attn attd asistencia présence ada"),
    (DAY, "day days dys jour jours día días dia dias"),
    (SESSION, "session sessions mark marks openings"),
    (HALF, "half halves"),
    (FULL, "full whole"),
    (TIME, "hour hours hrs hr minute minutes mins min"),
    (SCHOOL, "school"),
    (DATE, "current this"),
    (
        FILL,
        "total totals tot ttl number num no nbr count of in sum ytd cumulative cum the so far d de des student instructional equivalent equiv",
    ),
];

fn words(header: &str) -> Option<u16> {
    let mut all = 0;
    let mut word = String::new();
    let mut before = ' ';
    let mut last = String::new();
    for c in header.chars().chain([' ']) {
        let is_mark = matches!(c, '%' | '#');
        let ends = is_mark || !c.is_alphanumeric() || before.is_lowercase() && c.is_uppercase();
        before = c;
        if ends && !word.is_empty() {
            let bits = WORDS.iter().find(|(_, words)| words.split(' ').any(|w| w == word)).map(|(bits, _)| *bits);
            // A date is one only where it is not the end of a report: “to date”.
            all |= match (bits, word.as_str()) {
                (Some(bits), _) => bits,
                (None, "to") => FILL,
                (None, "date") if last == "to" => DATE,
                (None, "year") => YEAR,
                _ => return None,
            };
            last = std::mem::take(&mut word);
        }
        if is_mark {
            all |= if c == '%' { PERCENT } else { FILL };
        } else if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
    }
    let is_whole = last != "to" && (all & YEAR == 0 || all & DATE != 0);
    is_whole.then_some(all & !YEAR)
}

/// The role that a header's words amount to, and what its numbers count.
pub(super) fn measure(header: &str) -> Option<(Role, Unit)> {
    let all = words(header).filter(|all| *all != 0)?;
    let has = |bits: u16| all & bits != 0;
    let unit = match () {
        () if has(TIME) => Unit::Time,
        () if has(HALF) => Unit::HalfDays,
        () if has(SESSION) => Unit::Sessions,
        () => Unit::Days,
    };
    let counts = has(DAY | SESSION | TIME);
    if has(SCHOOL) && !has(DAY) || has(FULL) {
        // The rate of the whole school; whole days, which are not all that was missed.
        return None;
    }
    let enrolled = has(ENROLLED | POSSIBLE);
    let role = if has(PERCENT) {
        match (has(EXCUSED | UNEXCUSED), has(ABSENT), has(PRESENT | ATTENDANCE)) {
            (false, true, false) => Role::PercentAbsent,
            (false, false, true) => Role::PercentPresent,
            _ => return None,
        }
    } else if has(EXCUSED) && has(UNEXCUSED) || has(ABSENT) && has(PRESENT) {
        return None;
    } else if has(EXCUSED | UNEXCUSED) {
        match (has(UNEXCUSED), has(PRESENT | ATTENDANCE) || enrolled, has(ABSENT) || counts) {
            (_, true, _) | (_, _, false) => return None,
            (true, ..) => Role::DaysUnexcused,
            (false, ..) => Role::DaysExcused,
        }
    } else if has(ABSENT) {
        Role::DaysAbsent
    } else if has(PRESENT) && !(enrolled && all & ENROLLED == 0 && !header.contains('/')) {
        // “Days Attended/Possible” holds both; “Possible attendances” are those that could be.
        Role::DaysPresent
    } else if has(POSSIBLE) || has(ENROLLED) && (counts || has(ATTENDANCE)) {
        Role::DaysEnrolled
    } else if has(ATTENDANCE) && counts {
        Role::DaysPresent
    } else if has(DAY) && (has(SCHOOL) && has(DATE) || has(SESSION)) && !has(HALF) {
        // “School days to date”, “days in session”.
        return Some((Role::DaysEnrolled, Unit::Days));
    } else {
        return None;
    };
    Some((role, unit))
}

/// Whether a header names absences of whole days, or where not of half days: `Absences (Half Day)`.
pub(super) fn are_whole_days(header: &str) -> Option<bool> {
    match words(header)? & !DAY {
        all if all == ABSENT | FULL => Some(true),
        all if all == ABSENT | HALF => Some(false),
        _ => None,
    }
}

/// A kind of absence alone: excused or not.
pub(super) fn kind(header: &str) -> Option<Role> {
    match words(header)? {
        EXCUSED => Some(Role::DaysExcused),
        UNEXCUSED => Some(Role::DaysUnexcused),
        _ => None,
    }
}

/// Whether a header names a student and a number of theirs: `Local Student No.`, `State Pupil Identifier`.
pub(super) fn is_student_number(name: &str) -> bool {
    // Whole names only: “number of students” counts them.
    let rest = ["estudiante", "alumno", "student", "pupil", "learner", "stu"].iter().find_map(|who| {
        let at = name.find(who)?;
        Some([&name[..at], &name[at + who.len()..]].concat())
    });
    let Some(mut rest) = rest else { return false };
    for word in [
        "unique",
        "state",
        "local",
        "district",
        "school",
        "sis",
        "permanent",
        "national",
        "tx",
        "del",
        "lea",
        "personal",
        "ref",
    ] {
        rest = rest.replacen(word, "", 1);
    }
    matches!(
        rest.as_str(),
        "id" | "number"
            | "no"
            | "num"
            | "nbr"
            | "code"
            | "#"
            | "key"
            | "identifier"
            | "númerode"
            | "numerode"
            | "idnumber"
            | "idno"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_word_by_word_and_only_where_every_word_is_known() {
        use Role::*;
        use Unit::*;
        for (header, expected) in [
            ("Days Absent to Date", Some((DaysAbsent, Days))),
            ("Memb YTD", Some((DaysEnrolled, Days))),
            ("TotalPossibleAttendance", Some((DaysEnrolled, Days))),
            ("Unauthorised absence (sessions)", Some((DaysUnexcused, Sessions))),
            ("Half Days Justified", Some((DaysExcused, HalfDays))),
            ("Attendance Days", Some((DaysPresent, Days))),
            ("Days Attended/Possible", Some((DaysPresent, Days))),
            ("Jours absents", Some((DaysAbsent, Days))),
            ("Taux de présence", Some((PercentPresent, Days))),
            ("Percent of Days Attended", Some((PercentPresent, Days))),
            ("ATTEND_HOURS", Some((DaysPresent, Time))),
            ("School days to date", Some((DaysEnrolled, Days))),
            ("Days in School Year to Date", Some((DaysEnrolled, Days))),
            ("Days in school year", None),
            ("Days in session", Some((DaysEnrolled, Days))),
            ("Current Year Attendance %", Some((PercentPresent, Days))),
            ("Student Attendance Rate", Some((PercentPresent, Days))),
            ("School Attendance Rate", None),
            ("Absences this month", None),
            ("Q1 Absent", None),
            ("Absences last year", None),
            ("Date Absent", None),
            ("Unauthorised %", None),
            ("Excused", None),
            ("Session", None),
            ("Enrolled", None),
            ("School Days", None),
            ("Attendance", None),
            ("%", None),
        ] {
            assert_eq!(measure(header), expected, "{header}");
        }
        assert_eq!(kind("Auth"), Some(DaysExcused));
        for (name, is) in
            [("pupilno", true), ("txuniquestudentid", true), ("numberofstudents", false), ("student", false)]
        {
            assert_eq!(is_student_number(name), is, "{name}");
        }
    }
}
