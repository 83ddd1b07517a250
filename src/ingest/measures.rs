//! What columns of days and percents are, where their headers leave it open: told from the numbers in
//! them and beside them.

use super::cell_words;
use super::header_words::{self, Unit};
use super::reading::Column;
use super::roles::{self, Role};
use super::year_parts;
use crate::attendance::{Days, order};

/// Days or a percent of one student.
pub(super) fn is_measure(role: &Role) -> bool {
    matches!(
        role,
        Role::DaysEnrolled
            | Role::DaysAbsent
            | Role::DaysPresent
            | Role::DaysExcused
            | Role::DaysUnexcused
            | Role::DaysSuspended
            | Role::PercentAbsent
            | Role::PercentPresent
    )
}

/// How surely a header has its role where others have it too: days enrolled are the student's own, which those of
/// the school year need not be; absences may be of classes where days absent stand beside them.
pub(super) fn says_more(role: &Role, header: &str) -> u8 {
    let name = roles::normalise(header);
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    match role {
        Role::DaysEnrolled => u8::from(has(&["enrol", "enrl", "memb"])),
        Role::DaysAbsent if has(&["full", "whole"]) => 0,
        Role::DaysAbsent => 1 + u8::from(has(&["day"])),
        _ => 0,
    }
}

/// Which columns hold days or percents of an earlier school year than others do: `Days Absent 2023-24`
/// beside `Days Absent 2024-25`.
pub(super) fn earlier_years(header: &[String]) -> Vec<bool> {
    let years: Vec<Option<u32>> = header.iter().map(|name| year(name)).collect();
    let latest = years.iter().flatten().max();
    years.iter().map(|year| year.as_ref().is_some_and(|year| Some(year) < latest)).collect()
}

fn digits_behind(header: &str) -> String {
    let name = roles::normalise(header);
    name[name.trim_end_matches(|c: char| c.is_ascii_digit()).len()..].to_string()
}

/// The year behind a measure's name: the first of 2023-24.
fn year(header: &str) -> Option<u32> {
    let name = roles::normalise(header);
    let in_front = name[..name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len()].to_string();
    let digits = if in_front.is_empty() { digits_behind(header) } else { in_front };
    if !matches!(digits.len(), 4 | 6 | 8) || !roles::of_header(header).is_some_and(|role| is_measure(&role)) {
        return None;
    }
    digits[..4].parse().ok().filter(|year| (1990..2100).contains(year))
}

/// Settles what headers such as “Total”, “ADA”, “Excused” and “Absences 2” stand for in a file of students.
pub(super) fn settle(columns: &mut [Column], rows: &[Vec<String>]) {
    if is_totals_of_a_date(columns, rows)
        && let Some(date) = columns.iter_mut().find(|c| c.role == Role::Date)
    {
        date.role = Role::NotUsed;
        date.why = "The days beside it are sums, not those of this date".into();
        if let Some(status) = columns.iter_mut().find(|c| c.role == Role::Status) {
            status.role = Role::NotUsed;
            status.why = "It says who is enrolled".into();
        }
    }
    let in_percent = |c: &&mut Column| {
        let told = || c.samples.iter().filter(|v| !v.is_empty());
        // Hardly anyone attends less than a fifth.
        let fits = |part: Days| part <= Days::whole(1) || part >= Days::whole(20) && part <= Days::whole(100);
        let is_share = |v: &String| v.ends_with('%') || Days::parse(v).is_some_and(fits);
        let is_attendance = c.role == Role::Status && roles::normalise(&c.header).starts_with("att");
        is_attendance && told().all(is_share) && told().any(|v| v.ends_with('%') || v.contains('.'))
    };
    if !has(columns, &Role::Date)
        && !has(columns, &Role::PercentPresent)
        && let Some(column) = columns.iter_mut().find(in_percent)
    {
        column.role = Role::PercentPresent;
    }
    shares_of_kinds(columns, rows);
    if !has(columns, &Role::Date) && !has(columns, &Role::Status) {
        let is_days =
            |at: usize, above: i64| rows.iter().any(|row| number(row, at).is_some_and(|n| n.thousandths() > above));
        for at in 0..columns.len() {
            let is_open = matches!(columns[at].role, Role::NotUsed | Role::Excused);
            let kind = header_words::kind(&columns[at].header).filter(|_| is_open);
            let Some(role) = kind.filter(|_| is_days(at, -1)) else { continue };
            // “Unverified” stands for the unexcused ones where no other column does.
            let other = columns.iter().position(|c| c.role == role);
            let is_weaker = |c: &Column| is_reason(&c.header);
            if other.is_none_or(|other| is_weaker(&columns[other])) {
                columns[at].role = role;
                other.into_iter().for_each(|other| columns[other].role = Role::NotUsed);
            }
        }
        // A suspension in ones and zeros, or without other kinds of days, is a condition.
        if has(columns, &Role::DaysUnexcused)
            && let Some(at) = named(columns, "suspended").filter(|&at| is_days(at, 1000))
        {
            columns[at].role = Role::DaysSuspended;
        }
    }
    attendance_days(columns, rows);
    average_daily(columns, rows);
    if !has(columns, &Role::Date) {
        half_days(columns, rows);
    }
    other_units(columns, rows);
    if !has(columns, &Role::Date) {
        year_parts::settle(columns, rows);
    }
    total(columns, rows);
    if !has(columns, &Role::Date) {
        excused_apart(columns, rows);
        late(columns, rows);
        of_periods(columns, rows);
        other_kinds(columns);
    }
    numbered(columns);
    let why = match unit(columns) {
        Unit::HalfDays => "Two of these make a day",
        Unit::Time => "Read as a share of those enrolled",
        _ => return,
    };
    for column in columns.iter_mut().filter(|c| is_measure(&c.role) && !is_percent(&c.role)) {
        column.why = why.into();
    }
}

