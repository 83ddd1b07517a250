//! What is shown of public files once all rows were read: percents on one scale, and the rows of the dataset.

use super::super::super::group_headers;
use super::super::super::pick::{Answer, Topic};
use super::super::super::reading;
use super::super::super::roles::Role;
use super::super::super::scan::NONE;
use super::super::Tally;
use super::cells::Scale;
use crate::attendance::{Dataset, FileAccount, Published, School};

impl Tally {
    /// A percent as a share from 0 to 1.
    pub(super) fn scaled(&self, file: usize, column: usize, value: f64) -> Option<f64> {
        let is_opposite = self.readings[file].columns[column].role == Role::NotChronicRate;
        let told = |share: f64| if is_opposite { ((1.0 - share) * 1e9).round() / 1e9 } else { share };
        if value.is_sign_negative() {
            return Some(-value).filter(|share| *share <= 1.0).map(told);
        }
        let says_percent = || group_headers::says_percent(&self.readings[file].columns[column].header);
        let of_one = |scale: &Scale| {
            if self.is_mixed_rate(file, column) {
                return value <= 1.0 && self.readings[file].answer(Topic::RateScale) == Some(Answer::Fraction);
            }
            // Counts beside the values decide.
            if scale.fit != 0 {
                return scale.fit > 0;
            }
            match self.readings[file].answer(Topic::RateScale).filter(|_| self.is_small_rate(file, column)) {
                Some(answer) => answer == Answer::Fraction,
                // Hardly any school has next to no student who attends.
                None if is_opposite => scale.largest <= 1.0,
                // Where others have a sign, a value without one is a percent too, unless it is finer than any.
                None => scale.largest <= 1.0 && (scale.places > 2 || !says_percent() && !scale.is_signed),
            }
        };
        let fractions = self.published.scales.get(&(file, column)).is_none_or(of_one);
        let share = if fractions { value } else { (value * 1e7).round() / 1e9 };
        (0.0..=1.0).contains(&share).then(|| told(share))
    }

    pub(super) fn share_key(&self, file: usize, column: usize) -> String {
        match &self.readings[file].columns[column].role {
            Role::Share(key) => key.clone(),
            _ => String::new(),
        }
    }

    /// Whether the values of a percent of the chronically absent are all so small that they may be fractions.
    pub(super) fn is_small_rate(&self, file: usize, column: usize) -> bool {
        let column_is = |c: &reading::Column| c.role == Role::ChronicRate && group_headers::says_percent(&c.header);
        // Percents below one are written with one place.
        let small = |scale: &Scale| scale.largest <= 1.0 && scale.places == 2;
        self.published.scales.get(&(file, column)).is_some_and(small) && column_is(&self.readings[file].columns[column])
    }

    /// Whether fractions may stand among the percents of the chronically absent.
    pub(super) fn is_mixed_rate(&self, file: usize, column: usize) -> bool {
        let is_rate = !matches!(self.readings[file].columns[column].role, Role::Share(_));
        is_rate && self.published.scales.get(&(file, column)).is_some_and(Scale::is_mixed)
    }

    /// The dataset of files that hold only groups.
    pub(in super::super) fn published_dataset(&self, files: Vec<FileAccount>) -> Dataset {
        let groups = &self.published;
        let shown = |at: usize| {
            let place = &groups.places[at];
            (&place.name, &place.district, &place.key)
        };
        let order = crate::attendance::order::positions(groups.places.len(), &mut |a, b| shown(a).cmp(&shown(b)));
        let mut position = vec![0u16; order.len()];
        for (to, &from) in order.iter().enumerate() {
            position[from] = to.min(usize::from(u16::MAX)) as u16;
        }
        let hides_zeros = |file: usize| self.readings[file].answer(Topic::Zeros) == Some(Answer::HiddenNumbers);
        let published = groups
            .rows
            .iter()
            .filter(|row| !row.left_out)
            .map(|row| {
                let hidden = hides_zeros(row.file) && row.is_bare_zero();
                let group = (row.group != NONE).then(|| ("category".to_string(), groups.texts.string(row.group)));
                let kind = (row.filter != NONE).then(|| {
                    // A group of one kind of school is not that group again.
                    let whom = group.as_ref().map_or_else(String::new, |(_, whom)| format!(", {whom}"));
                    ("schools".to_string(), groups.texts.string(row.filter) + &whom)
                });
                Published {
                    school: (!row.above).then(|| position[groups.place_of[row.spot as usize] as usize]),
                    year: groups.texts.string(row.year),
                    grade: row.grade,
                    group: kind.or(group),
                    counted: row.counted,
                    chronic: row.chronic.filter(|_| !hidden),
                    rate: row.rate.filter(|_| !hidden).and_then(|(column, value)| self.scaled(row.file, column, value)),
                    shares: row
                        .shares
                        .iter()
                        .map(|&(column, value)| {
                            (self.share_key(row.file, column), value.and_then(|v| self.scaled(row.file, column, v)))
                        })
                        .collect(),
                }
            })
            .collect();
        let schools = order
            .iter()
            .map(|&at| {
                let place = &groups.places[at];
                School { name: place.name.clone(), district: place.district.clone() }
            })
            .collect();
        Dataset { files, schools, published, ..Dataset::default() }
    }
}
