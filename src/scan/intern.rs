//! Turns repeated texts into small numbers, fast.

use crate::known::same;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Distinct byte strings in order of first appearance.
///
/// Files repeat themselves: the value after this one is most often the one that came after it
/// the last time. That guess is checked first and saves nearly every look-up.
///
/// The texts stand in one block behind one another: where every row is a new student, a piece of memory
/// for each would cost more than the reading.
#[derive(Default)]
pub struct Interner {
    bytes: Vec<u8>,
    /// Where each text ends.
    ends: Vec<usize>,
    /// By hash, then by the next free place: the hash, and the position or [`NONE`].
    slots: Vec<(u32, u32)>,
    successor: Vec<u32>,
    last: usize,
}

/// No position.
pub const NONE: u32 = u32::MAX;

impl Interner {
    /// The position of `text`, and whether it is new.
    pub fn intern(&mut self, text: &[u8]) -> (u32, bool) {
        if let Some(guess) = self.guessed(text) {
            return (guess, false);
        }
        // A quarter of the places stays free, so that a look-up ends soon.
        if (self.len() + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let hash = hash(text);
        let (at, new) = match self.find(text, hash) {
            Ok(at) => (at, false),
            Err(slot) => {
                let at = self.len() as u32;
                self.slots[slot] = (hash, at);
                self.bytes.extend_from_slice(text);
                self.ends.push(self.bytes.len());
                self.successor.push(NONE);
                (at, true)
            }
        };
        self.came(at);
        (at, new)
    }

    /// The position of `text` where it is known.
    #[inline]
    pub fn known(&mut self, text: &[u8]) -> Option<u32> {
        if let Some(guess) = self.guessed(text) {
            return Some(guess);
        }
        let at = self.get(text)?;
        self.came(at);
        Some(at)
    }

    /// The text that is expected next, where it is this one.
    #[inline]
    fn guessed(&mut self, text: &[u8]) -> Option<u32> {
        let guess = self.expected()?;
        if !same(self.text(guess), text) {
            return None;
        }
        self.last = guess as usize;
        Some(guess)
    }

    #[inline]
    fn came(&mut self, at: u32) {
        if let Some(after) = self.successor.get_mut(self.last) {
            *after = at;
        }
        self.last = at as usize;
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
    #[inline]
    pub fn text(&self, at: u32) -> &[u8] {
        let from = if at == 0 { 0 } else { self.ends[at as usize - 1] };
        &self.bytes[from..self.ends[at as usize]]
    }

    #[must_use]
    pub fn string(&self, at: u32) -> String {
        String::from_utf8_lossy(self.text(at)).into_owned()
    }

    #[must_use]
    pub fn get(&self, text: &[u8]) -> Option<u32> {
        if self.slots.is_empty() { None } else { self.find(text, hash(text)).ok() }
    }

    /// The text's position, or else the slot that is free for it. There must be a free slot.
    #[inline]
    fn find(&self, text: &[u8], hash: u32) -> Result<u32, usize> {
        let last = self.slots.len() - 1;
        let mut slot = hash as usize & last;
        loop {
            let (known, at) = self.slots[slot];
            if at == NONE {
                return Err(slot);
            }
            if known == hash && same(self.text(at), text) {
                return Ok(at);
            }
            slot = (slot + 1) & last;
        }
    }

    #[cold]
    fn grow(&mut self) {
        let n = (self.slots.len() * 2).max(16);
        self.slots.clear();
        self.slots.resize(n, (0, NONE));
        for at in 0..self.len() as u32 {
            let hash = hash(self.text(at));
            let mut slot = hash as usize & (n - 1);
            while self.slots[slot].1 != NONE {
                slot = (slot + 1) & (n - 1);
            }
            self.slots[slot] = (hash, at);
        }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// The lower half: in a browser there is no other.
fn hash(text: &[u8]) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(text);
    hasher.finish() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_are_told_apart_as_a_list_does(texts in prop::collection::vec("[ab]{0,6}", 0..300)) {
            let mut interner = Interner::default();
            let mut list: Vec<String> = Vec::new();
            for text in &texts {
                let at = list.iter().position(|known| known == text);
                prop_assert_eq!(interner.get(text.as_bytes()), at.map(|at| at as u32));
                prop_assert_eq!(interner.known(text.as_bytes()), at.map(|at| at as u32));
                let expected = (at.unwrap_or(list.len()) as u32, at.is_none());
                if at.is_none() {
                    list.push(text.clone());
                }
                prop_assert_eq!(interner.intern(text.as_bytes()), expected);
            }
            prop_assert_eq!(interner.len(), list.len());
            let all: Vec<String> = (0..list.len()).map(|at| interner.string(at as u32)).collect();
            prop_assert_eq!(all, list);
        }
    }
}