/// Excused and unexcused absences are percents where most rows have a hundred with the percent present.
fn shares_of_kinds(columns: &mut [Column], rows: &[Vec<String>]) {
    let kinds = [Role::DaysExcused, Role::DaysUnexcused];
    let days = |c: &Column| is_measure(&c.role) && c.role != Role::PercentPresent && !kinds.contains(&c.role);
    let of = |role: &Role| columns.iter().position(|c| c.role == *role);
    let (Some(present), Some(excused), Some(unexcused)) = (of(&Role::PercentPresent), of(&kinds[0]), of(&kinds[1]))
    else {
        return;
    };
    let is_hundred = |row: &&Vec<String>| {
        let part = |at: usize| Days::parse(row.get(at)?.trim_end_matches(['%', ' ']));
        let sum = part(present).zip(part(excused)).zip(part(unexcused)).map(|((a, b), c)| a + b + c);
        sum.is_some_and(|sum| (sum.thousandths() - 100_000).abs() <= 150)
    };
    if !columns.iter().any(days) && rows.iter().filter(is_hundred).count() * 2 > rows.len() {
        for column in columns.iter_mut().filter(|c| kinds.contains(&c.role)) {
            column.role = Role::NotUsed;
            column.why = "A percent, as of the attendance".into();
        }
    }
}

const ABSENCES: [Role; 4] = [Role::DaysAbsent, Role::DaysExcused, Role::DaysUnexcused, Role::DaysSuspended];

/// Why a column of days late may be added to the days present: then it is asked.
pub(super) const UNSURE: &str = "Days present may leave these out";

/// The roles by which a row tells all days absent: a total, or else its kinds.
fn absences(columns: &[Column]) -> &'static [Role] {
    if has(columns, &Role::DaysAbsent) { &ABSENCES[..1] } else { &ABSENCES[1..] }
}

/// The column of days on which a student came late, or was taught remotely: days present that may stand apart.
fn late_column(columns: &[Column]) -> Option<usize> {
    let names = "tardy tardies late lates dayslate latedays daystardy tardydays timestardy timeslate \
                 remote daysremote remotedays dayspresentremote daysvirtual virtualdays";
    let is = |name: &str| {
        let plain = ["countof", "numberof", "#of", "#", "total"].iter().find_map(|start| name.strip_prefix(start));
        names.split_ascii_whitespace().any(|known| known == plain.unwrap_or(name))
    };
    columns.iter().position(|c| matches!(c.role, Role::NotUsed | Role::TardyFlag) && is(&roles::normalise(&c.header)))
}

