//! The team's workspace as signals: reading it, changing it, undo, and saving it safely.

use super::toast::{ToastMessage, Undo};
use super::{AppState, Mode};
use crate::attendance::records::at_schools;
use crate::attendance::{Dataset, Day, Definition};
use crate::browser::{clock, device, local_store};
use crate::plans::movement::{Movement, Standing, movement};
use crate::plans::storage::policy::{self, Failure, Opened, Save, SaveState};
use crate::plans::storage::{backup, merge, space};
use crate::plans::{Body, Change, History, Id, Moment, Personal, PersonalBody, Stamp, Workspace};
use leptos::prelude::*;
use leptos::task::spawn_local;

pub use super::plans_personal::Remember;

const PLANS: &str = "plans";
const BACKED_UP: &str = "plans.backup";
/// A pause in typing after which the plans are saved.
const SAVE_AFTER_MS: i32 = 350;

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

/// What this tab alone knows.
pub(super) struct Inner {
    actor: String,
    next: u64,
    /// What this tab last read or wrote.
    base: Option<Workspace>,
    history: History<Body>,
    pub(super) personal_history: History<PersonalBody>,
    pub(super) personal_base: Option<Personal>,
    pub(super) passphrase: Option<String>,
    /// Which document each of the last changes was made to; the newest last.
    order: Vec<Part>,
    /// Rises with every change, so that only the last pause in typing saves.
    generation: u64,
    pub(super) personal_generation: u64,
    asked_to_persist: bool,
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
    /// Who moved tier between the last two exports.
    pub movement: Memo<Vec<Movement>>,
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
    let movement = Memo::new(move |_| movements(&app, personal));
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
        movement,
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
#[must_use]
pub fn standings(dataset: &Dataset, definition: &Definition) -> Vec<Standing> {
    let mut all: Vec<Standing> = at_schools(dataset, definition)
        .iter()
        .map(|r| Standing {
            student: dataset.students[r.student as usize].id.clone(),
            school: dataset.schools[usize::from(r.school)].name.clone(),
            tier: r.tier(),
        })
        .collect();
    all.sort();
    all
}

fn movements(app: &AppState, personal: RwSignal<Personal>) -> Vec<Movement> {
    let Some(loaded) = app.loaded.get() else { return Vec::new() };
    let now = &loaded.outcome.dataset;
    let last = now.dates.map(|(_, to)| to);
    app.definition.with(|definition| {
        let before = app.earlier.get().filter(|e| e.outcome.dataset.dates.map(|(_, to)| to) < last);
        let before = match before {
            Some(earlier) => standings(&earlier.outcome.dataset, definition),
            None => {
                let kept = personal.with(|p| last.and_then(|day| p.snapshot_before(day)).map(|s| s.standings.clone()));
                match kept {
                    Some(kept) => kept,
                    None => return Vec::new(),
                }
            }
        };
        movement(&before, &standings(now, definition))
    })
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

    fn open(&self) {
        let stored = match local_store::read(PLANS) {
            Ok(stored) => stored,
            Err(_) => {
                self.save_state.set(SaveState::NotSaved { why: Failure::Denied });
                return;
            }
        };
        match policy::open::<Body>(stored.as_deref()) {
            Opened::Empty => {}
            Opened::Ready(workspace) => {
                self.inner.update_value(|i| i.base = Some(workspace.clone()));
                self.workspace.set(workspace);
                self.save_state.set(SaveState::Saved { at: Moment(clock::now_ms() as i64) });
            }
            Opened::Unreadable { error, text } => {
                let words = format!(
                    "What was kept here could not be read. {error} It is kept as it is; save it as a file before you go on."
                );
                self.set_aside.set(Some(SetAside { words, text }));
            }
            Opened::TooNew { found, text } => {
                self.save_state.set(SaveState::NotSaved { why: Failure::Newer { found } });
                let words = format!(
                    "These plans were saved by a newer Bright Spots (version {found}). They are left as they are; what you write now stays in this tab."
                );
                self.set_aside.set(Some(SetAside { words, text }));
            }
        }
        let kept = local_store::read(BACKED_UP).ok().flatten();
        self.backed_up.set(kept.and_then(|text| {
            let (changes, on) = text.split_once(' ')?;
            Some(BackedUp { changes: changes.parse().ok()?, on: Day::parse_iso(on) })
        }));
        self.measure();
    }

    fn measure(&self) {
        let used = local_store::keys().iter().map(|(key, size)| key.len() + 13 + size).sum();
        self.used.set(used);
    }

    fn save_later(&self) {
        self.save_state.set(SaveState::Saving);
        let plans = *self;
        let mine = self.inner.with_value(|i| i.generation);
        spawn_local(async move {
            clock::pause(SAVE_AFTER_MS).await;
            if plans.inner.try_with_value(|i| i.generation) == Some(mine) {
                plans.save_now();
            }
        });
    }

    fn save_if_waiting(&self) {
        if self.save_state.with_untracked(|s| *s == SaveState::Saving) {
            self.save_now();
        }
    }

    /// Saves: reads what stands there, merges, writes, and reads back.
    pub fn save_now(&self) {
        let result = self.try_save();
        self.save_state.set(match result {
            Ok(()) => SaveState::Saved { at: Moment(clock::now_ms() as i64) },
            Err(why) => SaveState::NotSaved { why },
        });
        self.measure();
    }

    fn try_save(&self) -> Result<(), Failure> {
        let stored = local_store::read(PLANS).map_err(|_| Failure::Denied)?;
        let ours = self.workspace.get_untracked();
        let stamp = self.stamp();
        let save = self.inner.with_value(|i| policy::save(stored.as_deref(), i.base.as_ref(), &ours, &stamp));
        let write = match save {
            Save::Nothing => {
                self.inner.update_value(|i| i.base = Some(ours));
                return Ok(());
            }
            Save::Refuse { found } => return Err(Failure::Newer { found }),
            Save::Write(write) => write,
        };
        if let Some(text) = &write.keep_first {
            let key = policy::keep_under(text, |key| local_store::read(bare(key)).ok().flatten());
            local_store::write(bare(&key), text).map_err(|_| Failure::CouldNotKeepUnreadable)?;
        }
        local_store::write(PLANS, &write.text).map_err(|trouble| match trouble {
            local_store::Trouble::Denied => Failure::Denied,
            local_store::Trouble::Full => Failure::Full,
            local_store::Trouble::NotKept => Failure::NotThere,
        })?;
        let mut ask = false;
        self.inner.update_value(|i| {
            i.base = Some(write.document.clone());
            ask = !i.asked_to_persist;
            i.asked_to_persist = true;
        });
        if ask {
            device::ask_to_persist();
        }
        if write.document != ours {
            self.workspace.set(write.document);
        }
        if let Some(merged) = &write.merged {
            self.merged.set(Some(merge_words("Another tab", merged)));
        }
        Ok(())
    }

    fn another_tab(&self, key: &str) {
        match key {
            // Everything was cleared, or the plans were removed: a wipe reaches every tab.
            "" => self.forget(),
            "plans" => match local_store::read(PLANS) {
                Ok(Some(_)) => self.save_now(),
                Ok(None) => self.forget(),
                Err(_) => {}
            },
            "personal" => self.personal_in_another_tab(),
            "plans-inbox" => self.take_inbox(),
            _ => {}
        }
    }

    /// Forgets everything that this tab holds in memory.
    fn forget(&self) {
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

    /// Saves the workspace as a file of the person's own.
    pub fn save_file(&self, personal: backup::PersonalPart) {
        let plans = self.workspace.get_untracked();
        let changes = plans.changes();
        let file = backup::Backup { made_on: Some(self.today()), plans, personal };
        match backup::write(&file) {
            Ok(text) => {
                self.app.save(&format!("bright-spots-plans-{}.json", self.today().iso()), "application/json", &text);
                let done = BackedUp { changes, on: Some(self.today()) };
                self.backed_up.set(Some(done));
                // Where it cannot be kept, the file is only offered again.
                let _ = local_store::write(BACKED_UP, &format!("{changes} {}", self.today().iso()));
                self.measure();
            }
            Err(error) => self.app.say(error.to_string()),
        }
    }

    /// Whether to offer a workspace file.
    #[must_use]
    pub fn backup_due(&self) -> bool {
        let kept = self.backed_up.get();
        let days = kept.and_then(|k| k.on).map(|on| self.today().0 - on.0);
        self.workspace.with(|w| policy::backup_due(w.changes(), kept.map(|k| k.changes), days))
    }

    /// Reads a workspace file and puts it together with what is here. Nothing is lost.
    pub fn read_file(&self, text: &str) {
        match backup::read(text) {
            Ok(file) => {
                let stamp = self.stamp();
                let ours = self.workspace.get_untracked();
                let merged = merge::merge(None, &ours, &file.plans, &stamp);
                self.merged.set(Some(merge_words("The file", &merged)));
                let mut document = merged.document;
                if document.id.0.is_empty() {
                    document.id = file.plans.id.clone();
                }
                self.workspace.set(document);
                self.inner.update_value(|i| i.generation += 1);
                self.save_now();
                self.read_personal(file.personal);
            }
            Err(error) => self.app.say(error.to_string()),
        }
    }

    /// Room in use, in words.
    #[must_use]
    pub fn room(&self) -> (String, space::Room) {
        let used = self.used.get();
        (space::words(used, space::USUAL_LIMIT), space::room(used, space::USUAL_LIMIT))
    }
}

fn bare(key: &str) -> &str {
    key.strip_prefix(local_store::PREFIX).unwrap_or(key)
}

/// What a merge brought, in words.
pub(super) fn merge_words<B>(whose: &str, merged: &merge::Merged<B>) -> String {
    let count = |n: usize, what: &str| (n > 0).then(|| format!("{n} {what}"));
    let parts: Vec<String> = [
        count(merged.added.len(), "new"),
        count(merged.changed.len(), "changed"),
        count(merged.removed.len(), "removed"),
        count(merged.differences.len(), "written in two ways, to be decided"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let other = if merged.other_workspace { " It is of another workspace." } else { "" };
    if parts.is_empty() {
        format!("{whose} held nothing that was not here already.{other}")
    } else {
        format!("{whose} was put together with what is here: {}. Nothing was lost.{other}", parts.join(", "))
    }
}

impl Plans {
    /// Says what was done, with Undo beside it.
    pub fn offer_undo(&self, text: &str) {
        self.toast.set(Some(ToastMessage { text: format!("{text}."), undo: Undo::Offered }));
    }
}
