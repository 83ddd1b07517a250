//! Invented files and how they are read: a district of three schools, drawn with a plain generator.

use bright_spots::attendance::Day;
use bright_spots::ingest::import::{Head, propose};
use bright_spots::ingest::tally::{Outcome, whole};

/// Reads files all the way; none of them may leave a question open.
pub fn read(files: &[&str]) -> Outcome {
    let today = Day::parse_iso("2026-11-21").unwrap();
    let readings: Vec<_> = files
        .iter()
        .enumerate()
        .map(|(at, text)| propose(&Head { name: &format!("file {at}"), bytes: text.as_bytes(), whole: true }).unwrap())
        .collect();
    let texts: Vec<&[u8]> = files.iter().map(|text| text.as_bytes()).collect();
    let outcome = whole::count(readings, &texts, usize::MAX, today);
    assert_eq!(outcome.questions, [], "nothing is asked");
    outcome
}

/// Numbers from 0 to 999, always the same ones.
pub struct Draw(u64);

impl Draw {
    pub fn new(seed: u64) -> Draw {
        Draw(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn thousandth(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % 1000
    }
}

/// School days from 1 September 2025 on, without weekends.
pub fn school_days(n: usize) -> Vec<Day> {
    let first = Day::parse_iso("2025-09-01").unwrap();
    (0..).map(|at| first.plus(at)).filter(|day| day.weekday() < 5).take(n).collect()
}

/// What a student's day is, by student, school and position of the day; `None` for no row.
pub type Status<'a> = &'a dyn Fn(usize, usize, usize, &mut Draw) -> Option<&'static str>;

/// An ordinary status: absent with a chance of its own for every student.
pub fn ordinary(student: usize, draw: &mut Draw) -> &'static str {
    let chance = 20 + (student as u64 * 37 % 11) * 22;
    match draw.thousandth() {
        x if x < chance / 2 => "Excused",
        x if x < chance => "Unexcused",
        _ => "Present",
    }
}

pub const SCHOOLS: [&str; 3] = ["Alder", "Birch", "Cedar"];

/// One row per student and day, `students` in each of three schools.
pub fn daily(students: usize, days: usize, status: Status<'_>) -> String {
    let mut text = String::from("Student ID,School,Grade,Date,Status\n");
    let mut draw = Draw::new(11);
    for (school, name) in SCHOOLS.iter().enumerate() {
        for student in 0..students {
            let id = school * 1000 + student;
            for (at, day) in school_days(days).into_iter().enumerate() {
                if let Some(status) = status(id, school, at, &mut draw) {
                    text.push_str(&format!("S{id},{name},{},{},{status}\n", 3 + id % 3, day.iso()));
                }
            }
        }
    }
    text
}

/// A file in which nothing is odd.
pub fn plain_daily() -> String {
    daily(40, 60, &|student, _, _, draw| Some(ordinary(student, draw)))
}

/// One row per student: (id, school, enrolled, absent).
pub fn totals(rows: &[(String, &str, u32, f64)]) -> String {
    let mut text = String::from("Student ID,School,Days Enrolled,Days Absent\n");
    for (id, school, enrolled, absent) in rows {
        text.push_str(&format!("{id},{school},{enrolled},{absent}\n"));
    }
    text
}

/// Totals in which nothing is odd.
pub fn plain_totals(students: usize) -> Vec<(String, &'static str, u32, f64)> {
    let mut draw = Draw::new(5);
    (0..students)
        .map(|at| (format!("T{at}"), SCHOOLS[at % 3], 100, (draw.thousandth() % 24) as f64 + 0.5 * (at % 2) as f64))
        .collect()
}