/// Excused absences stand beside the others where only with them the days reach those enrolled, or most students
/// then have the same sum, or where there are more of them: “Absent” is then what is not excused.
fn excused_apart(columns: &mut [Column], rows: &[Vec<String>]) {
    let at = |role: Role| columns.iter().position(|c| c.role == role);
    let (Some(present), Some(absent), Some(excused), None) =
        (at(Role::DaysPresent), at(Role::DaysAbsent), at(Role::DaysExcused), at(Role::DaysUnexcused))
    else {
        return;
    };
    let (enrolled, late) = (at(Role::DaysEnrolled), late_column(columns));
    // Without and with the excused ones, each without and with days late.
    let mut sums: [Vec<Days>; 4] = Default::default();
    let mut is_more = false;
    for row in rows {
        let of = |at: usize| number(row, at);
        let (Some(present), Some(absent), Some(excused)) = (of(present), of(absent), of(excused)) else { continue };
        is_more |= excused > absent;
        let late = late.and_then(of).unwrap_or_default();
        let given = enrolled.and_then(of).unwrap_or_default();
        let days = present + absent - given;
        for (sums, sum) in sums.iter_mut().zip([days, days + late, days + excused, days + excused + late]) {
            sums.push(sum);
        }
    }
    let n = sums[0].len();
    let [without, without_late, with, with_late] = sums.map(|mut sums| {
        if enrolled.is_some() {
            return sums.iter().filter(|left| **left == Days::ZERO).count();
        }
        order::sort(&mut sums);
        sums.chunk_by(|a, b| a == b).map(<[Days]>::len).max().unwrap_or(0)
    });
    let (without, with) = (without.max(without_late), with.max(with_late));
    if with > without && with * 2 > n || is_more && with >= without {
        columns[absent].role = Role::DaysUnexcused;
        columns[absent].why = "Excused absences stand beside these".into();
    }
}

/// Days late are days attended; some systems leave them out of the days present. They do where days enrolled
/// are reached only with them, or where only with them most students have the same number of days.
fn late(columns: &mut [Column], rows: &[Vec<String>]) {
    let Some(at) = late_column(columns).filter(|_| has(columns, &Role::DaysPresent)) else { return };
    let enrolled = columns.iter().position(|c| c.role == Role::DaysEnrolled);
    let (mut without, mut with) = (Vec::new(), Vec::new());
    for row in rows {
        let absent = sum(columns, row, absences(columns));
        let (Some(present), Some(absent)) = (sum(columns, row, &[Role::DaysPresent]), absent) else { continue };
        let late = number(row, at).unwrap_or_default();
        match enrolled.map(|at| number(row, at)) {
            // What is left of the days enrolled; a row without a day late tells nothing.
            Some(Some(days)) if late > Days::ZERO => {
                without.push(days - present - absent);
                with.push(days - present - absent - late);
            }
            Some(_) => {}
            None => {
                without.push(present + absent);
                with.push(present + absent + late);
            }
        }
    }
    let n = with.len();
    if with == without {
        if let Some(enrolled) = enrolled.filter(|_| !columns.iter().any(|c| ABSENCES.contains(&c.role))) {
            late_without_absences(columns, rows, at, enrolled);
        }
        return;
    }
    let most = |sums: &mut Vec<Days>| {
        if enrolled.is_some() {
            return sums.iter().filter(|left| **left == Days::ZERO).count();
        }
        order::sort(sums);
        sums.chunk_by(|a, b| a == b).map(<[Days]>::len).max().unwrap_or(0)
    };
    let (without, with) = (most(&mut without), most(&mut with));
    columns[at].why = match (with > without && with * 2 > n, without > with && without * 2 > n) {
        (true, _) => "The days add up only with these".into(),
        (_, true) => return,
        _ if enrolled.is_some() => return,
        _ => UNSURE.into(),
    };
    columns[at].role = Role::DaysLate;
}

