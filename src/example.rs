//! The built-in example: an invented district of six schools with daily records, made from a
//! fixed seed. Nobody in it exists.
//!
//! It goes through the same reading as any file. Birch Elementary does better than its students
//! would lead one to expect; grade 3 of Cedar Elementary stopped recording absences in January;
//! Fern Charter is too small to tell.

use crate::attendance::Day;
use std::fmt::Write;

pub const FILE_NAME: &str = "example-district.csv";

/// How far into the year the example goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Through {
    /// 98 school days, to the middle of February.
    February,
    /// A month later, to show who moved.
    March,
}

struct SchoolPlan {
    name: &'static str,
    first: i8,
    last: i8,
    students: u32,
    /// How its absences compare with those of similar students, in percent.
    factor: u32,
    /// Shares in percent.
    disadvantaged: u32,
    learners: u32,
}

const SCHOOLS: [SchoolPlan; 6] = [
    SchoolPlan {
        name: "Alder Elementary",
        first: 0,
        last: 5,
        students: 412,
        factor: 78,
        disadvantaged: 52,
        learners: 21,
    },
    SchoolPlan {
        name: "Birch Elementary",
        first: 0,
        last: 5,
        students: 388,
        factor: 45,
        disadvantaged: 59,
        learners: 20,
    },
    SchoolPlan {
        name: "Cedar Elementary",
        first: 0,
        last: 5,
        students: 296,
        factor: 112,
        disadvantaged: 57,
        learners: 15,
    },
    SchoolPlan {
        name: "Dogwood Middle",
        first: 6,
        last: 8,
        students: 611,
        factor: 95,
        disadvantaged: 50,
        learners: 14,
    },
    SchoolPlan { name: "Elm High", first: 9, last: 12, students: 934, factor: 108, disadvantaged: 46, learners: 11 },
    SchoolPlan { name: "Fern Charter", first: 0, last: 8, students: 41, factor: 70, disadvantaged: 44, learners: 10 },
];

const FIRST: [&str; 40] = [
    "Ada", "Ben", "Cleo", "Dario", "Esme", "Finn", "Greta", "Hugo", "Ines", "Jonah", "Kira", "Leo", "Mira", "Nico",
    "Oona", "Pavel", "Quincy", "Rosa", "Silas", "Thea", "Uri", "Vera", "Wes", "Ximena", "Yara", "Zane", "Amal", "Bea",
    "Cyrus", "Dara", "Emil", "Farah", "Gideon", "Hana", "Ivo", "Juno", "Kofi", "Lina", "Marek", "Noor",
];
const LAST: [&str; 40] = [
    "Abara",
    "Bellweather",
    "Castellan",
    "Dovetail",
    "Everhart",
    "Fairlie",
    "Goldcrest",
    "Hollis",
    "Imanov",
    "Jarrow",
    "Kestrel",
    "Larkin",
    "Marlowe",
    "Nightingale",
    "Okonjo",
    "Petrov",
    "Quill",
    "Rivera",
    "Sandoval",
    "Thackeray",
    "Underhill",
    "Vantongeren",
    "Whitlock",
    "Xu",
    "Yarrow",
    "Zielinski",
    "Ashdown",
    "Briarwood",
    "Calloway",
    "Delacroix",
    "Eastman",
    "Fontaine",
    "Garrick",
    "Haverford",
    "Ingleby",
    "Juarez",
    "Kirkwood",
    "Lindqvist",
    "Montrose",
    "Nakamura",
];
const RACES: [(&str, u32); 6] = [
    ("White", 44),
    ("Hispanic or Latino", 28),
    ("Black or African American", 13),
    ("Asian", 7),
    ("Two or more races", 6),
    ("American Indian or Alaska Native", 2),
];

/// Brings the chance of an absence to ten-thousandths; found by trying, so that about one student
/// in four is chronically absent.
const DIVISOR: u64 = 48_000;

/// A number from 0 to 2^64 - 1 that depends on its three arguments only.
fn dice(a: u64, b: u64, c: u64) -> u64 {
    let mut x = a.wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ^ b.wrapping_mul(0xbf58_476d_1ce4_e5b9)
        ^ c.wrapping_mul(0x94d0_49bb_1331_11eb);
    for _ in 0..2 {
        x ^= x >> 30;
        x = x.wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x ^= x >> 27;
        x = x.wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^= x >> 31;
    }
    x
}

/// 0 to 99.
fn percent(a: u64, b: u64, c: u64) -> u32 {
    (dice(a, b, c) % 100) as u32
}

struct Pupil {
    before: String,
    after: String,
    school: usize,
    grade: i8,
    /// Chance of being absent on an ordinary day, in ten-thousandths.
    chance: u64,
    excused: u32,
    /// First and last school day here.
    days: std::ops::Range<usize>,
    suspended_on: Option<usize>,
}

/// The school days up to the given point.
#[must_use]
pub fn school_days(through: Through) -> Vec<Day> {
    let breaks = [
        ("2025-10-10", "2025-10-13"),
        ("2025-11-11", "2025-11-11"),
        ("2025-11-26", "2025-11-28"),
        ("2025-12-22", "2026-01-02"),
        ("2026-01-19", "2026-01-19"),
        ("2026-02-16", "2026-02-16"),
    ];
    let off = |day: Day| {
        breaks.iter().any(|(from, to)| {
            Day::parse_iso(from).is_some_and(|f| f <= day) && Day::parse_iso(to).is_some_and(|t| day <= t)
        })
    };
    let (n, mut day) = match through {
        Through::February => (103, Day(20_333)),
        Through::March => (123, Day(20_333)),
    };
    let mut days = Vec::new();
    while days.len() < n {
        if day.weekday() < 5 && !off(day) {
            days.push(day);
        }
        day = day.plus(1);
    }
    days
}

