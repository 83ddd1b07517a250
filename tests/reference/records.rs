//! Invented students and schools for the tests of the adapter.
#![allow(dead_code, reason = "each test file uses a part")]

use bright_spots::attendance::{
    Attribute, Dataset, Day, DayBits, Days, Grade, GradeBand, Kind, Mark, NotTaken, School, Stay, Student, attribute,
};
use bright_spots::compare::strata::StrataTable;
use std::ops::Range;

/// A stay known by its totals alone.
pub fn stay(student: u32, school: u16, grade: Grade, enrolled: Days, absent: Days) -> Stay {
    let mut by_kind = [Days::ZERO; Kind::COUNT];
    by_kind[Kind::Unknown as usize] = absent;
    Stay {
        student,
        school,
        grade,
        homeroom: None,
        enrolled,
        absent: by_kind,
        marks: 0..0,
        on_roll: DayBits::default(),
        percent_absent: None,
    }
}

/// Students that count up to the table: chronically absent ones miss 20 to 29 of 180 days, others
/// 1 to 14, so that nothing heaps at the threshold.
pub fn dataset(table: &StrataTable) -> Dataset {
    let mut dataset = Dataset {
        schools: table.units.iter().map(|name| School { name: name.clone(), district: String::new() }).collect(),
        attributes: table
            .conditions
            .iter()
            .map(|c| Attribute {
                key: c.key.clone(),
                label: c.label.clone(),
                values: c.values.clone(),
                codes: Vec::new(),
            })
            .collect(),
        ..Dataset::default()
    };
    for (school, cells) in table.cells.iter().enumerate() {
        for cell in cells {
            let stratum = &table.strata[cell.stratum as usize];
            for i in 0..cell.counted {
                let student = dataset.students.len() as u32;
                let years: Vec<Grade> = match stratum.band {
                    GradeBand::PreK => vec![Grade::PreK],
                    GradeBand::K => vec![Grade::K],
                    GradeBand::Grades1To5 => (1..=5).map(Grade::Year).collect(),
                    GradeBand::Grades6To8 => (6..=8).map(Grade::Year).collect(),
                    GradeBand::Grades9To12 => (9..=12).map(Grade::Year).collect(),
                    GradeBand::Ungraded => vec![Grade::Ungraded],
                };
                let grade = years[i as usize % years.len()];
                let absent = if i < cell.chronic { 20 + i % 10 } else { 1 + i % 14 };
                dataset.students.push(Student { id: &format!("{student:07}"), name: "" });
                dataset.stays.push(stay(student, school as u16, grade, Days::whole(180), Days::whole(absent as i64)));
                for (attribute, code) in dataset.attributes.iter_mut().zip(&stratum.codes) {
                    attribute.codes.push(*code);
                }
            }
        }
    }
    dataset
}

/// What is wrong with one school's records (its position first).
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub no_absence_in_grade: Option<(u16, Grade)>,
    pub no_absence_on_weekday: Option<(u16, u8)>,
    pub no_absence_on_days: Option<(u16, Range<usize>)>,
    pub no_records_on_days: Option<(u16, Range<usize>)>,
    /// From this grade up only every fifth absence is recorded.
    pub half_absence_in_grades: Option<(u16, Grade)>,
}

