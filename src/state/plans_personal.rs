//! What names a person: in memory, in the person's own file, or locked with a passphrase.

use super::plans::{Plans, standings};
use super::plans_saving::merge_words;
use super::toast::{ToastMessage, Undo};
use crate::attendance::Dataset;
use crate::browser::{clock, device, local_store};
use crate::plans::personal::Snapshot;
use crate::plans::seal::{self, Fresh, SealError};
use crate::plans::storage::backup::PersonalPart;
use crate::plans::storage::{merge, policy};
use crate::plans::{Change, Id, PersonalBody};
use leptos::prelude::*;
use leptos::task::spawn_local;

const PERSONAL: &str = "personal";
/// Making a key takes some tenths of a second, so the pause is longer than for plans.
const SAVE_AFTER_MS: i32 = 1500;

/// Where students and contacts are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remember {
    /// In this tab only.
    Memory,
    /// A locked part is kept on this device and was not opened yet.
    Locked { text: String },
    /// Kept on this device, locked; open in this tab.
    OnDevice,
    /// It should be kept, and was not.
    NotKept { why: String },
}

impl Plans {
    pub(super) fn open_personal(&self) {
        if let Ok(Some(text)) = local_store::read(PERSONAL)
            && !text.is_empty()
        {
            self.remember.set(Remember::Locked { text });
        }
    }

    pub(super) fn personal_in_another_tab(&self) {
        match local_store::read(PERSONAL) {
            Ok(None) if self.remember.with_untracked(|r| *r != Remember::Memory) => self.forget_personal(),
            Ok(Some(text)) => {
                let open = self.remember.with_untracked(|r| *r == Remember::OnDevice);
                if open { self.save_personal_now() } else { self.remember.set(Remember::Locked { text }) }
            }
            _ => {}
        }
    }

    fn forget_personal(&self) {
        self.inner.update_value(|i| {
            i.passphrase = None;
            i.personal_base = None;
            i.personal_generation += 1;
        });
        self.remember.set(Remember::Memory);
    }

    /// Changes the personal part.
    pub fn apply_personal(&self, change: Change<PersonalBody>) {
        let stamp = self.stamp();
        self.inner.update_value(|i| {
            let _ = self.personal.try_update(|p| p.apply(change, &stamp, &mut i.personal_history));
            i.personal_generation += 1;
        });
        self.personal_changed();
        self.save_personal_later();
    }

    pub fn edit_personal(&self, id: &Id, label: &str, change: impl FnOnce(&mut PersonalBody)) {
        let Some((mut body, links)) =
            self.personal.with_untracked(|p| p.get(id).cloned().map(|b| (b, p.links(id).to_vec())))
        else {
            return;
        };
        let before = body.clone();
        change(&mut body);
        if body != before {
            self.apply_personal(Change::put(label, id.clone(), links, body));
        }
    }

    /// Adds something about a person and returns its name.
    pub fn start_personal(&self, label: &str, body: PersonalBody) -> Id {
        let id = self.new_id();
        self.apply_personal(Change::put(label, id.clone(), Vec::new(), body));
        self.toast.set(Some(ToastMessage { text: format!("{label}."), undo: Undo::Offered }));
        id
    }

    pub(super) fn save_personal_later(&self) {
        if self.remember.with_untracked(|r| !matches!(r, Remember::OnDevice | Remember::NotKept { .. })) {
            return;
        }
        let plans = *self;
        let mine = self.inner.with_value(|i| i.personal_generation);
        spawn_local(async move {
            clock::pause(SAVE_AFTER_MS).await;
            if plans.inner.try_with_value(|i| i.personal_generation) == Some(mine) {
                plans.save_personal_now();
            }
        });
    }

    /// Locks and keeps the personal part; what stands there is opened and merged first.
    pub fn save_personal_now(&self) {
        match self.try_save_personal() {
            Ok(()) => self.remember.set(Remember::OnDevice),
            Err(why) => self.remember.set(Remember::NotKept { why }),
        }
    }

    fn try_save_personal(&self) -> Result<(), String> {
        let stored = local_store::read(PERSONAL).map_err(|t| t.message().to_owned())?;
        let (passphrase, base) = self.inner.with_value(|i| (i.passphrase.clone(), i.personal_base.clone()));
        let passphrase = passphrase.ok_or("Enter the passphrase first.")?;
        let (Some(salt), Some(nonce)) = (device::random(), device::random()) else {
            return Err("This browser offers no safe randomness, so nothing about persons is kept on it.".to_owned());
        };
        let ours = self.personal.get_untracked();
        let stamp = self.stamp();
        let (text, document) =
            seal::save(stored.as_deref(), &passphrase, base.as_ref(), &ours, &stamp, &Fresh { salt, nonce })
                .map_err(|e| e.to_string())?;
        if !policy::may_store_personal(&text) {
            return Err("Only locked data about persons may be kept.".to_owned());
        }
        local_store::write(PERSONAL, &text).map_err(|t| t.message().to_owned())?;
        if document != ours {
            self.personal.set(document.clone());
        }
        self.inner.update_value(|i| i.personal_base = Some(document));
        Ok(())
    }

