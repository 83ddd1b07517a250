//! Turns repeated texts into small numbers, fast.

use crate::known::same;
use rustc_hash::FxHashMap;

/// Distinct byte strings in order of first appearance.
///
/// Files repeat themselves: the value after this one is most often the one that came after it
/// the last time. That guess is checked first and saves nearly every look-up.
#[derive(Default)]
pub struct Interner {
    positions: FxHashMap<Box<[u8]>, u32>,
    texts: Vec<Box<[u8]>>,
    successor: Vec<u32>,
    last: usize,
}

/// No position.
pub const NONE: u32 = u32::MAX;

impl Interner {
    /// The position of `text`, and whether it is new.
    pub fn intern(&mut self, text: &[u8]) -> (u32, bool) {
        if let Some(&guess) = self.successor.get(self.last)
            && guess != NONE
            && same(&self.texts[guess as usize], text)
        {
            self.last = guess as usize;
            return (guess, false);
        }
        let (at, new) = match self.positions.get(text) {
            Some(&at) => (at, false),
            None => {
                let at = self.texts.len() as u32;
                self.positions.insert(text.into(), at);
                self.texts.push(text.into());
                self.successor.push(NONE);
                (at, true)
            }
        };
        if let Some(after) = self.successor.get_mut(self.last) {
            *after = at;
        }
        self.last = at as usize;
        (at, new)
    }

    /// The position of `text` where it is known.
    #[inline]
    pub fn known(&mut self, text: &[u8]) -> Option<u32> {
        if let Some(&guess) = self.successor.get(self.last)
            && guess != NONE
            && same(&self.texts[guess as usize], text)
        {
            self.last = guess as usize;
            return Some(guess);
        }
        let at = self.get(text)?;
        if let Some(after) = self.successor.get_mut(self.last) {
            *after = at;
        }
        self.last = at as usize;
        Some(at)
    }

    /// The text expected next: the one that came after the last one the last time.
    #[inline]
    pub(crate) fn expected(&self) -> Option<u32> {
        self.successor.get(self.last).copied().filter(|next| *next != NONE)
    }

    /// Goes on as if that text had come.
    #[inline]
    pub(crate) fn step(&mut self, at: u32) {
        self.last = at as usize;
    }

    #[must_use]
    pub fn text(&self, at: u32) -> &[u8] {
        &self.texts[at as usize]
    }

    #[must_use]
    pub fn string(&self, at: u32) -> String {
        String::from_utf8_lossy(self.text(at)).into_owned()
    }

    #[must_use]
    pub fn get(&self, text: &[u8]) -> Option<u32> {
        self.positions.get(text).copied()
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}
