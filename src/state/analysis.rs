//! Comparison as chosen on the pages: computed once per dataset, definition and choice, and read
//! by every page that shows an expected rate or a verdict.

pub mod calls;
pub mod cross;
pub mod notes;
pub mod sight;
pub mod student;
pub mod told;
pub mod visit;

pub use notes::Notes;
pub use sight::Sight;

use super::{AppState, Loaded, Mode, Shared};
use crate::attendance::{Dataset, Definition, Record, records};
use crate::browser::local_store;
use crate::compare::from_dataset::{
    Choice, Compared, ConditionGap, DEFAULT_CONDITIONS, Recording, Units, compare, condition_gaps, may_adjust_for,
    recording,
};
use crate::compare::verdict::{Held, held};
use leptos::prelude::*;

/// Copied freely; all of it is signals.
#[derive(Clone, Copy)]
pub struct Analysis {
    /// One record per student and school.
    pub records: Memo<Option<Shared<Vec<Record>>>>,
    pub recording: Memo<Option<Shared<Recording>>>,
    /// Keys of the conditions that a person chose to take into account; `None` for the usual ones.
    pub adjust: RwSignal<Option<Vec<String>>>,
    /// All schools compared.
    pub compared: Memo<Option<Shared<Compared>>>,
    /// The same for the period loaded before, where there is one.
    pub earlier: Memo<Option<Shared<Compared>>>,
    /// Who may be looking: what every shown number passes.
    pub sight: Memo<Sight>,
    /// The audited export's numbers in the words of this dataset, once there are any.
    pub told: RwSignal<Option<Shared<told::Told>>>,
    pub notes: RwSignal<Notes>,
    /// School days in the whole year, as typed: what remains follows from it.
    pub days_in_year: RwSignal<String>,
    /// Every day-based count by school, worked out once: months, weekdays, kinds.
    pub by_school: Memo<Option<Shared<cross::SchoolTables>>>,
    pub calls: Memo<Option<Shared<Vec<calls::Call>>>>,
    /// Every condition with and without, for each school.
    pub gaps: Memo<Option<Shared<Vec<Vec<ConditionGap>>>>>,
}

impl Analysis {
    /// Nothing is computed before a page asks for it.
    #[must_use]
    pub fn new(
        loaded: Memo<Option<Shared<Loaded>>>,
        before: RwSignal<Option<Shared<Loaded>>>,
        definition: RwSignal<Definition>,
        mode: RwSignal<Mode>,
    ) -> Analysis {
        let adjust = RwSignal::new(None);
        let told = RwSignal::new(None);
        let records = Memo::new(move |_| {
            let loaded = loaded.get()?;
            Some(Shared::new(definition.with(|d| records::at_schools(&loaded.outcome.dataset, d))))
        });
        let recording = Memo::new(move |_| {
            let (loaded, records) = (loaded.get()?, records.get()?);
            Some(Shared::new(definition.with(|d| recording(&loaded.outcome.dataset, d, &records))))
        });
        let compared = Memo::new(move |_| {
            let (loaded, records, recording) = (loaded.get()?, records.get()?, recording.get()?);
            let dataset = &loaded.outcome.dataset;
            let choice = choice(dataset, adjust.get().as_deref(), Units::Schools);
            Some(Shared::new(compare(dataset, &records, &recording, &choice)))
        });
        let earlier = Memo::new(move |_| {
            let loaded = before.get()?;
            let dataset = &loaded.outcome.dataset;
            let records = definition.with(|d| records::at_schools(dataset, d));
            let recording = definition.with(|d| self::recording(dataset, d, &records));
            let choice = choice(dataset, adjust.get().as_deref(), Units::Schools);
            Some(Shared::new(compare(dataset, &records, &recording, &choice)))
        });
        let by_school = Memo::new(move |_| {
            let (loaded, records) = (loaded.get()?, records.get()?);
            Some(Shared::new(definition.with(|d| cross::SchoolTables::of(&loaded.outcome.dataset, &records, d))))
        });
        let calls = Memo::new(move |_| {
            let (loaded, records) = (loaded.get()?, records.get()?);
            Some(Shared::new(definition.with(|d| calls::calls(&loaded.outcome.dataset, &records, d))))
        });
        let gaps = Memo::new(move |_| {
            let (loaded, records) = (loaded.get()?, records.get()?);
            let dataset = &loaded.outcome.dataset;
            let mut by_school: Vec<Vec<&Record>> = vec![Vec::new(); dataset.schools.len()];
            for record in records.iter() {
                by_school[usize::from(record.school)].push(record);
            }
            Some(Shared::new(by_school.into_iter().map(|records| condition_gaps(dataset, records)).collect()))
        });
        Analysis {
            records,
            recording,
            adjust,
            compared,
            earlier,
            sight: Memo::new(move |_| if mode.get() == Mode::Share { Sight::Share(told.get()) } else { Sight::Team }),
            told,
            notes: RwSignal::new(Notes::default()),
            days_in_year: RwSignal::new(String::new()),
            by_school,
            calls,
            gaps,
        }
    }

