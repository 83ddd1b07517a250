//! What is known of one file while it is read, and where its columns stand.

use super::super::cell_words;
use super::super::dates::DateOrder;
use super::super::header_words::Unit;
use super::super::measures;
use super::super::part_name;
use super::super::pick::{Answer, Topic};
use super::super::reading::Reading;
use super::super::roles::{self, Role};
use super::super::scan::Interner;
use super::ABSENT;
use super::carried::Carried;
use super::people::People;
use crate::attendance::{Days, FileAccount, attribute};
use rustc_hash::FxHashSet;

/// What is known of one file while it is read.
pub(super) struct FileState {
    pub account: FileAccount,
    pub columns: Columns,
    pub carried: Carried,
    pub codes: Interner,
    /// Position in `Tally::codes` by position in `codes`.
    pub code_of: Vec<u16>,
    /// Codes with the words beside them, and what each counts as.
    pub described: Interner,
    pub described_code: Vec<u16>,
    /// The same for codes of one letter; `u16::MAX` where none was met.
    pub code_of_letter: [u16; 256],
    /// The letter for present, once one was met, and its code.
    pub present_letter: Option<(u8, u16)>,
    pub dates: Interner,
    pub date_of: Vec<DateSlot>,
    pub periods: Interner,
    pub order: DateOrder,
    /// What the year column says, and the year of each.
    pub years: Interner,
    pub year_of: Vec<Option<u32>>,
    pub only: [u64; 2],
    /// A date as written that has only this order.
    pub only_example: [Option<String>; 2],
    pub either: u64,
    pub either_example: Option<(String, String, String)>,
    pub weekend: [u64; 2],
    pub future: [u64; 2],
    pub rows_present: u64,
    pub rows_absent: u64,
    pub rows_waiting: u64,
    /// Rows with the periods of a day of which none was missed.
    pub rows_whole: u64,
    /// Rows that tell of more than one day missed.
    pub spans: u64,
    pub repeats: u64,
    pub repeats_line: u64,
    /// Whether a repeated row gives other enrolled days than the one before it.
    pub days_differ: bool,
    /// Rows with a suspension, and those of them whose total leaves it out.
    pub suspended: u64,
    pub suspended_outside: u64,
    /// The fewest days absent of a row of totals.
    pub least_absent: Option<Days>,
    /// Rows of totals with days, and with a percent alone; those of them that miss more than half.
    pub rates: [u64; 2],
    pub mostly_absent: [u64; 2],
    /// Rows whose percent says otherwise than their days.
    pub rates_far: u64,
    /// Rows with more excused and unexcused absences than their total.
    pub kinds_above: u64,
    /// The first of two rows that contradict each other, by stay and day.
    pub firsts: FxHashSet<(u32, u16)>,
    /// Rows of periods by class: student's stay, day and position of period and class.
    pub classes: FxHashSet<(u32, u16, u32)>,
    /// Stands for the school where the file has none and is one school's own.
    pub school_of_file: Vec<u8>,
    pub records: u64,
    pub bad_utf8: u64,
    pub bad_utf8_line: u64,
}

#[derive(Clone, Copy)]
pub(super) enum DateSlot {
    Day(u16),
    Unreadable,
    Future,
    /// The person says that there was no school.
    TakenOut,
    /// Of a school year before the one that counts.
    Earlier,
}

/// Positions of the columns in use; `usize::MAX` where there is none.
pub(super) struct Columns {
    pub student: usize,
    pub first_name: usize,
    pub last_name: usize,
    pub name: usize,
    pub school: usize,
    /// The school's name, where its number tells schools apart.
    pub school_name: usize,
    pub district: usize,
    pub grade: usize,
    pub homeroom: usize,
    pub date: usize,
    pub status: usize,
    pub period: usize,
    pub part_absent: usize,
    /// The part is what the event lasted, whether it is an absence or not.
    pub part_is_of_event: bool,
    pub part_present: usize,
    pub excused: usize,
    pub enrolled: usize,
    pub absent: usize,
    pub present: usize,
    pub late: usize,
    /// Further columns of one of these three, each for another part of the year, behind the first.
    pub parts: Vec<(usize, usize)>,
    pub others: Vec<usize>,
    pub half_days: usize,
    pub by_kind: [(usize, crate::attendance::Kind); 3],
    /// Cells of days present or absent hold those enrolled as well: `81/90`.
    pub is_of_both: bool,
    /// What the numbers of days count.
    pub unit: Unit,
    pub percent_present: usize,
    pub percent_absent: usize,
    pub school_number: usize,
    pub section: usize,
    pub tardy: usize,
    pub entry: usize,
    pub exit: usize,
    pub in_session: usize,
    pub meaning: usize,
    pub year: usize,
    /// Columns that are days, with the day of each that has a date.
    pub days: Vec<(u32, u16)>,
    /// Column and position among the conditions.
    pub conditions: Vec<(usize, usize)>,
}

/// What holds for all files together.
pub(super) struct AllFiles {
    /// Every file gives numbers of schools, which then tell them apart.
    pub by_number: bool,
    /// A file without a school is a school of its own.
    pub is_school_each: bool,
}

impl AllFiles {
    pub fn of(readings: &[Reading]) -> AllFiles {
        // Names of schools repeat between districts. Where every file gives numbers, they tell schools
        // apart; otherwise files are joined by name, which is what they most often share.
        let numbered = |r: &Reading| {
            let school = r.column(&Role::School).map(|at| roles::of_header(&r.columns[at].header));
            r.has(&Role::SchoolNumber) || matches!(school, None | Some(Some(Role::SchoolNumber)))
        };
        AllFiles {
            by_number: readings.iter().all(numbered),
            is_school_each: readings.iter().find_map(|r| r.answer(Topic::FileIs)) == Some(Answer::OneSchoolEach),
        }
    }
}

