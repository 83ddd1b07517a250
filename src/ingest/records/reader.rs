//! The state machine behind [`Reader`]: one byte class at a time, with a way back out of a quoted field that turns out
//! never to have been closed.

use super::{Limits, Oversize, Record, Terminators};
use crate::ingest::sniff::{Dialect, Escape, Padding};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before the first byte of a field.
    FieldStart,
    /// After `=` at the start of a field: a guard if a quote follows.
    Equals,
    Unquoted,
    /// After a backslash in an unquoted field.
    UnquotedEscape,
    Quoted,
    /// After a backslash in a quoted field.
    QuotedEscape,
    /// After a quote in a quoted field.
    QuoteSeen,
    /// After a quote and this many spaces in a quoted field.
    SpacesSeen(usize),
}

const ORDINARY: u8 = 0;
const DELIMITER: u8 = 1;
const LF: u8 = 2;
const CR: u8 = 3;
const NUL: u8 = 4;
const QUOTE: u8 = 5;
const ESCAPE: u8 = 6;

/// What is known about the quoted field being read, enough to go back.
#[derive(Clone, Copy, Debug)]
struct Opened {
    /// Where the opening quote stands in the whole input.
    at: u64,
    line: u64,
    nuls: u64,
    guard: bool,
    oversize: Option<Oversize>,
    crossed_line: bool,
    /// An escaped quote with a delimiter or line end after it: a closing quote if the field turns out malformed.
    soft_close: Option<SoftClose>,
    /// Too much was read to go back: the field ends at the next line end.
    committed: bool,
}

#[derive(Clone, Copy, Debug)]
struct SoftClose {
    /// The byte after the quote, in the whole input.
    at: u64,
    line: u64,
    nuls: u64,
    /// Field bytes to keep, before `tail`.
    keep: usize,
    tail: u8,
}

/// A push reader. See the module for its rules.
pub struct Reader {
    dialect: Dialect,
    limits: Limits,
    outside: [u8; 256],
    inside: [u8; 256],
    state: State,
    data: Vec<u8>,
    ends: Vec<usize>,
    field_start: usize,
    /// Bytes of the current record that were seen, kept or not: an empty record is emitted, no record is not.
    started: bool,
    quoted: bool,
    line: u64,
    record_line: u64,
    after_cr: bool,
    oversize: Option<Oversize>,
    repaired: bool,
    nuls: u64,
    records: u64,
    terminators: Terminators,
    /// Bytes consumed before the chunk in hand.
    base: u64,
    bom: Bom,
    opened: Option<Opened>,
    /// The bytes from `opened.at` to `base`.
    raw: Vec<u8>,
    /// `data` may not grow past this before the field ends.
    cap: usize,
    /// Quoted fields that open before this place may not cross a line end.
    one_line_until: u64,
    /// Quotes before this place open nothing.
    plain_until: u64,
    reread: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bom {
    Matched(u8),
    Done,
}

impl Reader {
    pub fn new(dialect: Dialect) -> Reader {
        Reader::with_limits(dialect, Limits::USUAL)
    }

    pub fn with_limits(dialect: Dialect, limits: Limits) -> Reader {
        let mut outside = [ORDINARY; 256];
        let mut inside = [ORDINARY; 256];
        outside[0] = NUL;
        inside[0] = NUL;
        if dialect.escape == Escape::Backslash {
            outside[usize::from(b'\\')] = ESCAPE;
            inside[usize::from(b'\\')] = ESCAPE;
        }
        if let Some(q) = dialect.quote {
            inside[usize::from(q)] = QUOTE;
        }
        outside[usize::from(dialect.delimiter)] = DELIMITER;
        for table in [&mut outside, &mut inside] {
            table[usize::from(b'\n')] = LF;
            table[usize::from(b'\r')] = CR;
        }
        Reader {
            dialect,
            limits,
            outside,
            inside,
            state: State::FieldStart,
            data: Vec::new(),
            ends: Vec::new(),
            field_start: 0,
            started: false,
            quoted: false,
            line: 1,
            record_line: 1,
            after_cr: false,
            oversize: None,
            repaired: false,
            nuls: 0,
            records: 0,
            terminators: Terminators::default(),
            base: 0,
            bom: Bom::Matched(0),
            opened: None,
            raw: Vec::new(),
            cap: limits.field.min(limits.record),
            one_line_until: 0,
            plain_until: 0,
            reread: 0,
        }
    }

    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// NUL bytes left out so far.
    pub fn nuls(&self) -> u64 {
        self.nuls
    }

    /// Records given so far.
    pub fn records(&self) -> u64 {
        self.records
    }

