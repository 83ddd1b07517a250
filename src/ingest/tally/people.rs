//! Students, their stays at schools and their conditions, as rows come by in any order.

use super::super::scan::{Interner, NONE};
use crate::attendance::{DayBits, Days, Grade, Kind};
use rustc_hash::FxHashMap;

/// One student at one school, while rows still come.
pub(super) struct Stay {
    pub student: u32,
    pub school: u32,
    /// The same student's next stay, or `NONE`.
    pub next: u32,
    /// Position of the grade as written, or `NONE`.
    pub grade_raw: u32,
    pub grade: Grade,
    pub homeroom: u32,
    pub enrolled: Option<Days>,
    pub absent: [Days; Kind::COUNT],
    pub percent: Option<u32>,
    /// Positions of days with two rows that contradict each other.
    pub conflicts: DayBits,
    pub marks: Vec<RawMark>,
    /// For files with periods: the periods seen on each day, one bit each.
    pub periods: Vec<u16>,
    /// Whether a row of totals spoke of it.
    pub totals: bool,
}

/// A row that was not a plain present day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RawMark {
    pub day: u16,
    /// Position among all codes.
    pub code: u16,
    /// Thousandths of the day missed as another column gives them, or `u16::MAX`.
    pub part: u16,
}

/// The tables that all files fill together.
#[derive(Default)]
pub(super) struct People {
    pub ids: Interner,
    /// How numbers are written that one file gives with zeros before them and another without.
    pub written: FxHashMap<u32, Vec<u8>>,
    pub schools: Interner,
    pub districts: Vec<String>,
    /// Names of schools that are told apart by number; empty where the name is the key.
    pub school_names: Vec<String>,
    pub grades: Interner,
    pub grades_read: Vec<Option<Grade>>,
    pub homerooms: Interner,
    pub names: Names,
    pub first_stay: Vec<u32>,
    pub stays: Vec<Stay>,
    pub conditions: Vec<Condition>,
    /// `student * conditions.len() + condition`: position of the value, or `NONE`.
    pub values: Vec<u32>,
    pub changed: Vec<u64>,
    pub key: Vec<u8>,
}

/// Students' names as shown, by position, one behind the other in one text.
#[derive(Default)]
pub(super) struct Names(Vec<(u32, u32)>, String);

impl Names {
    /// Empty where none was given.
    pub fn of(&self, student: u32) -> &str {
        let (from, to) = self.0[student as usize];
        &self.1[from as usize..to as usize]
    }

    /// Sets the name of one who has none: both parts of it where there are two.
    pub fn set(&mut self, student: u32, parts: [&str; 2]) {
        let from = self.1.len() as u32;
        let [first, second] = parts;
        self.1.push_str(first);
        if !first.is_empty() && !second.is_empty() {
            self.1.push_str(", ");
        }
        self.1.push_str(second);
        self.0[student as usize] = (from, self.1.len() as u32);
    }
}

/// One condition column, over all files.
pub(super) struct Condition {
    pub key: String,
    pub label: String,
    pub texts: Interner,
}

impl People {
    /// The number of a student as it is shown, and what made it unique.
    pub fn id(&self, student: u32) -> &[u8] {
        self.written.get(&student).map_or_else(|| self.ids.text(student), Vec::as_slice)
    }

    /// The student with this number, made if new.
    pub fn student(&mut self, id: &[u8]) -> u32 {
        let (at, new) = self.ids.intern(id);
        if new {
            self.names.0.push((0, 0));
            self.first_stay.push(NONE);
            self.values.extend(std::iter::repeat_n(NONE, self.conditions.len()));
        }
        at
    }

    /// The stay of a student at a school, made if new.
    pub fn stay(&mut self, student: u32, school: &[u8]) -> u32 {
        let mut at = self.first_stay[student as usize];
        while at != NONE {
            let stay = &self.stays[at as usize];
            if self.schools.text(stay.school) == school {
                return at;
            }
            at = stay.next;
        }
        let (school, new) = self.schools.intern(school);
        if new {
            self.districts.push(String::new());
            self.school_names.push(String::new());
        }
        let at = self.stays.len() as u32;
        self.stays.push(Stay {
            student,
            school,
            next: self.first_stay[student as usize],
            grade_raw: NONE,
            grade: Grade::Unknown,
            homeroom: NONE,
            enrolled: None,
            absent: [Days::ZERO; Kind::COUNT],
            percent: None,
            conflicts: DayBits::default(),
            marks: Vec::new(),
            periods: Vec::new(),
            totals: false,
        });
        self.first_stay[student as usize] = at;
        at
    }

    /// Notes the grade of a stay. Of two grades the higher holds, whatever the order of rows.
    pub fn note_grade(&mut self, stay: u32, text: &[u8]) {
        let raw = self.stays[stay as usize].grade_raw;
        if raw != NONE && self.grades.text(raw) == text {
            return;
        }
        let (at, new) = self.grades.intern(text);
        if new {
            self.grades_read.push(Grade::parse(&String::from_utf8_lossy(text)));
        }
        let stay = &mut self.stays[stay as usize];
        stay.grade_raw = at;
        if let Some(grade) = self.grades_read[at as usize]
            && (stay.grade == Grade::Unknown || grade > stay.grade)
        {
            stay.grade = grade;
        }
    }

    /// Notes the homeroom. Of two the first by name holds, whatever the order of rows.
    pub fn note_homeroom(&mut self, stay: u32, text: &[u8]) {
        let now = self.stays[stay as usize].homeroom;
        if text.is_empty() || (now != NONE && self.homerooms.text(now) <= text) {
            return;
        }
        self.stays[stay as usize].homeroom = self.homerooms.intern(text).0;
    }

    /// Adds a condition that the files hold; all before the first student.
    pub fn add_condition(&mut self, key: &str, label: &str) -> usize {
        if let Some(at) = self.conditions.iter().position(|c| c.key == key) {
            return at;
        }
        self.conditions.push(Condition { key: key.into(), label: label.into(), texts: Interner::default() });
        self.changed.push(0);
        self.conditions.len() - 1
    }

    /// Whether a condition's cell says nothing beyond the value kept.
    pub fn is_kept(&self, student: u32, condition: usize, text: &[u8]) -> bool {
        let now = self.values[student as usize * self.conditions.len() + condition];
        text.is_empty() || now != NONE && self.conditions[condition].texts.text(now) == text
    }

    /// Notes a condition's value. Of two values the one that says more holds: yes over no, and
    /// otherwise the first by name, whatever the order of rows.
    pub fn note_condition(&mut self, student: u32, condition: usize, text: &[u8]) {
        if text.is_empty() {
            return;
        }
        let slot = student as usize * self.conditions.len() + condition;
        let now = self.values[slot];
        let Condition { key, texts, .. } = &mut self.conditions[condition];
        if now != NONE && texts.text(now) == text {
            return;
        }
        let (new, _) = texts.intern(text);
        if now == NONE {
            self.values[slot] = new;
            return;
        }
        self.changed[condition] += 1;
        let rank = |at: u32| {
            let text = String::from_utf8_lossy(texts.text(at)).into_owned();
            let yes = super::super::conditions::yes_no(key, &text);
            (std::cmp::Reverse(yes), text)
        };
        if rank(new) < rank(now) {
            self.values[slot] = new;
        }
    }
}