impl FileState {
    pub fn new(reading: &Reading, bytes: u64, people: &mut People, all: &AllFiles) -> FileState {
        let at = |role: Role| reading.column(&role).unwrap_or(ABSENT);
        let by_number = all.by_number && reading.has(&Role::School) && reading.has(&Role::SchoolNumber);
        let conditions = reading
            .columns
            .iter()
            .enumerate()
            .filter_map(|(column, c)| match &c.role {
                Role::Condition(key) => {
                    let label = attribute::label(key).map_or_else(|| c.header.trim().to_string(), str::to_string);
                    Some((column, people.add_condition(key, &label)))
                }
                _ => None,
            })
            .collect();
        use crate::attendance::Kind as Why;
        let columns = Columns {
            student: at(Role::Student),
            first_name: at(Role::FirstName),
            last_name: at(Role::LastName),
            name: at(Role::Name),
            school: if by_number { at(Role::SchoolNumber) } else { at(Role::School) },
            school_name: if by_number { at(Role::School) } else { ABSENT },
            district: at(Role::District),
            grade: at(Role::Grade),
            homeroom: at(Role::Homeroom),
            date: at(Role::Date),
            status: at(Role::Status),
            period: at(Role::Period),
            part_absent: match reading.answer(Topic::Spans) {
                // The status alone tells that the day was missed.
                Some(Answer::SomethingElse) if reading.has(&Role::Status) => ABSENT,
                _ => at(Role::PartAbsent),
            },
            part_is_of_event: reading
                .column(&Role::PartAbsent)
                .is_some_and(|at| roles::normalise(&reading.columns[at].header) == "eventduration"),
            part_present: at(Role::PartPresent),
            excused: at(Role::Excused),
            enrolled: at(Role::DaysEnrolled),
            absent: at(Role::DaysAbsent),
            present: at(Role::DaysPresent),
            parts: parts(reading),
            others: (0..reading.columns.len()).filter(|&at| reading.columns[at].role == Role::DaysOther).collect(),
            late: at(Role::DaysLate),
            half_days: at(Role::HalfDaysAbsent),
            by_kind: [
                (at(Role::DaysExcused), Why::Excused),
                (at(Role::DaysUnexcused), Why::Unexcused),
                (at(Role::DaysSuspended), Why::Suspended),
            ],
            is_of_both: is_of_both(reading),
            unit: measures::unit(&reading.columns),
            percent_present: at(Role::PercentPresent),
            percent_absent: at(Role::PercentAbsent),
            school_number: at(Role::SchoolNumber),
            section: at(Role::Section),
            tardy: at(Role::TardyFlag),
            entry: at(Role::Entry),
            exit: match reading.answer(Topic::LastDay) {
                Some(Answer::Yes) => reading.may_be_exit().unwrap_or_else(|| at(Role::Exit)),
                _ => at(Role::Exit),
            },
            in_session: at(Role::InSession),
            meaning: at(Role::Meaning),
            year: at(Role::Year),
            days: Vec::new(),
            conditions,
        };
        FileState {
            account: FileAccount { name: reading.file.clone(), bytes, ..FileAccount::default() },
            columns,
            carried: Carried::of(reading),
            codes: Interner::default(),
            code_of: Vec::new(),
            described: Interner::default(),
            described_code: Vec::new(),
            code_of_letter: [u16::MAX; 256],
            present_letter: None,
            dates: Interner::default(),
            date_of: Vec::new(),
            periods: Interner::default(),
            order: reading.date_order.unwrap_or(DateOrder::MonthFirst),
            years: Interner::default(),
            year_of: Vec::new(),
            only: [0; 2],
            only_example: [None, None],
            either: 0,
            either_example: None,
            weekend: [0; 2],
            future: [0; 2],
            rows_present: 0,
            rows_absent: 0,
            rows_waiting: 0,
            rows_whole: 0,
            spans: 0,
            repeats: 0,
            repeats_line: 0,
            days_differ: false,
            suspended: 0,
            suspended_outside: 0,
            least_absent: None,
            rates: [0; 2],
            mostly_absent: [0; 2],
            rates_far: 0,
            kinds_above: 0,
            firsts: FxHashSet::default(),
            classes: FxHashSet::default(),
            school_of_file: match all.is_school_each {
                true => part_name::school_of(&reading.file).as_bytes().to_vec(),
                false => Vec::new(),
            },
            records: 0,
            bad_utf8: 0,
            bad_utf8_line: 0,
        }
    }
}

fn parts(reading: &Reading) -> Vec<(usize, usize)> {
    let behind = |role: Role| {
        let mut all = (0..reading.columns.len()).filter(move |&at| reading.columns[at].role == role);
        let first = all.next();
        all.filter_map(move |at| Some((first?, at)))
    };
    [Role::DaysEnrolled, Role::DaysAbsent, Role::DaysPresent].into_iter().flat_map(behind).collect()
}

fn is_of_both(reading: &Reading) -> bool {
    let column = reading.column(&Role::DaysPresent).or_else(|| reading.column(&Role::DaysAbsent));
    let both = |v: &String| cell_words::days(v).is_some_and(|(_, of)| of.is_some());
    !reading.has(&Role::DaysEnrolled) && column.is_some_and(|at| reading.columns[at].samples.iter().any(both))
}
