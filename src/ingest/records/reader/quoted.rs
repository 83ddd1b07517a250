//! Quoted fields: where they end, and the way back out of one that was never closed.

use super::{CR, DELIMITER, ESCAPE, LF, NUL, ORDINARY, QUOTE, Reader, SoftClose, State, Step};
use crate::ingest::records::{Oversize, Record};
use crate::ingest::sniff::Padding;

impl Reader {
    pub(super) fn quoted(&mut self, buf: &[u8], start: usize, sink: &mut impl FnMut(&Record<'_>)) -> Step {
        let mut i = start;
        let b = buf[i];
        match self.state {
            State::QuotedEscape => {
                self.state = State::Quoted;
                if Some(b) == self.dialect.quote {
                    self.note_soft_close(buf, i, b'\\');
                    self.keep(&[b]);
                    return Step::On(i + 1);
                }
                self.keep(b"\\");
                if b == b'\\' {
                    return Step::On(i + 1);
                }
                return Step::On(i);
            }
            State::QuoteSeen | State::SpacesSeen(_) => {
                let spaces = if let State::SpacesSeen(n) = self.state { n } else { 0 };
                let class = self.outside[usize::from(b)];
                if spaces == 0 && Some(b) == self.dialect.quote {
                    self.note_soft_close(buf, i, b);
                    self.keep(&[b]);
                    self.state = State::Quoted;
                    return Step::On(i + 1);
                }
                if matches!(class, DELIMITER | LF | CR) {
                    self.opened = None;
                    self.state = State::Unquoted;
                    return Step::On(self.unquoted(buf, i, sink));
                }
                if b == b' ' || b == 0 {
                    self.state = State::SpacesSeen(spaces + usize::from(b == b' '));
                    return Step::On(i + 1);
                }
                // Neither escaped nor closing. Where only an opening quote can stand, this field was never closed.
                if spaces == 0 && self.could_only_open() {
                    return self.rewind(buf, i);
                }
                let quote = self.dialect.quote.unwrap_or(b'"');
                self.keep(&[quote]);
                for _ in 0..spaces {
                    self.keep(b" ");
                }
                self.state = State::Quoted;
                return Step::On(i);
            }
            _ => {}
        }
        loop {
            // The place where looking for the closing quote ends is exact, so that chunks do not matter.
            let stop = match self.opened {
                Some(o) if !o.committed => {
                    let end = o.at + self.limits.field as u64;
                    if self.base + i as u64 >= end {
                        match self.past_limit(buf, i) {
                            Some(step) => return step,
                            None => buf.len(),
                        }
                    } else {
                        buf.len().min((end - self.base) as usize)
                    }
                }
                _ => buf.len(),
            };
            let from = i;
            while i < stop && self.inside[usize::from(buf[i])] == ORDINARY {
                i += 1;
            }
            if i > from {
                self.keep(&buf[from..i]);
            }
            let Some(&b) = buf.get(i) else {
                return Step::On(i);
            };
            if i == stop {
                continue;
            }
            match self.inside[usize::from(b)] {
                QUOTE => {
                    self.state = State::QuoteSeen;
                    return Step::On(i + 1);
                }
                ESCAPE => {
                    self.state = State::QuotedEscape;
                    return Step::On(i + 1);
                }
                NUL => self.nuls += 1,
                class => {
                    match self.opened {
                        Some(o) if o.committed => {
                            self.opened = None;
                            self.state = State::Unquoted;
                            return Step::On(self.unquoted(buf, i, sink));
                        }
                        Some(o) if o.at < self.one_line_until => return self.rewind(buf, i),
                        _ => {}
                    }
                    // CRLF is one line.
                    if class == CR || self.field().last() != Some(&b'\r') {
                        self.line += 1;
                    }
                    self.keep(&[b]);
                    if let Some(o) = &mut self.opened {
                        o.crossed_line = true;
                    }
                }
            }
            i += 1;
        }
    }

    pub(super) fn field(&self) -> &[u8] {
        &self.data[self.field_start..]
    }

    /// Whether a quote after what the present field holds can only be an opening one: it follows a delimiter or a
    /// line end.
    pub(super) fn could_only_open(&self) -> bool {
        if self.opened.is_none_or(|o| o.committed) {
            return false;
        }
        let mut text = self.field();
        if self.dialect.padding == Padding::Trimmed && self.dialect.delimiter != b' ' {
            while let [head @ .., b' '] = text {
                text = head;
            }
        }
        text.last().is_some_and(|&c| matches!(self.outside[usize::from(c)], DELIMITER | LF | CR))
    }

    /// Remember the first escaped quote that a delimiter or line end follows.
    pub(super) fn note_soft_close(&mut self, buf: &[u8], i: usize, tail: u8) {
        let Some(mut open) = self.opened else {
            return;
        };
        if open.committed || open.soft_close.is_some_and(|s| self.ends_field(self.byte_at(buf, s.at))) {
            return;
        }
        let at = self.base + i as u64 + 1;
        open.soft_close = Some(SoftClose { at, line: self.line, nuls: self.nuls, keep: self.data.len(), tail });
        self.opened = Some(open);
    }

    pub(super) fn ends_field(&self, byte: u8) -> bool {
        matches!(self.outside[usize::from(byte)], DELIMITER | LF | CR)
    }

    /// A byte at or after the opening quote.
    pub(super) fn byte_at(&self, buf: &[u8], at: u64) -> u8 {
        if at >= self.base {
            buf[(at - self.base) as usize]
        } else {
            let open = self.opened.map_or(at, |o| o.at);
            self.raw[(at - open) as usize]
        }
    }

    /// The limit came before a closing quote. Go back if a line end was crossed, else give up on going back.
    pub(super) fn past_limit(&mut self, buf: &[u8], i: usize) -> Option<Step> {
        if self.opened.is_some_and(|o| o.crossed_line) {
            self.one_line_until = self.base + i as u64;
            return Some(self.rewind(buf, i));
        }
        if let Some(o) = &mut self.opened {
            o.committed = true;
        }
        self.raw.clear();
        self.oversize = Some(Oversize::Field);
        None
    }

    /// The quoted field at hand is malformed, seen at `buf[i]`: go back to where it can be read otherwise.
    pub(super) fn rewind(&mut self, buf: &[u8], i: usize) -> Step {
        let base = self.base;
        let open_at = self.opened.map_or(base, |o| o.at);
        let raw = std::mem::take(&mut self.raw);
        let byte = |at: u64| if at >= base { buf[(at - base) as usize] } else { raw[(at - open_at) as usize] };
        let resume = self.go_back(base + i as u64, byte);
        if resume >= base {
            Step::On((resume - base) as usize)
        } else {
            Step::Back(raw[(resume - open_at) as usize..].to_vec())
        }
    }

    /// Undo the quoted field at hand and say from where in the input to read on.
    pub(super) fn go_back(&mut self, trigger: u64, byte: impl Fn(u64) -> u8) -> u64 {
        let Some(open) = self.opened.take() else {
            return trigger;
        };
        self.repaired = true;
        self.oversize = open.oversize;
        let resume = match open.soft_close.filter(|s| s.at < trigger && self.ends_field(byte(s.at))) {
            Some(soft) => {
                self.data.truncate(soft.keep);
                self.keep(&[soft.tail]);
                self.line = soft.line;
                self.nuls = soft.nuls;
                soft.at
            }
            None => {
                self.data.truncate(self.field_start);
                self.quoted = false;
                self.line = open.line;
                self.nuls = open.nuls;
                if open.guard {
                    self.keep(b"=");
                }
                self.keep(&[self.dialect.quote.unwrap_or(b'"')]);
                open.at + 1
            }
        };
        self.state = State::Unquoted;
        // Hostile input could make every byte be read again and again: then quotes lose their meaning up to here.
        self.reread += trigger - resume;
        if self.reread > 4 * (trigger + self.limits.field as u64) {
            self.plain_until = trigger;
        }
        resume
    }
}