/// Where no column tells the absences, days late are among the days present if with them anyone has more days than
/// those enrolled; if nobody has, it is asked.
fn late_without_absences(columns: &mut [Column], rows: &[Vec<String>], at: usize, enrolled: usize) {
    let left = |row: &Vec<String>| {
        let late = number(row, at).filter(|late| *late > Days::ZERO)?;
        Some(number(row, enrolled)? - sum(columns, row, &[Role::DaysPresent])? - late)
    };
    let left: Vec<Days> = rows.iter().filter_map(left).collect();
    if left.len() > 2 && left.iter().all(|days| *days >= Days::ZERO) {
        columns[at].why = UNSURE.into();
        columns[at].role = Role::DaysLate;
    }
}

/// Half days are outside of the days absent where those are whole days by name, or less than the half days.
fn half_days(columns: &mut [Column], rows: &[Vec<String>]) {
    let of = |columns: &[Column], whole: bool| {
        let is = |c: &Column| c.role == Role::NotUsed && header_words::are_whole_days(&c.header) == Some(whole);
        columns.iter().position(is)
    };
    let named = named(columns, "halfdays").filter(|&at| columns[at].role == Role::NotUsed);
    let Some(at) = named.or_else(|| of(columns, false)) else { return };
    if !columns.iter().any(|c| ABSENCES.contains(&c.role))
        && let Some(whole) = of(columns, true).filter(|&whole| rows.iter().any(|row| number(row, whole).is_some()))
    {
        columns[whole].role = Role::DaysAbsent;
    }
    let Some(absent) = columns.iter().position(|c| c.role == Role::DaysAbsent) else { return };
    let is_outside =
        |row: &Vec<String>| number(row, at).zip(number(row, absent)).is_some_and(|(half, days)| half > days + days);
    let whole = ["full", "whole"].iter().any(|word| roles::normalise(&columns[absent].header).contains(word));
    if whole || rows.iter().any(is_outside) {
        columns[at].role = Role::HalfDaysAbsent;
    }
}

/// Whether a header is the reason for absences alone, as one of several kinds.
fn is_reason(header: &str) -> bool {
    let names = "unverified verified unlawful truant truancy medical illness sick unknown other family religious";
    names.split(' ').any(|name| name == roles::normalise(header))
}

/// Whether a column without a role holds numbers of days absent by its header, and nothing of another time.
pub(super) fn is_of_absences(column: &Column) -> bool {
    let name = roles::normalise(&column.header);
    let has = |parts: &str| parts.split(' ').any(|part| name.contains(part));
    let is_short = || column.header.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case("abs"));
    column.role == Role::NotUsed
        && column.why.is_empty()
        && (has("absent absence missed") || is_short())
        && !has("% pct percent rate chronic consecutive last prior prev term semester quarter month week")
        && column.samples.iter().any(|cell| Days::parse(cell).is_some_and(|days| days > Days::ZERO))
}

/// Further kinds of absence beside the excused and unexcused ones, where no total tells whether they are among them.
fn other_kinds(columns: &mut [Column]) {
    let total = has(columns, &Role::DaysAbsent) || has(columns, &Role::DaysPresent);
    if total || !has(columns, &Role::DaysExcused) || !has(columns, &Role::DaysUnexcused) {
        return;
    }
    let is_kind = |c: &Column| {
        let is_number = |v: &String| v.is_empty() || Days::parse(v).is_some();
        c.role == Role::NotUsed && is_reason(&c.header) && c.samples.iter().all(is_number) && c.samples.len() > 1
    };
    for column in columns.iter_mut().filter(|c| is_of_absences(c) || is_kind(c)) {
        column.role = Role::DaysOther;
    }
}

/// Numbers that are the very periods or hours in another column are no days.
fn of_periods(columns: &mut [Column], rows: &[Vec<String>]) {
    let is_part = |c: &Column| {
        let name = roles::normalise(&c.header);
        let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
        c.role == Role::NotUsed && has(&["period", "hour", "minute"]) && has(&["abs", "miss"])
    };
    let Some(at) = columns.iter().position(is_part) else { return };
    let (mut same, mut compared) = (0, 0);
    for row in rows {
        let days = sum(columns, row, absences(columns));
        if let (Some(part), Some(days)) = (number(row, at).filter(|n| *n > Days::ZERO), days) {
            compared += 1;
            same += usize::from(part == days);
        }
    }
    if same * 2 > compared {
        let why = format!("It holds the same as “{}”", columns[at].header);
        for column in columns.iter_mut().filter(|c| ABSENCES.contains(&c.role)) {
            column.role = Role::NotUsed;
            column.why = why.clone();
        }
    }
}

