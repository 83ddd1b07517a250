//! The team's workspace as signals: reading it, changing it, undo, and saving it safely.

use super::toast::{ToastMessage, Undo};
use super::{AppState, Mode, Shared};
use crate::attendance::records::at_schools;
use crate::attendance::{Dataset, Day, Definition};
use crate::browser::{clock, device, local_store};
use crate::plans::evidence::Records;
use crate::plans::evidence::from_dataset::records;
use crate::plans::movement::{Movement, Standing, movement};
use crate::plans::sharing::Eyes;
use crate::plans::storage::policy::SaveState;
use crate::plans::{Body, Change, History, Id, Moment, Personal, PersonalBody, Stamp, Workspace};
use leptos::prelude::*;

pub use super::plans_personal::Remember;

/// What stood in storage and could not be used; offered as a file, never written over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    pub words: String,
    pub text: String,
}

/// When the last workspace file was saved: how many changes it held, and its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackedUp {
    pub changes: u64,
    pub on: Option<Day>,
}

/// Everyone’s tier in the export before the loaded one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// Its last day, where its files tell.
    pub until: Option<Day>,
    standings: Vec<Standing>,
}

/// What this tab alone knows.
pub(super) struct Inner {
    actor: String,
    next: u64,
    /// What this tab last read or wrote.
    pub(super) base: Option<Workspace>,
    history: History<Body>,
    pub(super) personal_history: History<PersonalBody>,
    pub(super) personal_base: Option<Personal>,
    pub(super) passphrase: Option<String>,
    /// Which document each of the last changes was made to; the newest last.
    order: Vec<Part>,
    /// Rises with every change, so that only the last pause in typing saves.
    pub(super) generation: u64,
    pub(super) personal_generation: u64,
    pub(super) asked_to_persist: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Plans,
    Personal,
}

#[derive(Clone, Copy)]
pub struct Plans {
    pub app: AppState,
    pub workspace: RwSignal<Workspace>,
    pub personal: RwSignal<Personal>,
    pub save_state: RwSignal<SaveState>,
    pub toast: RwSignal<Option<ToastMessage>>,
    pub set_aside: RwSignal<Option<SetAside>>,
    pub remember: RwSignal<Remember>,
    pub backed_up: RwSignal<Option<BackedUp>>,
    /// Characters in use by this site.
    pub used: RwSignal<usize>,
    /// What another copy brought, in words, until it is put away.
    pub merged: RwSignal<Option<String>>,
    /// What the loaded export is compared with, where there is an earlier one.
    pub before: Memo<Option<Shared<Before>>>,
    /// Who moved tier between the last two exports.
    pub movement: Memo<Vec<Movement>>,
    /// The daily records behind every test’s evidence; made once for a dataset and a definition.
    pub records: Memo<Option<Shared<Records>>>,
    pub(super) inner: StoredValue<Inner>,
}

#[must_use]
pub fn use_plans() -> Plans {
    expect_context::<Plans>()
}

/// Opens what was kept and listens to other tabs.
pub(super) fn provide(app: AppState) {
    let inner = Inner {
        actor: device::tab_name(),
        next: 0,
        base: None,
        history: History::default(),
        personal_history: History::default(),
        personal_base: None,
        passphrase: None,
        order: Vec::new(),
        generation: 0,
        personal_generation: 0,
        asked_to_persist: false,
    };
    let personal = RwSignal::new(Personal::default());
    let before = Memo::new(move |_| before(&app, personal));
    let movement = Memo::new(move |_| {
        let (Some(loaded), Some(before)) = (app.loaded.get(), before.get()) else { return Vec::new() };
        app.definition.with(|d| movement(&before.standings, &standings(&loaded.outcome.dataset, d)))
    });
    let records = Memo::new(move |_| {
        let loaded = app.loaded.get()?;
        Some(Shared::new(app.definition.with(|d| records(&loaded.outcome.dataset, d))))
    });
    let plans = Plans {
        app,
        workspace: RwSignal::new(Workspace::default()),
        personal,
        save_state: RwSignal::new(SaveState::Untouched),
        toast: RwSignal::new(None),
        set_aside: RwSignal::new(None),
        remember: RwSignal::new(Remember::Memory),
        backed_up: RwSignal::new(None),
        used: RwSignal::new(0),
        merged: RwSignal::new(None),
        before,
        movement,
        records,
        inner: StoredValue::new(inner),
    };
    provide_context(plans);
    plans.open();
    plans.open_personal();
    plans.take_inbox();
    local_store::on_change(move |key| plans.another_tab(&key));
    device::on_leave(move || plans.save_if_waiting());
    Effect::new(move |before: Option<u32>| {
        let now = app.wiped.get();
        if before.is_some_and(|before| before != now) {
            plans.forget();
        }
        now
    });
    Effect::new(move |_| {
        if let Some(loaded) = app.loaded.get() {
            plans.keep_snapshot(&loaded.outcome.dataset, &loaded.whose);
        }
    });
}

/// Everyone's tier in a dataset, school by school.
pub(super) fn standings(dataset: &Dataset, definition: &Definition) -> Vec<Standing> {
    let mut all: Vec<Standing> = at_schools(dataset, definition)
        .iter()
        .map(|r| Standing {
            student: dataset.students.at(r.student as usize).id.to_string(),
            school: dataset.schools[usize::from(r.school)].name.clone(),
            tier: r.tier(),
        })
        .collect();
    all.sort();
    all
}

