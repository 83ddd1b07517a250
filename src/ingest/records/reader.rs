//! The state machine behind [`Reader`]: one byte class at a time, with a way back out of a quoted field that turns out
//! never to have been closed.

mod fields;
mod quoted;

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
}

/// Where to read on.
enum Step {
    On(usize),
    Back(Vec<u8>),
}
