//! The weekly series behind the run chart.

use super::{Pupil, Records};
use crate::attendance::{Day, DayBits, Days};
use std::collections::{BTreeMap, BTreeSet};

/// Fewer school days than this make no point.
const FEWEST_DAYS: usize = 3;

/// One week from Monday to Sunday.
#[derive(Clone, Debug, PartialEq)]
pub struct Week {
    /// Its first school day.
    pub first: Day,
    pub school_days: usize,
    /// Percent of enrolled days missed by the chosen students.
    pub chosen: Option<f64>,
    /// The same for the matched students.
    pub similar: Option<f64>,
    /// Weeks without a point since the one before: the line is broken there.
    pub weeks_missed: u32,
}

impl Week {
    /// A percentage of enrolled days, as days absent per 20 school days: what the windows are told in.
    #[must_use]
    pub fn per_20(percent: f64) -> f64 {
        percent / 5.0
    }
}

pub(super) fn weekly(records: &Records, chosen: &[String], similar: &[String]) -> Vec<Week> {
    let group = |ids: &[String]| -> Vec<&Pupil> {
        let ids: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
        records.pupils.iter().filter(|p| ids.contains(p.id.as_str())).collect()
    };
    let (chosen, similar) = (group(chosen), group(similar));
    let mut schools: Vec<usize> = chosen.iter().map(|p| p.school).collect();
    schools.sort_unstable();
    schools.dedup();
    let mut open = DayBits::default();
    for at in schools.iter().flat_map(|school| records.sessions[*school].iter()) {
        let _ = open.insert(at);
    }
    let mut weeks: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
    for at in open.iter().filter(|at| *at < records.days.len()) {
        let day = records.days[at];
        weeks.entry(day.0 - i32::from(day.weekday())).or_default().push(at);
    }
    let mut series: Vec<Week> = Vec::new();
    let mut last_monday = None;
    for (monday, positions) in weeks.into_iter().filter(|(_, positions)| positions.len() >= FEWEST_DAYS) {
        series.push(Week {
            first: records.days[positions[0]],
            school_days: positions.len(),
            chosen: percent(&chosen, &positions),
            similar: percent(&similar, &positions),
            weeks_missed: last_monday.map_or(0, |last: i32| u32::try_from((monday - last) / 7 - 1).unwrap_or(0)),
        });
        last_monday = Some(monday);
    }
    series
}

fn percent(pupils: &[&Pupil], positions: &[usize]) -> Option<f64> {
    let (mut days, mut absent) = (0u32, Days::ZERO);
    for pupil in pupils {
        let here = super::exposure(pupil, positions);
        days += here.days;
        absent += here.absent;
    }
    (days > 0).then(|| 100.0 * absent.as_f64() / f64::from(days))
}