/// A small mixer, so that the invented days are the same everywhere.
pub fn mix(x: u64) -> u64 {
    let mut z = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Twelve schools of 480 students in K to 3, three homerooms a grade, 120 school days.
pub fn invented(plan: &Plan) -> Dataset {
    let start = Day::from_ymd(2025, 9, 1).expect("a day");
    let calendar: Vec<Day> = (0..).map(|i| start.plus(i)).filter(|day| day.weekday() < 5).take(120).collect();
    let mut session = DayBits::default();
    (0..120).for_each(|at| assert!(session.insert(at)));
    let yes_no = |key: &str| Attribute {
        key: key.to_owned(),
        label: attribute::label(key).unwrap_or(key).to_owned(),
        values: vec!["No".to_owned(), "Yes".to_owned()],
        codes: Vec::new(),
    };
    let mut dataset = Dataset {
        schools: (0..12u8)
            .map(|i| School { name: format!("School {}", (b'A' + i) as char), district: String::new() })
            .collect(),
        homerooms: ["Room A", "Room B", "Room C"].map(str::to_owned).to_vec(),
        sessions: vec![session; 12],
        attributes: vec![yes_no(attribute::ECONOMICALLY_DISADVANTAGED), yes_no(attribute::SUSPENSION)],
        dates: Some((calendar[0], calendar[119])),
        calendar,
        ..Dataset::default()
    };
    for school in 0..12u16 {
        for i in 0..480u32 {
            add_student(&mut dataset, plan, school, i);
        }
    }
    dataset.not_taken = (0..12).map(|school| not_taken(&dataset, school)).collect();
    dataset
}

/// As the import counts it: days in session between a student's first and last day without a row.
fn not_taken(dataset: &Dataset, school: u16) -> NotTaken {
    let mut found = NotTaken::default();
    let sessions = &dataset.sessions[usize::from(school)];
    for stay in dataset.stays.iter().filter(|stay| stay.school == school) {
        let on_roll: Vec<usize> = stay.on_roll.iter().collect();
        let (Some(first), Some(last)) = (on_roll.first(), on_roll.last()) else { continue };
        let expected = (*first..=*last).filter(|day| sessions.contains(*day)).count();
        found.expected += expected as u64;
        found.student_days += (expected - on_roll.len()) as u64;
    }
    found
}

fn add_student(dataset: &mut Dataset, plan: &Plan, school: u16, i: u32) {
    let student = dataset.students.len() as u32;
    let grade = [Grade::K, Grade::Year(1), Grade::Year(2), Grade::Year(3)][i as usize % 4];
    let seed = mix(u64::from(student));
    let poor = seed % 10 < 4;
    // Parts in a thousand of days missed: most students few, some many.
    let tendency = 20 + (mix(seed) % 100) * (mix(seed ^ 1) % 100) / 50 + if poor { 30 } else { 0 };
    let about = |plan: &Option<(u16, Grade)>| plan.as_ref().filter(|(at, _)| *at == school).map(|(_, grade)| *grade);
    let days_of = |plan: &Option<(u16, Range<usize>)>, at: usize| {
        plan.as_ref().is_some_and(|(s, days)| *s == school && days.contains(&at))
    };
    let mut on_roll = DayBits::default();
    let first_mark = dataset.marks.len() as u32;
    for at in 0..dataset.calendar.len() {
        if days_of(&plan.no_records_on_days, at) {
            continue;
        }
        assert!(on_roll.insert(at));
        let roll = mix(seed ^ (at as u64 + 7) << 20);
        let spared = about(&plan.no_absence_in_grade) == Some(grade)
            || plan.no_absence_on_weekday.is_some_and(|(s, day)| s == school && dataset.calendar[at].weekday() == day)
            || days_of(&plan.no_absence_on_days, at)
            || (about(&plan.half_absence_in_grades).is_some_and(|from| grade >= from) && roll >> 40 & 15 > 2);
        if roll % 1000 < tendency && !spared {
            dataset.marks.push(Mark { day: at as u16, kind: Kind::Unexcused, missed: 1000 });
        }
    }
    let mut absent = [Days::ZERO; Kind::COUNT];
    let end = dataset.marks.len() as u32;
    absent[Kind::Unexcused as usize] = Days::whole(i64::from(end - first_mark));
    dataset.stays.push(Stay {
        student,
        school,
        grade,
        homeroom: Some((i / 4 % 3) as u16),
        enrolled: Days::whole(on_roll.count() as i64),
        absent,
        marks: first_mark..end,
        on_roll,
        percent_absent: None,
    });
    dataset.students.push(Student { id: &format!("{student:06}"), name: "" });
    let unknown = seed.is_multiple_of(31);
    let code = |yes: bool| if unknown { 0 } else { 1 + u8::from(yes) };
    dataset.attributes[0].codes.push(code(poor));
    dataset.attributes[1].codes.push(code(seed.is_multiple_of(17)));
}
