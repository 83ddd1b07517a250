//! Building fields and records within the limits, and handing records on.

use super::{Reader, State};
use crate::ingest::records::{Oversize, Record};
use crate::ingest::sniff::Padding;

impl Reader {
    #[inline]
    pub(super) fn keep(&mut self, bytes: &[u8]) {
        if self.data.len() + bytes.len() <= self.cap {
            self.data.extend_from_slice(bytes);
        } else {
            self.keep_part(bytes);
        }
    }

    #[cold]
    pub(super) fn keep_part(&mut self, bytes: &[u8]) {
        let room = self.cap.saturating_sub(self.data.len());
        self.data.extend_from_slice(&bytes[..room.min(bytes.len())]);
        if self.ends.len() < self.limits.columns {
            let whole = self.data.len() >= self.limits.record;
            self.oversize = Some(if whole { Oversize::Record } else { Oversize::Field });
        }
    }

    pub(super) fn end_field(&mut self) {
        if !self.quoted && self.dialect.padding == Padding::Trimmed {
            while self.data.len() > self.field_start && matches!(self.data.last(), Some(b' ' | b'\t')) {
                self.data.pop();
            }
        }
        if let [b'=', b'"', .., b'"'] = self.field() {
            self.data.pop();
            self.data.drain(self.field_start..self.field_start + 2);
        }
        if self.ends.len() < self.limits.columns {
            self.ends.push(self.data.len());
        } else {
            self.data.truncate(self.field_start);
            self.oversize = Some(Oversize::Columns);
        }
        self.start_field();
    }

    pub(super) fn start_field(&mut self) {
        self.field_start = self.data.len();
        self.quoted = false;
        self.cap = if self.ends.len() < self.limits.columns {
            (self.field_start + self.limits.field).min(self.limits.record)
        } else {
            self.field_start
        };
    }

    pub(super) fn end_record(&mut self, sink: &mut impl FnMut(&Record<'_>)) {
        let run_of_spaces = self.dialect.delimiter == b' ' && self.dialect.padding == Padding::Trimmed;
        let nothing = self.field().is_empty() && !self.quoted;
        if !(run_of_spaces && nothing && !self.ends.is_empty()) {
            self.end_field();
        }
        self.records += 1;
        sink(&Record {
            data: &self.data,
            ends: &self.ends,
            line: self.record_line,
            oversize: self.oversize,
            repaired: self.repaired,
        });
        self.data.clear();
        self.ends.clear();
        self.started = false;
        self.oversize = None;
        self.repaired = false;
        self.state = State::FieldStart;
        self.start_field();
    }
}
