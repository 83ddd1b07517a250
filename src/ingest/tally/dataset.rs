//! From counted rows to the dataset: students, stays, days and marks, sorted so that no order of rows shows.

use super::super::conditions;
use super::super::pick::{Answer, Topic};
use super::super::reading::Layout;
use super::super::scan::NONE;
use super::Tally;
use super::people::Stay as RawStay;
use super::untaken::Gaps;
use crate::attendance::{Dataset, Day, DayBits, Days, Kind, Mark, NotTaken, School, Stay, Student, order};

impl Tally {
    pub(super) fn dataset(&self, gaps: &Gaps) -> Dataset {
        if self.readings.iter().all(|r| r.layout == Layout::Published) {
            return self.published_dataset(self.accounts());
        }
        let people = &self.people;
        let (calendar, day_order) = sorted(&self.days, |d| *d);
        let students_order = order_of(people.ids.len(), |at| people.ids.text(at as u32).to_vec());
        let names = school_names(people);
        let schools_order = order_of(people.schools.len(), |at| names[at].clone());
        let homerooms_order = order_of(people.homerooms.len(), |at| people.homerooms.text(at as u32).to_vec());
        let new_student = inverse(&students_order);
        let new_school = inverse(&schools_order);
        let new_homeroom = inverse(&homerooms_order);

        let sheet = self.has_sheet_of_absences();
        let mut stays: Vec<(Stay, Vec<Mark>)> = Vec::with_capacity(people.stays.len());
        for (at, raw) in people.stays.iter().enumerate() {
            let first = &people.stays[people.first_stay[raw.student as usize] as usize];
            let elsewhere = raw.next != NONE || !std::ptr::eq(first, raw);
            if sheet && elsewhere && raw.marks.is_empty() && people.schools.text(raw.school).is_empty() {
                // A roster without schools gave this student's days; the stays are elsewhere.
                continue;
            }
            let Some((enrolled, on_roll, marks, absent)) = self.counted(at as u32, &day_order, sheet, gaps) else {
                continue;
            };
            let stay = Stay {
                student: new_student[raw.student as usize],
                school: new_school[raw.school as usize] as u16,
                grade: raw.grade,
                homeroom: (raw.homeroom != NONE).then(|| new_homeroom[raw.homeroom as usize] as u16),
                enrolled,
                absent,
                marks: 0..0,
                on_roll,
                percent_absent: raw.percent,
            };
            stays.push((stay, marks));
        }
        order::sort_by(&mut stays, |(a, _), (b, _)| (a.student, a.school).cmp(&(b.student, b.school)));
        let mut all_marks = Vec::new();
        let mut sessions = vec![DayBits::default(); people.schools.len()];
        let stays: Vec<Stay> = stays
            .into_iter()
            .map(|(mut stay, marks)| {
                let from = all_marks.len() as u32;
                all_marks.extend(marks);
                stay.marks = from..all_marks.len() as u32;
                let session = &mut sessions[usize::from(stay.school)];
                if session.0.len() < stay.on_roll.0.len() {
                    session.0.resize(stay.on_roll.0.len(), 0);
                }
                for (word, more) in session.0.iter_mut().zip(&stay.on_roll.0) {
                    *word |= more;
                }
                stay
            })
            .collect();
        let mut not_taken = Vec::new();
        if !self.untaken_count_as_present() && !gaps.by_school.is_empty() {
            not_taken = vec![NotTaken::default(); people.schools.len()];
            for (school, missing) in &gaps.by_school {
                not_taken[new_school[*school as usize] as usize] = *missing;
            }
        }
        let attributes = people
            .conditions
            .iter()
            .enumerate()
            .filter_map(|(at, condition)| {
                let texts: Vec<String> = (0..condition.texts.len()).map(|t| condition.texts.string(t as u32)).collect();
                let positions: Vec<u32> =
                    students_order.iter().map(|&s| people.values[s * people.conditions.len() + at]).collect();
                conditions::attribute(&condition.key, &condition.label, &texts, &positions)
            })
            .collect();
        Dataset {
            files: self.accounts(),
            schools: schools_order
                .iter()
                .map(|&at| School { name: names[at].clone(), district: people.districts[at].clone() })
                .collect(),
            students: students_order
                .iter()
                .map(|&at| Student { id: shown_id(people.ids.text(at as u32)), name: people.names[at].clone() })
                .collect(),
            stays,
            attributes,
            homerooms: homerooms_order.iter().map(|&at| people.homerooms.string(at as u32)).collect(),
            dates: calendar.first().copied().zip(calendar.last().copied()),
            calendar,
            sessions,
            not_taken,
            marks: all_marks,
            published: Vec::new(),
        }
    }

