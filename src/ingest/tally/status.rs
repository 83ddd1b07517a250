//! What a dated row says of its day: the code, and the part of the day missed.

use super::super::cell_words;
use super::super::codes::{self, Meaning};
use super::super::problem::Kind;
use super::super::scan::Row;
use super::dated::NO_PART;
use super::{ABSENT, Code, Tally};
use crate::attendance::Days;
use std::borrow::Cow;

impl Tally {
    /// The code of a row and the part of the day it misses, in thousandths.
    #[inline]
    pub(super) fn code(&mut self, row: &Row<'_>) -> Result<(u16, u16), (Kind, usize)> {
        let columns = &self.files[self.current].columns;
        let part = if columns.part_absent != ABSENT {
            match row.get(columns.part_absent) {
                // A status without a part is about the whole day.
                b"" if columns.status != ABSENT => NO_PART,
                text => amount(text).ok_or((Kind::UnreadableNumber, columns.part_absent))?,
            }
        } else if columns.part_present != ABSENT {
            let present = part(row.get(columns.part_present)).ok_or((Kind::UnreadableNumber, columns.part_present))?;
            1000 - present
        } else {
            NO_PART
        };
        if columns.status == ABSENT {
            // The part alone says it: nothing missed is present, if perhaps late.
            let late = columns.tardy != ABSENT && self::part(row.get(columns.tardy)).is_some_and(|late| late > 0);
            let text: &[u8] = match (part, columns.excused) {
                (0, _) if late => b"Tardy",
                (0, _) => b"Present",
                (_, ABSENT) => b"Absent",
                (_, excused) => &excused_code(row.get(excused)),
            };
            return Ok((self.code_position(text, row.line), if part == 0 { NO_PART } else { part }));
        }
        let (excused, of_event) = (columns.excused, columns.part_is_of_event);
        let code = match columns.meaning {
            ABSENT => self.code_position(row.get(columns.status), row.line),
            words => self.described(row, words),
        };
        let meaning = self.codes[usize::from(code)].meaning;
        if of_event && !meaning.is_some_and(Meaning::is_absence) {
            // What the event lasted is missed only where it is an absence.
            return Ok((code, NO_PART));
        }
        if excused != ABSENT && meaning == Some(Meaning::Absent) {
            let text = excused_code(row.get(excused));
            if *text != *b"Absent" {
                return Ok((self.code_position(&text, row.line), part));
            }
        }
        Ok((code, part))
    }

    /// The code of a row with words beside it. Where they say otherwise than the code alone, it is theirs.
    fn described(&mut self, row: &Row<'_>, words: usize) -> u16 {
        let file = &mut self.files[self.current];
        let (code, words) = (row.get(file.columns.status), row.get(words));
        let mut key = std::mem::take(&mut self.people.key);
        key.clear();
        key.extend_from_slice(code);
        if !code.is_empty() {
            key.extend_from_slice(b", ");
        }
        key.extend_from_slice(words);
        let (at, new) = file.described.intern(&key);
        if new {
            let said = codes::in_words(&String::from_utf8_lossy(words));
            let alone = self.readings[self.current].meaning(&String::from_utf8_lossy(code));
            // Words that leave open what a common code means here are asked about, with the code.
            let is_theirs = said != alone && !words.is_empty();
            let of = self.code_position(if is_theirs { &key } else { code }, row.line);
            if is_theirs {
                let about = &mut self.codes[usize::from(of)];
                about.meaning = about.meaning.or(said);
            }
            self.files[self.current].described_code.push(of);
        }
        self.people.key = key;
        self.files[self.current].described_code[at as usize]
    }

    #[inline]
    pub(super) fn code_position(&mut self, text: &[u8], line: u64) -> u16 {
        let file = &mut self.files[self.current];
        let (at, new) = file.codes.intern(text);
        if new {
            self.new_code(text, line);
        }
        self.files[self.current].code_of[at as usize]
    }

    #[cold]
    fn new_code(&mut self, text: &[u8], line: u64) {
        let text = String::from_utf8_lossy(text).into_owned();
        let meaning = self.readings[self.current].meaning(&text);
        // Beyond this many codes the column is no status column; the last slot takes the rest.
        let at = self.codes.len().min(usize::from(u16::MAX) - 1);
        if at == self.codes.len() {
            self.codes.push(Code { file: self.current as u16, text, meaning, rows: 0, first_line: line });
        }
        self.files[self.current].code_of.push(at as u16);
    }
}

/// Thousandths of a day, 0 to 1000; `None` where it is no part of a day.
fn part(text: &[u8]) -> Option<u16> {
    amount(text).filter(|part| *part <= 1000)
}

/// Thousandths of a day, or of several. Yes and no count as one and nothing.
fn amount(text: &[u8]) -> Option<u16> {
    match text {
        b"Y" | b"y" | b"TRUE" | b"True" | b"true" => return Some(1000),
        b"N" | b"n" | b"FALSE" | b"False" | b"false" | b"" => return Some(0),
        _ => {}
    }
    let text = std::str::from_utf8(text).ok()?;
    if let Some(part) = cell_words::part(text) {
        return Some(part);
    }
    let (number, of) = text.strip_suffix('%').map_or((text, 1), |percent| (percent.trim_end(), 100));
    u16::try_from(Days::parse(number)?.thousandths() / of).ok().filter(|part| *part != NO_PART)
}

/// What an “excused” column says of an absence, as a code: one that no system knows is asked about.
fn excused_code(text: &[u8]) -> Cow<'static, [u8]> {
    Cow::Borrowed(match text.to_ascii_lowercase().as_slice() {
        b"1" | b"y" | b"yes" | b"true" | b"e" | b"ex" | b"excused" => b"Excused",
        b"0" | b"n" | b"no" | b"false" | b"u" | b"unexcused" => b"Unexcused",
        // The day is no absence.
        b"exempt" => b"Exempt",
        b"" | b"a" | b"absent" | b"unknown" | b"none" | b"null" | b"-" => b"Absent",
        _ => return Cow::Owned([b"Absent, ", text].concat()),
    })
}