/// The export loaded before, where it ends earlier; else the newest that was kept on the device. Of files without
/// days, the order in which they were loaded is all that is known.
fn before(app: &AppState, personal: RwSignal<Personal>) -> Option<Shared<Before>> {
    let loaded = app.loaded.get()?;
    let last = loaded.outcome.dataset.dates.map(|(_, to)| to);
    let earlier = app.earlier.get().filter(|earlier| match (earlier.outcome.dataset.dates, last) {
        (Some((_, until)), Some(last)) => until < last,
        _ => true,
    });
    let before = match earlier {
        Some(earlier) => {
            let dataset = &earlier.outcome.dataset;
            let until = dataset.dates.map(|(_, to)| to);
            Before { until, standings: app.definition.with(|definition| standings(dataset, definition)) }
        }
        None => personal.with(|p| {
            let kept = p.snapshot_before(last?)?;
            Some(Before { until: kept.covers_to, standings: kept.standings.clone() })
        })?,
    };
    Some(Shared::new(before))
}

impl Plans {
    #[must_use]
    pub fn today(&self) -> Day {
        clock::today()
    }

    #[must_use]
    pub fn is_team(&self) -> bool {
        self.app.mode.get() == Mode::Team
    }

    /// Who may be looking.
    #[must_use]
    pub fn eyes(&self) -> Eyes {
        if self.is_team() { Eyes::Team } else { Eyes::Others }
    }

    pub(super) fn stamp(&self) -> Stamp {
        let actor = self.inner.with_value(|i| i.actor.clone());
        Stamp { actor, at: Moment(clock::now_ms() as i64) }
    }

    /// A name that no other item or row has.
    #[must_use]
    pub fn new_id(&self) -> Id {
        let mut id = Id::default();
        self.inner.update_value(|i| {
            i.next += 1;
            id = Id(format!("{}-{:x}-{:x}", i.actor, clock::now_ms() as i64, i.next));
        });
        id
    }

    /// Changes the plans, remembers how to undo it, and saves after a pause.
    pub fn apply(&self, change: Change<Body>) {
        let stamp = self.stamp();
        let new_name = self.workspace.with_untracked(|w| w.id.0.is_empty()).then(|| self.new_id());
        self.inner.update_value(|i| {
            let before = i.history.len();
            let newest = i.history.next_undo().map(str::to_owned);
            let _ = self.workspace.try_update(|w| {
                if let Some(id) = new_name {
                    w.id = id;
                }
                w.apply(change, &stamp, &mut i.history);
            });
            if i.history.len() != before || i.history.next_undo().map(str::to_owned) != newest {
                i.order.push(Part::Plans);
            }
            i.generation += 1;
        });
        self.save_later();
    }

    /// A change that stands in the toast with Undo beside it.
    pub fn deed(&self, change: Change<Body>) {
        let text = format!("{}.", change.label);
        self.apply(change);
        self.toast.set(Some(ToastMessage { text, undo: Undo::Offered }));
    }

    /// Changes one item in place.
    pub fn edit(&self, id: &Id, label: &str, change: impl FnOnce(&mut Body)) {
        let Some((mut body, links)) =
            self.workspace.with_untracked(|w| w.get(id).cloned().map(|b| (b, w.links(id).to_vec())))
        else {
            return;
        };
        let before = body.clone();
        change(&mut body);
        if body != before {
            self.apply(Change::put(label, id.clone(), links, body));
        }
    }

    /// Adds an item and goes to it.
    pub fn start(&self, body: Body) -> Id {
        let id = self.new_id();
        self.deed(Change::put(&format!("New: {}", body.kind().to_lowercase()), id.clone(), Vec::new(), body));
        self.app.go(&format!("#/plans/item/{id}"));
        id
    }

    pub(super) fn personal_changed(&self) {
        self.inner.update_value(|i| {
            i.order.push(Part::Personal);
        });
    }

    /// Takes the newest change back.
    pub fn undo(&self) {
        let stamp = self.stamp();
        let mut undone = None;
        self.inner.update_value(|i| {
            let part = i.order.pop();
            undone = match part {
                Some(Part::Personal) => self.personal.try_update(|p| i.personal_history.undo(p, &stamp)).flatten(),
                _ => self.workspace.try_update(|w| i.history.undo(w, &stamp)).flatten(),
            };
            i.generation += 1;
        });
        let text = match undone {
            None => "There is nothing to undo.".to_owned(),
            Some(undone) if undone.left_alone.is_empty() => format!("Taken back: {}.", undone.label.to_lowercase()),
            Some(undone) => {
                format!("Taken back: {}. What somebody changed since was left.", undone.label.to_lowercase())
            }
        };
        self.toast.set(Some(ToastMessage { text, undo: Undo::Impossible }));
        self.save_later();
        self.save_personal_later();
    }

    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.workspace.track();
        self.personal.track();
        self.inner.with_value(|i| !i.order.is_empty())
    }

    /// Forgets everything that this tab holds in memory.
    pub(super) fn forget(&self) {
        self.inner.update_value(|i| {
            i.base = None;
            i.history.clear();
            i.personal_history.clear();
            i.personal_base = None;
            i.passphrase = None;
            i.order.clear();
            i.generation += 1;
            i.personal_generation += 1;
        });
        self.workspace.set(Workspace::default());
        self.personal.set(Personal::default());
        self.remember.set(Remember::Memory);
        self.save_state.set(SaveState::Untouched);
        self.set_aside.set(None);
        self.backed_up.set(None);
        self.merged.set(None);
        self.toast.set(None);
        self.measure();
    }

    /// Says what was done, with Undo beside it.
    pub fn offer_undo(&self, text: &str) {
        self.toast.set(Some(ToastMessage { text: format!("{text}."), undo: Undo::Offered }));
    }
}