    /// How records ended so far.
    pub fn terminators(&self) -> Terminators {
        self.terminators
    }

    /// Read the next piece of the file.
    pub fn push(&mut self, chunk: &[u8], sink: &mut impl FnMut(&Record<'_>)) {
        let mut chunk = chunk;
        if let Bom::Matched(mut n) = self.bom {
            const MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];
            while n < 3 {
                match chunk.first() {
                    None => {
                        self.bom = Bom::Matched(n);
                        return;
                    }
                    Some(&b) if b == MARK[usize::from(n)] => {
                        n += 1;
                        chunk = &chunk[1..];
                    }
                    Some(_) => {
                        self.bom = Bom::Done;
                        self.run_all(&MARK[..usize::from(n)], sink);
                        break;
                    }
                }
            }
            self.bom = Bom::Done;
        }
        self.run_all(chunk, sink);
    }

    /// Say that the file ends here; gives the last record if no line end closed it.
    pub fn finish(&mut self, sink: &mut impl FnMut(&Record<'_>)) {
        if let Bom::Matched(n) = self.bom {
            self.bom = Bom::Done;
            self.run_all(&[0xEF, 0xBB, 0xBF][..usize::from(n)], sink);
        }
        while let (State::Quoted | State::QuotedEscape, Some(open)) = (self.state, self.opened) {
            if open.committed {
                break;
            }
            self.one_line_until = self.base;
            let raw = std::mem::take(&mut self.raw);
            let resume = self.go_back(self.base, |at| raw[(at - open.at) as usize]);
            self.base = resume;
            self.run_all(&raw[(resume - open.at) as usize..], sink);
        }
        if self.state == State::UnquotedEscape {
            self.keep(b"\\");
        }
        if self.state == State::Equals {
            self.keep(b"=");
        }
        self.opened = None;
        if self.started {
            self.end_record(sink);
        }
        self.state = State::FieldStart;
    }

    fn run_all(&mut self, chunk: &[u8], sink: &mut impl FnMut(&Record<'_>)) {
        loop {
            let start = self.base;
            match self.run(chunk, sink) {
                None => {
                    self.base = start + chunk.len() as u64;
                    return;
                }
                // Going back before this piece: read the kept bytes again, then this piece from its start. They open
                // no earlier than the kept bytes begin, so this cannot nest.
                Some(kept) => {
                    self.base = start - kept.len() as u64;
                    let again = self.run(&kept, sink);
                    debug_assert!(again.is_none());
                    self.base = start;
                }
            }
        }
    }

    /// Read `buf`, which begins at `self.base`. Some(bytes): go back and read these first.
    fn run(&mut self, buf: &[u8], sink: &mut impl FnMut(&Record<'_>)) -> Option<Vec<u8>> {
        let mut i = 0;
        while i < buf.len() {
            match self.state {
                State::FieldStart => {
                    let b = buf[i];
                    if self.after_cr {
                        self.after_cr = false;
                        if b == b'\n' {
                            self.terminators.cr -= 1;
                            self.terminators.crlf += 1;
                            i += 1;
                            continue;
                        }
                    }
                    if !self.started {
                        self.record_line = self.line;
                    }
                    self.started = true;
                    if Some(b) == self.dialect.quote && self.base + i as u64 >= self.plain_until {
                        self.open(i, false);
                        i += 1;
                        continue;
                    }
                    if b == b'=' {
                        self.state = State::Equals;
                        i += 1;
                        continue;
                    }
                    if self.dialect.padding == Padding::Trimmed
                        && (b == b' ' || b == b'\t' && b != self.dialect.delimiter)
                    {
                        // Spaces as delimiter: a run of them is one. Else padding before the field.
                        i += 1;
                        continue;
                    }
                    self.state = State::Unquoted;
                }
                State::Equals => {
                    if buf[i] == b'"' && self.dialect.quote == Some(b'"') && self.base + i as u64 >= self.plain_until {
                        self.open(i, true);
                        i += 1;
                    } else {
                        self.keep(b"=");
                        self.state = State::Unquoted;
                    }
                }
                State::Unquoted => i = self.unquoted(buf, i, sink),
                State::UnquotedEscape => {
                    let b = buf[i];
                    let special = b == self.dialect.delimiter || Some(b) == self.dialect.quote || b == b'\\';
                    self.state = State::Unquoted;
                    if special {
                        self.keep(&[b]);
                        i += 1;
                    } else {
                        self.keep(b"\\");
                    }
                }
                State::Quoted | State::QuotedEscape | State::QuoteSeen | State::SpacesSeen(_) => {
                    match self.quoted(buf, i, sink) {
                        Step::On(next) => i = next,
                        Step::Back(kept) => return Some(kept),
                    }
                }
            }
        }
        if let Some(open) = self.opened.filter(|o| !o.committed) {
            let from = open.at.max(self.base) - self.base;
            self.raw.extend_from_slice(&buf[from as usize..]);
        }
        None
    }

    fn open(&mut self, i: usize, guard: bool) {
        self.opened = Some(Opened {
            at: self.base + i as u64,
            line: self.line,
            nuls: self.nuls,
            guard,
            oversize: self.oversize,
            crossed_line: false,
            soft_close: None,
            committed: false,
        });
        self.raw.clear();
        self.quoted = true;
        self.state = State::Quoted;
    }

    fn unquoted(&mut self, buf: &[u8], start: usize, sink: &mut impl FnMut(&Record<'_>)) -> usize {
        let mut from = start;
        let mut i = start;
        loop {
            while i < buf.len() && self.outside[usize::from(buf[i])] == ORDINARY {
                i += 1;
            }
            if i > from {
                self.keep(&buf[from..i]);
            }
            let Some(&b) = buf.get(i) else {
                return i;
            };
            match self.outside[usize::from(b)] {
                DELIMITER => {
                    self.end_field();
                    i += 1;
                    // The common case, a plain next field, without leaving this loop.
                    match buf.get(i) {
                        Some(&b)
                            if Some(b) != self.dialect.quote && b != b'=' && self.dialect.padding == Padding::Kept =>
                        {
                            from = i;
                        }
                        _ => {
                            self.state = State::FieldStart;
                            return i;
                        }
                    }
                }
                LF => {
                    self.line += 1;
                    self.terminators.lf += 1;
                    self.end_record(sink);
                    return i + 1;
                }
                CR => {
                    self.line += 1;
                    self.terminators.cr += 1;
                    self.after_cr = true;
                    self.end_record(sink);
                    return i + 1;
                }
                NUL => {
                    self.nuls += 1;
                    i += 1;
                    from = i;
                }
                _ => {
                    self.state = State::UnquotedEscape;
                    return i + 1;
                }
            }
        }
    }

    fn quoted(&mut self, buf: &[u8], start: usize, sink: &mut impl FnMut(&Record<'_>)) -> Step {
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

    fn field(&self) -> &[u8] {
        &self.data[self.field_start..]
    }

    /// Whether a quote after what the present field holds can only be an opening one: it follows a delimiter or a
    /// line end.
    fn could_only_open(&self) -> bool {
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
    fn note_soft_close(&mut self, buf: &[u8], i: usize, tail: u8) {
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

    fn ends_field(&self, byte: u8) -> bool {
        matches!(self.outside[usize::from(byte)], DELIMITER | LF | CR)
    }

    /// A byte at or after the opening quote.
    fn byte_at(&self, buf: &[u8], at: u64) -> u8 {
        if at >= self.base {
            buf[(at - self.base) as usize]
        } else {
            let open = self.opened.map_or(at, |o| o.at);
            self.raw[(at - open) as usize]
        }
    }

    /// The limit came before a closing quote. Go back if a line end was crossed, else give up on going back.
    fn past_limit(&mut self, buf: &[u8], i: usize) -> Option<Step> {
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
    fn rewind(&mut self, buf: &[u8], i: usize) -> Step {
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
    fn go_back(&mut self, trigger: u64, byte: impl Fn(u64) -> u8) -> u64 {
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

    #[inline]
    fn keep(&mut self, bytes: &[u8]) {
        if self.data.len() + bytes.len() <= self.cap {
            self.data.extend_from_slice(bytes);
        } else {
            self.keep_part(bytes);
        }
    }

    #[cold]
    fn keep_part(&mut self, bytes: &[u8]) {
        let room = self.cap.saturating_sub(self.data.len());
        self.data.extend_from_slice(&bytes[..room.min(bytes.len())]);
        if self.ends.len() < self.limits.columns {
            let whole = self.data.len() >= self.limits.record;
            self.oversize = Some(if whole { Oversize::Record } else { Oversize::Field });
        }
    }

    fn end_field(&mut self) {
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

    fn start_field(&mut self) {
        self.field_start = self.data.len();
        self.quoted = false;
        self.cap = if self.ends.len() < self.limits.columns {
            (self.field_start + self.limits.field).min(self.limits.record)
        } else {
            self.field_start
        };
    }

    fn end_record(&mut self, sink: &mut impl FnMut(&Record<'_>)) {
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

enum Step {
    On(usize),
    Back(Vec<u8>),
}
