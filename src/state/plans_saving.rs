//! Keeping the workspace: opening it, saving and reading back, other tabs, files of one's own.

use super::plans::{BackedUp, Plans, SetAside};
use crate::attendance::Day;
use crate::browser::{clock, device, local_store};
use crate::plans::storage::policy::{self, Failure, Opened, Save, SaveState};
use crate::plans::storage::{backup, merge, space};
use crate::plans::{Body, Moment};
use leptos::prelude::*;
use leptos::task::spawn_local;

const PLANS: &str = "plans";
const BACKED_UP: &str = "plans.backup";
/// A pause in typing after which the plans are saved.
const SAVE_AFTER_MS: i32 = 350;

impl Plans {
    pub(super) fn open(&self) {
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

    pub(super) fn measure(&self) {
        let used = local_store::keys().iter().map(|(key, size)| key.len() + 13 + size).sum();
        self.used.set(used);
    }

    pub(super) fn save_later(&self) {
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

    pub(super) fn save_if_waiting(&self) {
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

    pub(super) fn another_tab(&self, key: &str) {
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
