//! The call list: one line per student and school, ready to be filtered. Names show in team mode only.

use crate::attendance::records::{self, Counted};
use crate::attendance::{Dataset, Days, Definition, Kind, Record, Tier};
use crate::compare::days_left::EARLY;

/// How a student's last school days compare with those before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trend {
    /// Missing at least half as much again as before, and three days or more lately.
    More,
    Same,
    /// Missing at most half as much as before, and three days or more earlier.
    Less,
    /// Fewer than 40 days, or a file of totals.
    Unknown,
}

impl Trend {
    pub const ALL: [Trend; 4] = [Trend::More, Trend::Same, Trend::Less, Trend::Unknown];

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Trend::More => "More lately",
            Trend::Same => "About the same",
            Trend::Less => "Less lately",
            Trend::Unknown => "Too early to say",
        }
    }
}

/// The days that count as lately.
pub const LATELY: usize = 20;

#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Position in the records of `records::at_schools`.
    pub record: u32,
    pub student: u32,
    pub school: u16,
    pub tier: Option<Tier>,
    pub enrolled: Days,
    pub absent: Days,
    /// Excused days of all absent days, 0 to 1; `None` where nothing is missed or kinds are not told.
    pub excused: Option<f64>,
    pub trend: Trend,
}

impl Call {
    /// Share of enrolled days missed, for sorting and showing.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        let enrolled = self.enrolled.thousandths();
        (enrolled > 0).then(|| self.absent.thousandths() as f64 / enrolled as f64)
    }

    /// Too early in the year for a tier to mean much.
    #[must_use]
    pub fn is_early(&self) -> bool {
        self.enrolled.thousandths() > 0 && self.enrolled < EARLY
    }
}

/// Every student's line, the most absent first, ties by position.
#[must_use]
pub fn calls(dataset: &Dataset, records: &[Record], definition: &Definition) -> Vec<Call> {
    let counts = Counted::new(definition);
    let mut all: Vec<(u64, Call)> = records
        .iter()
        .enumerate()
        .map(|(at, record)| {
            let stay = &dataset.stays[record.stay as usize];
            let of = |kind: Kind| stay.absent[kind as usize].thousandths();
            let told = of(Kind::Excused) + of(Kind::Unexcused) + of(Kind::Suspended);
            let call = Call {
                record: at as u32,
                student: record.student,
                school: record.school,
                tier: record.tier(),
                enrolled: record.enrolled,
                absent: record.absent,
                excused: (told > 0).then(|| of(Kind::Excused) as f64 / told as f64),
                trend: trend(dataset, record, &counts),
            };
            // Percentages of files without days stand by their tier alone.
            let share = call.share().unwrap_or_else(|| call.tier.map_or(-1.0, |t| t.index() as f64 / 10.0));
            (descending(share), call)
        })
        .collect();
    all.sort_unstable_by_key(|(share, call)| (*share, call.record));
    all.into_iter().map(|(_, call)| call).collect()
}

/// A number that ascends where the other descends, in the total order of floats.
fn descending(number: f64) -> u64 {
    let bits = number.to_bits();
    let ascending = if bits >> 63 == 1 { !bits } else { bits | 1 << 63 };
    !ascending
}

