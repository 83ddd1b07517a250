//! How long a comparison takes for 65,000 students at 100 schools, each step by itself.
//!
//! `cargo run --release --no-default-features --example compare_speed`. A change of filter,
//! grouping or condition runs `compare` (or one of the lines below it) and nothing above it.

use bright_spots::attendance::{
    Attribute, Dataset, Day, DayBits, Days, Definition, Grade, Kind, Mark, School, Stay, Student, attribute, records,
};
use bright_spots::compare::from_dataset::{
    Choice, Filter, Units, compare, condition_gaps, default_conditions, peer_schools, recording, student_days,
};
use bright_spots::compare::patterns::{Year, patterns};
use bright_spots::compare::peers::Scale;
use bright_spots::compare::spread::funnel_limits;
use std::hint::black_box;
use std::time::Instant;

const N_STUDENTS: u32 = 65_000;
const N_SCHOOLS: u16 = 100;

fn main() {
    let dataset = district();
    let definition = Definition::default();
    println!("{N_STUDENTS} students, {N_SCHOOLS} schools, {} marks", dataset.marks.len());
    let records = time("records (on a new definition)", || records::at_schools(&dataset, &definition));
    let recording = time("recording (on a new definition)", || recording(&dataset, &definition, &records));
    let three = Choice { conditions: default_conditions(&dataset), ..Choice::default() };
    let compared = time("compare: schools, three conditions", || compare(&dataset, &records, &recording, &three));
    let all: Vec<usize> = (0..dataset.attributes.len()).collect();
    let many = Choice { conditions: all, ..Choice::default() };
    let _ = time("compare: schools, all nine conditions", || compare(&dataset, &records, &recording, &many));
    let filter = Filter { grades: vec![Grade::Year(6), Grade::Year(7)], having: vec![(0, 2)], ..Filter::default() };
    let narrow = Choice { filter, ..three.clone() };
    let _ = time("compare: one condition, two grades only", || compare(&dataset, &records, &recording, &narrow));
    let rooms = Choice { units: Units::Grades { school: 3 }, ..three };
    let _ = time("compare: grades of one school", || compare(&dataset, &records, &recording, &rooms));
    let _ = time("conditions with and without, all schools", || condition_gaps(&dataset, &records));
    let (features, schools) = time("features of schools", || peer_schools(&dataset, &records));
    let scale = Scale::new(features, &schools);
    let _ = time("peers of one school", || scale.peers(&schools, 5));
    let tau2 = compared.comparison.spread.tau2_used;
    let _ = time("funnel, 60 points", || (1..=60).map(|i| funnel_limits(0.22, 25 * i, tau2)).collect::<Vec<_>>());
    let _ = time("patterns of 1,000 students", || {
        let year = |stay: &Stay| patterns(&student_days(&dataset, &definition, stay), Year::Over);
        dataset.stays.iter().take(1000).map(year).collect::<Vec<_>>()
    });
}

/// The fastest and the median of eleven runs, printed.
fn time<T>(what: &str, run: impl Fn() -> T) -> T {
    let mut times: Vec<f64> = (0..11)
        .map(|_| {
            let start = Instant::now();
            let _ = black_box(run());
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{:>8.2} {:>8.2} ms  {what}", times[0], times[5]);
    run()
}

fn mix(x: u64) -> u64 {
    let mut z = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// An invented district with a year of 180 days.
fn district() -> Dataset {
    let start = Day(20_332);
    let calendar: Vec<Day> = (0..).map(|i| start.plus(i)).filter(|day| day.weekday() < 5).take(180).collect();
    let mut whole = DayBits::default();
    for at in 0..calendar.len() {
        let _ = whole.insert(at);
    }
    let yes_no = ["No", "Yes"].map(str::to_owned).to_vec();
    let races = ["A", "B", "C", "D", "E", "F"].map(str::to_owned).to_vec();
    let attributes = [
        (attribute::ECONOMICALLY_DISADVANTAGED, 45, &yes_no),
        (attribute::SPECIAL_EDUCATION, 14, &yes_no),
        (attribute::ENGLISH_LEARNER, 12, &yes_no),
        (attribute::HOMELESS, 3, &yes_no),
        (attribute::FOSTER, 1, &yes_no),
        (attribute::SECTION_504, 4, &yes_no),
        (attribute::MOBILITY, 9, &yes_no),
        (attribute::GENDER, 49, &yes_no),
        (attribute::RACE_ETHNICITY, 0, &races),
    ];
    let mut dataset = Dataset {
        schools: (0..N_SCHOOLS).map(|i| School { name: format!("School {i:03}"), district: String::new() }).collect(),
        sessions: vec![whole.clone(); usize::from(N_SCHOOLS)],
        calendar,
        attributes: attributes
            .iter()
            .map(|(key, percent, values)| Attribute {
                key: (*key).to_owned(),
                label: attribute::label(key).unwrap_or(key).to_owned(),
                values: (*values).clone(),
                codes: (0..N_STUDENTS)
                    .map(|student| {
                        let roll = mix(u64::from(student) ^ mix(*percent + key.len() as u64));
                        match (roll % 97, values.len()) {
                            (0, _) => 0,
                            (_, 2) => 1 + u8::from(roll / 97 % 100 < *percent),
                            (_, n) => 1 + (roll / 97 % n as u64) as u8,
                        }
                    })
                    .collect(),
            })
            .collect(),
        ..Dataset::default()
    };
    for student in 0..N_STUDENTS {
        let seed = mix(u64::from(student) + 1);
        let school = (seed % u64::from(N_SCHOOLS)) as u16;
        let years = [0u8..6, 6..9, 9..13][usize::from(school) % 3].clone();
        let year = years.start + (seed >> 32) as u8 % (years.end - years.start);
        let from = dataset.marks.len() as u32;
        let tendency = 10 + (mix(seed) % 100) * (mix(seed ^ 1) % 100) / 45;
        for day in 0..dataset.calendar.len() as u16 {
            if mix(seed ^ u64::from(day) << 24) % 1000 < tendency {
                dataset.marks.push(Mark { day, kind: Kind::Unexcused, missed: 1000 });
            }
        }
        let end = dataset.marks.len() as u32;
        let mut absent = [Days::ZERO; Kind::COUNT];
        absent[Kind::Unexcused as usize] = Days::whole(i64::from(end - from));
        dataset.students.push(Student { id: &format!("{student:07}"), name: "" });
        dataset.stays.push(Stay {
            student,
            school,
            grade: if year == 0 { Grade::K } else { Grade::Year(year) },
            homeroom: None,
            enrolled: Days::whole(180),
            absent,
            marks: from..end,
            on_roll: whole.clone(),
            percent_absent: None,
        });
    }
    dataset
}