    /// Compares the units of one school with the conditions as chosen.
    #[must_use]
    pub fn within(&self, dataset: &Dataset, units: Units) -> Option<Compared> {
        let (records, recording) = (self.records.get()?, self.recording.get()?);
        // A condition that tells the units apart cannot also be taken into account.
        let apart = match units {
            Units::Groups { attribute, .. } => Some(attribute),
            _ => None,
        };
        let mut choice = choice(dataset, self.adjust.get().as_deref(), units);
        choice.conditions.retain(|at| Some(*at) != apart);
        Some(compare(dataset, &records, &recording, &choice))
    }

    /// Whether a school, found by its name, was low in each period loaded.
    #[must_use]
    pub fn held(&self, name: &str) -> Option<Held> {
        let (now, before) = (self.compared.get()?, self.earlier.get()?);
        let find = |compared: &Compared| {
            let at = compared.table.units.iter().position(|unit| unit == name)?;
            compared.comparison.judgements.get(at).cloned()
        };
        let periods: Vec<_> = [find(&before), find(&now)].into_iter().flatten().collect();
        (periods.len() > 1).then(|| held(&periods))
    }

    /// Takes a condition into account, or no longer. Suspension never is.
    pub fn set_adjusted(&self, dataset: &Dataset, key: &str, on: bool) {
        let mut keys = self.adjust.get_untracked().unwrap_or_else(|| usual_keys(dataset));
        keys.retain(|k| k != key);
        if on && may_adjust_for(key) {
            keys.push(key.to_owned());
        }
        let is_usual = {
            let (mut a, mut b) = (keys.clone(), usual_keys(dataset));
            a.sort();
            b.sort();
            a == b
        };
        self.adjust.set((!is_usual).then_some(keys));
    }

    /// Keys of the conditions taken into account now.
    #[must_use]
    pub fn adjusted(&self, dataset: &Dataset) -> Vec<String> {
        self.adjust.get().unwrap_or_else(|| usual_keys(dataset))
    }

    /// School days still to come at a school; `None` until someone says how many the year has.
    #[must_use]
    pub fn remaining(&self, dataset: &Dataset, school: u16) -> Option<u32> {
        let whole: u32 = self.days_in_year.get().trim().parse().ok().filter(|days| *days <= 366)?;
        let so_far = dataset.sessions.get(usize::from(school)).map_or(0, crate::attendance::DayBits::count);
        (so_far > 0).then(|| whole.saturating_sub(so_far as u32))
    }
}

fn usual_keys(dataset: &Dataset) -> Vec<String> {
    let there = |key: &&&str| dataset.attributes.iter().any(|a| a.key == **key);
    DEFAULT_CONDITIONS.iter().filter(there).map(|key| (*key).to_owned()).collect()
}

/// The choice for some units, with conditions by key; keys that the dataset lacks are passed over.
#[must_use]
pub fn choice(dataset: &Dataset, adjust: Option<&[String]>, units: Units) -> Choice {
    let usual = usual_keys(dataset);
    let keys = adjust.unwrap_or(&usual);
    let position = |key: &String| dataset.attributes.iter().position(|a| a.key == *key);
    Choice {
        units,
        conditions: keys.iter().filter(|key| may_adjust_for(key)).filter_map(position).collect(),
        ..Choice::default()
    }
}

impl AppState {
    /// Reads what the team wrote on an earlier visit.
    pub(super) fn read_notes(&self) {
        if let Ok(Some(text)) = local_store::read(notes::KEY) {
            match notes::decode(&text) {
                Some(kept) => self.analysis.notes.set(kept),
                // What could not be read is put aside before anything is written over it.
                None => {
                    let _ = local_store::write("analysis.unreadable", &text);
                }
            }
        }
    }

    /// Changes what the team wrote, and keeps it.
    pub fn edit_notes(&self, change: impl FnOnce(&mut Notes)) {
        self.analysis.notes.update(change);
        let text = self.analysis.notes.with_untracked(notes::encode);
        if let Err(trouble) = local_store::write(notes::KEY, &text) {
            self.say(trouble.message());
        }
    }

    /// Puts a visit with its evidence where plans find it, and goes there.
    pub fn plan_visit(&self, visit: &visit::Visit) {
        let before = local_store::read(visit::INBOX).ok().flatten();
        match local_store::write(visit::INBOX, &visit::with_item(before.as_deref(), visit)) {
            Ok(()) => self.go("#/plans"),
            Err(trouble) => self.say(trouble.message()),
        }
    }
}
