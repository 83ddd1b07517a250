//! The same file with other students or other days: without leavers, up to an earlier day, with
//! days that nobody recorded.

use crate::attendance::records::marks;
use crate::attendance::{Dataset, Day, DayBits, Days, Kind, Mark, Stay};

/// A changed dataset and what was changed.
pub(super) struct View {
    pub words: String,
    pub dataset: Dataset,
}

/// Days and marks of a stay while it is changed.
struct Part {
    on_roll: DayBits,
    marks: Vec<Mark>,
}

/// Every view that this file allows.
pub(super) fn views(dataset: &Dataset) -> Vec<View> {
    let mut all = Vec::new();
    let mut several = vec![0u32; dataset.students.len()];
    for stay in &dataset.stays {
        if let Some(n) = several.get_mut(stay.student as usize) {
            *n += 1;
        }
    }
    if several.iter().any(|n| *n > 1) {
        let dataset = of_stays(dataset, |stay| several.get(stay.student as usize) == Some(&1));
        all.push(View { words: "Students who changed school are left out".into(), dataset });
    }
    if dataset.stays.iter().all(|stay| stay.on_roll.0.is_empty()) || dataset.calendar.is_empty() {
        return all;
    }
    let last: Vec<Option<usize>> = dataset.sessions.iter().map(|days| days.iter().last()).collect();
    let end = |stay: &Stay| last.get(usize::from(stay.school)).copied().flatten();
    let left = |stay: &Stay| stay.on_roll.iter().last() < end(stay);
    if dataset.stays.iter().any(left) {
        let dataset = of_stays(dataset, |stay| !left(stay));
        all.push(View { words: "Students who left before the last day are left out".into(), dataset });
    }
    let missing = |stay: &Stay| -> Vec<usize> {
        let Some(session) = dataset.sessions.get(usize::from(stay.school)) else { return Vec::new() };
        let (Some(first), Some(last)) = (stay.on_roll.iter().next(), stay.on_roll.iter().last()) else {
            return Vec::new();
        };
        session.iter().filter(|at| (first..=last).contains(at) && !stay.on_roll.contains(*at)).collect()
    };
    if dataset.stays.iter().any(|stay| !missing(stay).is_empty()) {
        for (kind, words) in [
            (Some(Kind::Unknown), "Days without a record count as absences"),
            (None, "Days without a record count as present"),
        ] {
            let changed = changed(dataset, |stay, part| {
                for at in missing(stay) {
                    let _ = part.on_roll.insert(at);
                    if let Some(kind) = kind {
                        part.marks.push(Mark { day: at as u16, kind, missed: 1000 });
                    }
                }
                part.marks.sort_unstable();
            });
            all.push(View { words: words.into(), dataset: changed });
        }
    }
    for (until, day) in month_ends(dataset) {
        let changed = changed(dataset, |_, part| {
            let kept: Vec<usize> = part.on_roll.iter().take_while(|at| *at <= until).collect();
            part.on_roll = DayBits::default();
            for at in kept {
                let _ = part.on_roll.insert(at);
            }
            part.marks.retain(|mark| usize::from(mark.day) <= until);
        });
        all.push(View { words: format!("The other report ends on {day}"), dataset: changed });
    }
    all
}

/// The last school day of each month but the file’s last, the latest first.
fn month_ends(dataset: &Dataset) -> Vec<(usize, Day)> {
    let month = |day: &Day| (day.ymd().0, day.ymd().1);
    let pairs = dataset.calendar.windows(2).enumerate();
    let mut ends: Vec<(usize, Day)> =
        pairs.filter(|(_, pair)| month(&pair[0]) != month(&pair[1])).map(|(at, pair)| (at, pair[0])).collect();
    ends.reverse();
    // Ten months of a year; more would be another year.
    ends.truncate(10);
    ends
}

fn of_stays(dataset: &Dataset, keep: impl Fn(&Stay) -> bool) -> Dataset {
    let stays = dataset.stays.iter().filter(|stay| keep(stay)).cloned().collect();
    lean(dataset, stays, dataset.marks.clone())
}

/// Every stay with its days and marks changed; sums follow.
fn changed(dataset: &Dataset, change: impl Fn(&Stay, &mut Part)) -> Dataset {
    let mut all_marks = Vec::with_capacity(dataset.marks.len());
    let mut stays = Vec::with_capacity(dataset.stays.len());
    for stay in &dataset.stays {
        let mut part = Part { on_roll: stay.on_roll.clone(), marks: marks(dataset, stay).to_vec() };
        change(stay, &mut part);
        let mut absent = [Days::ZERO; Kind::COUNT];
        for mark in &part.marks {
            absent[mark.kind as usize] += Days::from_thousandths(i64::from(mark.missed));
        }
        let from = all_marks.len() as u32;
        all_marks.extend(part.marks);
        let days = part.on_roll.count();
        if days == 0 && !stay.on_roll.0.is_empty() {
            continue;
        }
        stays.push(Stay {
            enrolled: Days::whole(days as i64),
            absent,
            marks: from..all_marks.len() as u32,
            on_roll: part.on_roll,
            ..stay.clone()
        });
    }
    lean(dataset, stays, all_marks)
}

/// Without what counting does not read.
fn lean(dataset: &Dataset, stays: Vec<Stay>, marks: Vec<Mark>) -> Dataset {
    Dataset { schools: dataset.schools.clone(), calendar: dataset.calendar.clone(), stays, marks, ..Dataset::default() }
}