/// The file in chunks of text, one for each school day.
#[must_use]
pub fn chunks(through: Through) -> Vec<String> {
    let days = school_days(through);
    let pupils = pupils(days.len());
    let quiet = Day::parse_iso("2026-01-08").unwrap_or(Day(0));
    let mut chunks = vec![String::from(
        "Student ID,Student Name,School,Grade,Homeroom,Date,Status,Economically Disadvantaged,Special Education,English Learner,Homeless,\
         Moved,Suspended,Gender,Race/Ethnicity\n",
    )];
    for (at, day) in days.iter().enumerate() {
        let mut text = String::with_capacity(pupils.len() * 110);
        let iso = day.iso();
        for (id, pupil) in pupils.iter().enumerate() {
            if !pupil.days.contains(&at) {
                continue;
            }
            let silent = pupil.school == 2 && pupil.grade == 3 && *day >= quiet;
            let status = if silent { "Present" } else { status(pupil, id as u64, at, *day) };
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{}{iso},{status}{}", pupil.before, pupil.after);
        }
        chunks.push(text);
    }
    chunks
}

fn status(pupil: &Pupil, id: u64, at: usize, day: Day) -> &'static str {
    if pupil.suspended_on.is_some_and(|on| (on..on + 3).contains(&at)) {
        return "Out-of-school suspension";
    }
    // An illness lasts a few days: a share of absences follow one from the day before.
    let spell = (0..3).any(|back| at >= back && dice(id, (at - back) as u64, 7) % 10_000 < pupil.chance / 8);
    let friday = if day.weekday() == 4 { 14 } else { 9 };
    let roll = dice(id, at as u64, 1) % 10_000;
    if spell || roll < pupil.chance * friday / 16 {
        if percent(id, at as u64, 2) < pupil.excused { "Excused" } else { "Unexcused" }
    } else if roll > 9_700 {
        "Tardy"
    } else {
        "Present"
    }
}

fn pupils(n_days: usize) -> Vec<Pupil> {
    let mut pupils = Vec::new();
    let mut id = 0u64;
    for (at, plan) in SCHOOLS.iter().enumerate() {
        for n in 0..plan.students {
            id += 1;
            let span = u32::try_from(plan.last - plan.first + 1).unwrap_or(1);
            let grade = plan.first + (n % span) as i8;
            let has = |what: u64, share: u32| percent(id, 1_000 + what, 3) < share;
            let disadvantaged = has(1, plan.disadvantaged);
            let special = has(2, 16);
            let learner = has(3, plan.learners);
            let homeless = has(4, if disadvantaged { 6 } else { 1 });
            let moved = has(5, if disadvantaged { 12 } else { 6 });
            let suspended = has(6, if grade >= 6 { 6 } else { 2 });
            let base: u64 = match grade {
                0 => 95,
                1..=5 => 66,
                6..=8 => 84,
                _ => 118,
            };
            let mut weight = 100u64;
            for (yes, more) in
                [(disadvantaged, 62), (special, 34), (learner, 8), (homeless, 90), (moved, 55), (suspended, 60)]
            {
                if yes {
                    weight += more;
                }
            }
            // Most students miss little and a few miss a lot.
            let spread = 10_000 / (dice(id, 5, 9) % 900 + 60);
            let chance = (base * weight * spread * u64::from(plan.factor) / DIVISOR).min(6_500);
            let race = {
                let roll = percent(id, 11, 4);
                let mut sum = 0;
                RACES
                    .iter()
                    .find(|(_, share)| {
                        sum += share;
                        roll < sum
                    })
                    .map_or("White", |r| r.0)
            };
            let gender = match percent(id, 12, 4) {
                0..=48 => "F",
                49..=98 => "M",
                _ => "X",
            };
            let yes = |b: bool| if b { "Y" } else { "N" };
            let name = (LAST[(dice(id, 13, 4) % 40) as usize], FIRST[(dice(id, 14, 4) % 40) as usize]);
            let grade_text = if grade == 0 { "K".to_string() } else { format!("{grade:02}") };
            let after = format!(
                ",{},{},{},{},{},{},{gender},{race}",
                yes(disadvantaged),
                yes(special),
                yes(learner),
                yes(homeless),
                yes(moved),
                yes(suspended)
            );
            let before = |school: usize| {
                let letter = char::from(b'A' + (n / span % 4) as u8);
                let room = format!("{}{letter}", grade_text.trim_start_matches('0'));
                format!("{},\"{}, {}\",{},{grade_text},{room},", 300_000 + id * 7, name.0, name.1, SCHOOLS[school].name)
            };
            // Some who moved came from another school of the district in the course of the year.
            let came = moved && at < 3 && n % 3 == 0;
            let joined = 20 + (dice(id, 15, 4) % 50) as usize;
            let late = n % 90 == 7;
            let days = if came {
                joined..n_days
            } else if late {
                n_days.saturating_sub(6)..n_days
            } else {
                0..n_days
            };
            let suspended_on = suspended.then(|| 12 + (dice(id, 16, 4) % 80) as usize);
            let pupil = |school: usize, days: std::ops::Range<usize>| Pupil {
                before: before(school),
                after: after.clone(),
                school,
                grade,
                chance: chance.max(20),
                excused: 62 - plan.factor / 8,
                days,
                suspended_on,
            };
            if came {
                pupils.push(pupil((at + 1) % 3, 0..joined));
            }
            pupils.push(pupil(at, days));
        }
    }
    pupils
}