/// “Attendance days” are those attended, or those on which there was attendance to take: these are the same for
/// most students, however much they missed.
fn attendance_days(columns: &mut [Column], rows: &[Vec<String>]) {
    let at = |role: Role| columns.iter().position(|c| c.role == role);
    let (Some(present), Some(absent), None) = (at(Role::DaysPresent), at(Role::DaysAbsent), at(Role::DaysEnrolled))
    else {
        return;
    };
    let mut days: Vec<(Days, Days)> =
        rows.iter().filter_map(|row| number(row, present).zip(number(row, absent))).collect();
    order::sort(&mut days);
    let most = days.chunk_by(|a, b| a.0 == b.0).max_by_key(|same| same.len()).unwrap_or_default();
    let differ = most.first().map(|day| day.1) != most.last().map(|day| day.1);
    if roles::normalise(&columns[present].header).contains("attendance") && differ && most.len() * 2 > days.len() {
        columns[present].role = Role::DaysEnrolled;
    }
}

/// Where no column tells days or a percent, half days or hours and minutes do.
fn other_units(columns: &mut [Column], rows: &[Vec<String>]) {
    let counts = |columns: &[Column]| columns.iter().any(|c| is_measure(&c.role) && !is_percent(&c.role));
    if counts(columns) || has(columns, &Role::Date) {
        return;
    }
    for unit in [Unit::HalfDays, Unit::Time] {
        if unit == Unit::Time && columns.iter().any(|c| is_percent(&c.role)) {
            return;
        }
        for at in 0..columns.len() {
            let found = header_words::measure(&columns[at].header).filter(|(_, of)| *of == unit);
            let fits = |role: &Role| !has(columns, role) && rows.iter().any(|row| number(row, at).is_some());
            if let Some((role, _)) = found.filter(|(role, _)| columns[at].role == Role::NotUsed && fits(role)) {
                columns[at].role = role;
            }
        }
        if counts(columns) {
            return;
        }
    }
}

/// What the columns of days count. Where absences are authorised or not, as in England, a school day has two
/// sessions, and a report that does not name days counts these.
pub(super) fn unit(columns: &[Column]) -> Unit {
    let counted = || columns.iter().filter(|c| is_measure(&c.role) && !is_percent(&c.role));
    let of = |c: &Column| header_words::measure(&c.header).map_or(Unit::Days, |(_, unit)| unit);
    let least = counted().map(of).min().unwrap_or(Unit::Days);
    let says = |word: &str| counted().any(|c| roles::normalise(&c.header).contains(word));
    match least {
        Unit::Days | Unit::Sessions if says("auth") && !says("authoriz") && !says("day") => Unit::HalfDays,
        Unit::Sessions => Unit::Days,
        least => least,
    }
}

fn is_percent(role: &Role) -> bool {
    matches!(role, Role::PercentAbsent | Role::PercentPresent)
}

fn has(columns: &[Column], role: &Role) -> bool {
    columns.iter().any(|c| c.role == *role)
}

fn named(columns: &[Column], name: &str) -> Option<usize> {
    columns.iter().position(|c| roles::normalise(&c.header) == name)
}

fn number(row: &[String], at: usize) -> Option<Days> {
    cell_words::days(row.get(at)?).map(|(days, _)| days)
}

/// The rows' sums over the columns with one of these roles; none where no such column has a number.
fn sum(columns: &[Column], row: &[String], of: &[Role]) -> Option<Days> {
    let mine = (0..columns.len()).filter(|&at| of.contains(&columns[at].role)).filter_map(|at| number(row, at));
    mine.fold(None, |sum: Option<Days>, n| Some(sum.unwrap_or_default() + n))
}