    /// Begins to keep the personal part on this device, locked.
    pub fn remember_with(&self, passphrase: &str) {
        if passphrase.chars().count() < seal::SHORTEST_PASSPHRASE {
            self.app.say(SealError::TooShort.to_string());
            return;
        }
        self.inner.update_value(|i| i.passphrase = Some(passphrase.to_owned()));
        self.save_personal_now();
        if let Remember::NotKept { why } = self.remember.get_untracked() {
            self.inner.update_value(|i| i.passphrase = None);
            self.app.say(why);
        }
    }

    /// Opens a locked text, kept here or from a file. `Err` says what is possible.
    ///
    /// # Errors
    /// The reason in words.
    pub fn unlock(&self, text: &str, passphrase: &str, keeps: bool) -> Result<(), String> {
        let theirs = seal::open(text, passphrase).map_err(|e| e.to_string())?;
        let stamp = self.stamp();
        let ours = self.personal.get_untracked();
        let merged = merge::merge(None, &ours, &theirs, &stamp);
        self.personal.set(merged.document);
        if keeps {
            self.inner.update_value(|i| {
                i.passphrase = Some(passphrase.to_owned());
                i.personal_base = Some(theirs);
            });
            self.remember.set(Remember::OnDevice);
        }
        Ok(())
    }

    /// Removes the locked part from this device; it stays in this tab.
    pub fn stop_remembering(&self) {
        match local_store::remove(PERSONAL) {
            Ok(()) => {
                self.forget_personal();
                self.app.say("Students and contacts are no longer kept on this device. They stay in this tab until you close it.");
            }
            Err(trouble) => self.app.say(trouble.message()),
        }
    }

    pub(super) fn read_personal(&self, part: PersonalPart) {
        match part {
            PersonalPart::LeftOut => {}
            PersonalPart::Open(theirs) => {
                let stamp = self.stamp();
                let merged = merge::merge(None, &self.personal.get_untracked(), &theirs, &stamp);
                self.merged.update(|words| {
                    let more = merge_words("Its part about persons", &merged);
                    *words = Some(match words.take() {
                        Some(words) => format!("{words} {more}"),
                        None => more,
                    });
                });
                self.personal.set(merged.document);
                self.inner.update_value(|i| i.personal_generation += 1);
                self.save_personal_later();
            }
            PersonalPart::Sealed(text) => {
                self.sealed_in_file(text);
            }
        }
    }

    fn sealed_in_file(&self, text: String) {
        if self.remember.with_untracked(|r| *r == Remember::Memory) {
            self.remember.set(Remember::Locked { text });
        }
        self.app.say("The file holds a locked part about persons. Open it with its passphrase under Workspace.");
    }

    /// The personal part as it would be put into a file, locked with the passphrase in use.
    #[must_use]
    pub fn sealed(&self) -> Option<PersonalPart> {
        let passphrase = self.inner.with_value(|i| i.passphrase.clone())?;
        let fresh = Fresh { salt: device::random()?, nonce: device::random()? };
        seal::seal(&self.personal.get_untracked(), &passphrase, &fresh).ok().map(PersonalPart::Sealed)
    }

    /// Keeps everyone's tier in this export where persons are remembered on this device, so that the
    /// next export can say who moved.
    pub(super) fn keep_snapshot(&self, dataset: &Dataset, whose: &str) {
        if self.remember.with_untracked(|r| *r != Remember::OnDevice) {
            return;
        }
        let Some((_, covers_to)) = dataset.dates else { return };
        let known = self.personal.with_untracked(|p| {
            p.live().any(|(_, b)| matches!(b, PersonalBody::Snapshot(s) if s.covers_to == Some(covers_to)))
        });
        if !known {
            let standings = self.app.definition.with_untracked(|d| standings(dataset, d));
            let snapshot = Snapshot { covers_to: Some(covers_to), stamp: whose.to_owned(), standings };
            let id = self.new_id();
            self.apply_personal(Change::put("Kept the tiers", id, Vec::new(), PersonalBody::Snapshot(snapshot)));
        }
    }
}