    /// What one stay amounts to, or `None` where no row of it could be used.
    #[allow(clippy::type_complexity, reason = "four results of one count, taken apart at once")]
    fn counted(
        &self,
        stay: u32,
        day_order: &[u16],
        sheet: bool,
        gaps: &Gaps,
    ) -> Option<(Days, DayBits, Vec<Mark>, [Days; Kind::COUNT])> {
        let raw = &self.people.stays[stay as usize];
        let mut days = DayBits(self.known.days.of(stay).to_vec());
        if self.untaken_count_as_present() {
            for day in gaps.of(stay) {
                let _ = days.insert(day);
            }
        }
        let by_calendar = if sheet && raw.enrolled.is_none() { self.days_by_calendar(stay) } else { None };
        let mut marks: Vec<Mark> = raw
            .marks
            .iter()
            .filter_map(|m| {
                let kind = self.kind(m)?;
                Some(Mark { day: day_order[usize::from(m.day)], kind, missed: self.missed(m) })
            })
            .collect();
        if !raw.periods.is_empty() {
            marks = self.by_periods(raw, day_order);
        }
        marks.sort_unstable();
        if let Some(enrolled) = &by_calendar {
            days = enrolled.clone();
            let within: Vec<bool> = {
                let mut within = vec![false; day_order.len()];
                for at in enrolled.iter() {
                    within[usize::from(day_order[at])] = true;
                }
                within
            };
            let before = marks.len();
            marks.retain(|mark| within[usize::from(mark.day)]);
            let outside = &self.enrolment.outside;
            outside.set(outside.get() + (before - marks.len()) as u64);
        }
        let mut absent = raw.absent;
        for mark in &marks {
            absent[mark.kind as usize] += Days::from_thousandths(i64::from(mark.missed));
        }
        let mut on_roll = DayBits::default();
        for at in days.iter() {
            let _ = on_roll.insert(usize::from(day_order[at]));
        }
        let enrolled = if raw.percent.is_some() || raw.totals.is_some() {
            raw.enrolled.unwrap_or_default()
        } else if let Some(enrolled) = &by_calendar {
            Days::whole(enrolled.count() as i64)
        } else if sheet {
            on_roll = DayBits::default();
            raw.enrolled.or_else(|| self.enrolled_elsewhere(raw)).or(self.days_for_all())?
        } else if days.count() > 0 {
            Days::whole(days.count() as i64)
        } else {
            // A roster's student without a single day.
            return None;
        };
        Some((enrolled, on_roll, marks, absent))
    }

    /// Period marks turned into days: absent for at least the stated share of the day's periods.
    fn by_periods(&self, raw: &RawStay, day_order: &[u16]) -> Vec<Mark> {
        let share = self.readings.iter().find(|r| r.layout == Layout::Periods).map_or(50, |r| r.period_share);
        // Where only missed periods stand in the file, the person said how many a day has.
        let in_a_day = match self.readings.iter().find_map(|r| r.answer(Topic::PeriodsInDay)) {
            Some(Answer::Periods(n)) => u32::from(n),
            _ => 0,
        };
        let mut by_day: litemap::LiteMap<u16, Vec<Kind>> = litemap::LiteMap::new();
        for mark in &raw.marks {
            if let Some(kind) = self.kind(mark) {
                by_day.entry(mark.day).or_default().push(kind);
            }
        }
        let mut marks = Vec::new();
        for (day, mut kinds) in by_day {
            let seen = raw.periods.get(usize::from(day)).map_or(0, |bits| bits.count_ones());
            let periods = seen.max(in_a_day);
            order::sort(&mut kinds);
            let absences: Vec<Kind> = kinds.iter().copied().filter(|k| k.is_absence()).collect();
            let day = day_order[usize::from(day)];
            if !absences.is_empty() && absences.len() as u32 * 100 >= u32::from(share) * periods {
                // The kind that most of the missed periods have; of equals the first.
                let most = absences
                    .iter()
                    .copied()
                    .max_by_key(|k| (absences.iter().filter(|o| *o == k).count(), std::cmp::Reverse(*k)));
                marks.push(Mark { day, kind: most.unwrap_or(Kind::Unknown), missed: 1000 });
            } else if let Some(&kind) = kinds.iter().find(|k| !k.is_absence()) {
                marks.push(Mark { day, kind, missed: 0 });
            }
        }
        marks
    }
}

/// Schools as shown: by name, with the number behind names that stand for several schools.
pub(super) fn school_names(people: &super::people::People) -> Vec<String> {
    let of = &people.school_names;
    (0..people.schools.len())
        .map(|at| {
            let key = people.schools.string(at as u32);
            match of[at].as_str() {
                "" if key.is_empty() => "School not given".to_string(),
                "" => key,
                name if of.iter().filter(|other| *other == name).count() > 1 => format!("{name} ({key})"),
                name => name.to_string(),
            }
        })
        .collect()
}

/// A student's number without the school that made it unique.
fn shown_id(key: &[u8]) -> String {
    let id = key.split(|b| *b == super::UNIT).next().unwrap_or(key);
    String::from_utf8_lossy(id).into_owned()
}

pub(super) fn sorted(days: &[Day], by: impl Fn(&Day) -> Day) -> (Vec<Day>, Vec<u16>) {
    let order = order::positions(days.len(), &mut |a, b| by(&days[a]).cmp(&by(&days[b])));
    let mut new = vec![0; days.len()];
    for (to, &from) in order.iter().enumerate() {
        new[from] = to as u16;
    }
    (order.iter().map(|&at| days[at]).collect(), new)
}

fn order_of<K: Ord>(n: usize, key: impl Fn(usize) -> K) -> Vec<usize> {
    let keys: Vec<K> = (0..n).map(key).collect();
    order::positions(n, &mut |a, b| keys[a].cmp(&keys[b]))
}

fn inverse(order: &[usize]) -> Vec<u32> {
    let mut new = vec![0; order.len()];
    for (to, &from) in order.iter().enumerate() {
        new[from] = to as u32;
    }
    new
}