fn trend(dataset: &Dataset, record: &Record, counts: &Counted) -> Trend {
    let stay = &dataset.stays[record.stay as usize];
    let n_days = stay.on_roll.count();
    if n_days < 2 * LATELY {
        return Trend::Unknown;
    }
    // The first of the last twenty days on roll, found from the end.
    let mut left = LATELY as u32;
    let mut since = 0;
    for (word, bits) in stay.on_roll.0.iter().enumerate().rev() {
        let here = bits.count_ones();
        if here < left {
            left -= here;
            continue;
        }
        let mut bits = *bits;
        for _ in 0..here - left {
            bits &= bits - 1;
        }
        since = word * 64 + bits.trailing_zeros() as usize;
        break;
    }
    let (mut before, mut lately) = (0u32, 0u32);
    for mark in records::marks(dataset, stay).iter().filter(|m| counts.kind(m.kind)) {
        let sum = if usize::from(mark.day) >= since { &mut lately } else { &mut before };
        *sum += u32::from(mark.missed);
    }
    let (was, now) = (f64::from(before) / (n_days - LATELY) as f64, f64::from(lately) / LATELY as f64);
    if lately >= 3000 && now >= 1.5 * was {
        Trend::More
    } else if before >= 3000 && now <= 0.5 * was {
        Trend::Less
    } else {
        Trend::Same
    }
}

/// What a person asks the list for; `None` leaves the choice open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    pub tier: WantedTier,
    pub school: Option<u16>,
    pub grade: Option<crate::attendance::Grade>,
    /// Position in `Dataset::homerooms`.
    pub homeroom: Option<u16>,
    /// Position in `Dataset::attributes`, and code.
    pub having: Option<(usize, u8)>,
    pub excused: Option<Mostly>,
    pub trend: Option<Trend>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WantedTier {
    /// At the definition's threshold or beyond.
    #[default]
    Chronic,
    Everyone,
    One(Tier),
    /// Fewer days than the minimum.
    TooFewDays,
}

/// Of which kind most absences are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mostly {
    Excused,
    Unexcused,
}

impl Wanted {
    #[must_use]
    pub fn admits(&self, dataset: &Dataset, records: &[Record], call: &Call) -> bool {
        let record = &records[call.record as usize];
        let stay = &dataset.stays[record.stay as usize];
        let tier = match self.tier {
            WantedTier::Chronic => record.is_chronic(),
            WantedTier::Everyone => true,
            WantedTier::One(tier) => call.tier == Some(tier),
            WantedTier::TooFewDays => call.tier.is_none(),
        };
        tier && self.school.is_none_or(|school| call.school == school)
            && self.grade.is_none_or(|grade| record.grade == grade)
            && self.homeroom.is_none_or(|room| stay.homeroom == Some(room))
            && self.having.is_none_or(|(at, code)| {
                // A condition of a file loaded before may be missing here.
                dataset.attributes.get(at).is_some_and(|a| a.codes[call.student as usize] == code)
            })
            && self.excused.is_none_or(|mostly| {
                call.excused.is_some_and(|share| (share > 0.5) == (mostly == Mostly::Excused) && share != 0.5)
            })
            && self.trend.is_none_or(|trend| call.trend == trend)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::analysis::student::tests::example;

    #[test]
    fn numbers_turn_round_in_the_order_of_floats() {
        let numbers = [1.0, 0.5, 0.0, -0.0, -1.0];
        assert!(numbers.windows(2).all(|pair| descending(pair[0]) < descending(pair[1])));
    }

    #[test]
    fn the_list_holds_everyone_once_and_filters_agree_with_the_records() {
        let dataset = example();
        let definition = Definition::default();
        let records = records::at_schools(&dataset, &definition);
        let all = calls(&dataset, &records, &definition);
        assert_eq!(all.len(), records.len());
        assert!(all.windows(2).all(|pair| pair[0].share() >= pair[1].share()));
        let chronic = all.iter().filter(|c| Wanted::default().admits(&dataset, &records, c)).count();
        assert_eq!(chronic, records.iter().filter(|r| r.is_chronic()).count());
        let mut parts = 0;
        for trend in Trend::ALL {
            let wanted = Wanted { tier: WantedTier::Everyone, trend: Some(trend), ..Wanted::default() };
            parts += all.iter().filter(|c| wanted.admits(&dataset, &records, c)).count();
        }
        assert_eq!(parts, all.len());
        assert!(all.iter().any(|c| c.trend == Trend::More) && all.iter().any(|c| c.trend == Trend::Less));
    }
}
