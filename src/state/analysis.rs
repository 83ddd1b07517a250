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
use crate::attendance::{Dataset, Definition, Grade, Record, records};
use crate::browser::local_store;
use crate::compare::from_dataset::{
    Choice, Compared, ConditionGap, DEFAULT_CONDITIONS, Recording, Units, compare, condition_gaps, may_adjust_for,
    recording,
};
use crate::compare::held::{Held, held};
use cross::{Answer, By, Only, Question, answer};
use leptos::prelude::*;

/// What the conditions page shows of every school, and of all together.
#[derive(Clone, Copy)]
pub struct BySchool {
    pub grades: Memo<Option<Shared<Answer>>>,
    /// `None` for files of totals.
    pub months: Memo<Option<Shared<Answer>>>,
    pub weekdays: Memo<Option<Shared<Answer>>>,
    pub kinds: Memo<Option<Shared<Answer>>>,
}

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
    /// Every school's students or days by one more grouping, each worked out when it is first asked for.
    pub by_school: BySchool,
    pub calls: Memo<Option<Shared<Vec<calls::Call>>>>,
    /// Every condition with and without, for each school.
    pub gaps: Memo<Option<Shared<Vec<Vec<ConditionGap>>>>>,
    /// Positions of each school's records, so that a question about a few schools reads theirs alone.
    pub of_school: Memo<Option<Shared<Vec<Vec<u32>>>>>,
    /// The grades that there are, ascending: the order of rows and columns by grade.
    pub grades: Memo<Vec<Grade>>,
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
        let by_school = |columns: By| {
            Memo::new(move |_| {
                let (loaded, records) = (loaded.get()?, records.get()?);
                let dataset = &loaded.outcome.dataset;
                let timed = matches!(columns, By::Month | By::Weekday);
                if timed && dataset.calendar.is_empty() {
                    return None;
                }
                let question = Question { rows: By::School, columns, only: Only::default() };
                Some(Shared::new(definition.with(|d| answer(dataset, &records, d, &question))))
            })
        };
        let by_school = BySchool {
            grades: by_school(By::Grade),
            months: by_school(By::Month),
            weekdays: by_school(By::Weekday),
            kinds: by_school(By::Kind),
        };
        let calls = Memo::new(move |_| {
            let (loaded, records) = (loaded.get()?, records.get()?);
            Some(Shared::new(definition.with(|d| calls::calls(&loaded.outcome.dataset, &records, d))))
        });
        let of_school = Memo::new(move |_| {
            let (loaded, records) = (loaded.get()?, records.get()?);
            let mut of_school: Vec<Vec<u32>> = vec![Vec::new(); loaded.outcome.dataset.schools.len()];
            for (at, record) in records.iter().enumerate() {
                of_school[usize::from(record.school)].push(at as u32);
            }
            Some(Shared::new(of_school))
        });
        let gaps = Memo::new(move |_| {
            let (loaded, records, of_school) = (loaded.get()?, records.get()?, of_school.get()?);
            let gaps =
                |of: &Vec<u32>| condition_gaps(&loaded.outcome.dataset, of.iter().map(|at| &records[*at as usize]));
            Some(Shared::new(of_school.iter().map(gaps).collect()))
        });
        let grades =
            Memo::new(move |_| records.get().map(|records| cross::grades_of(records.iter())).unwrap_or_default());
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
            of_school,
            grades,
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