/// Sums beside the date of the export, and no attendance of one day: nobody is enrolled for many days,
/// or absent for several, on a date.
fn is_totals_of_a_date(columns: &[Column], rows: &[Vec<String>]) -> bool {
    let at = |role: &Role| columns.iter().position(|c| c.role == *role);
    let (Some(enrolled), Some(student)) = (at(&Role::DaysEnrolled), at(&Role::Student)) else { return false };
    let Some(days) = at(&Role::DaysAbsent).or_else(|| at(&Role::DaysPresent)) else { return false };
    // A status of enrolment says nothing of a day.
    let is_enrolment = |text: &String| {
        matches!(
            roles::normalise(text).as_str(),
            "" | "active" | "inactive" | "enrolled" | "withdrawn" | "transferred" | "graduated" | "exited" | "noshow"
        )
    };
    let of_days = |c: &Column| c.role == Role::Status && !c.samples.iter().all(is_enrolment);
    if columns.iter().any(|c| of_days(c) || matches!(c.role, Role::PartAbsent | Role::PartPresent)) {
        return false;
    }
    let above_one = |at: usize| rows.iter().filter(|row| number(row, at).is_some_and(|n| n > Days::whole(1))).count();
    let mut students: Vec<&str> = rows.iter().filter_map(|row| row.get(student)).map(String::as_str).collect();
    order::sort(&mut students);
    students.dedup();
    above_one(enrolled) * 2 > rows.len() && (above_one(days) > 0 || students.len() == rows.len())
}

/// ADA beside ADM is the days attended of those enrolled, and no percent.
fn average_daily(columns: &mut [Column], rows: &[Vec<String>]) {
    let (Some(ada), Some(adm)) = (named(columns, "ada"), named(columns, "adm")) else { return };
    let is_days = |row: &Vec<String>| {
        row.get(ada).is_none_or(|cell| !cell.ends_with('%'))
            && number(row, ada).zip(number(row, adm)).is_none_or(|(ada, adm)| ada <= adm)
    };
    if columns[ada].role != Role::PercentPresent || has(columns, &Role::DaysPresent) || !rows.iter().all(is_days) {
        return;
    }
    columns[ada].role = Role::DaysPresent;
    columns[ada].why = "It stands beside ADM, the days enrolled".into();
    let of_percent =
        |c: &&mut Column| c.role == Role::NotUsed && roles::of_header(&c.header) == Some(Role::PercentPresent);
    if let Some(percent) = columns.iter_mut().find(of_percent) {
        percent.role = Role::PercentPresent;
        percent.why = String::new();
    }
}

/// “Total” alone can be a total of absences. It is days enrolled where it always leaves room for the days
/// beside it: for days present with absent, or for far more than the days absent.
fn total(columns: &mut [Column], rows: &[Vec<String>]) {
    let Some(at) = named(columns, "total") else { return };
    if has(columns, &Role::DaysEnrolled) || columns[at].role != Role::NotUsed {
        return;
    }
    let present = has(columns, &Role::DaysPresent);
    let absences = match has(columns, &Role::DaysAbsent) {
        true => vec![Role::DaysAbsent, Role::DaysPresent],
        false => vec![Role::DaysExcused, Role::DaysUnexcused, Role::DaysSuspended, Role::DaysPresent],
    };
    let (mut compared, mut far_more, mut less) = (0usize, 0usize, 0usize);
    for row in rows {
        if let (Some(total), Some(days)) = (number(row, at), sum(columns, row, &absences)) {
            compared += 1;
            far_more += usize::from(total > days + days);
            less += usize::from(total < days);
        }
    }
    if compared > 0 && less == 0 && (present || far_more * 2 > compared) {
        columns[at].role = Role::DaysEnrolled;
    } else {
        columns[at].why = "It may be a total of absences".into();
    }
}

/// Columns that differ only in a small number behind their name: which one is meant is asked.
fn numbered(columns: &mut [Column]) {
    let role = |c: &Column| {
        let counts = !digits_behind(&c.header).is_empty() && year(&c.header).is_none();
        roles::of_header(&c.header).filter(|role| counts && is_measure(role))
    };
    let all: Vec<Option<Role>> = columns.iter().map(role).collect();
    for (at, role) in all.iter().enumerate().filter(|(_, role)| role.is_some()) {
        columns[at].twin = all.iter().filter(|other| *other == role).count() > 1;
    }
}
