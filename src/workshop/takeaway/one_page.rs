//! How much of what a team wrote fits on one sheet.

use super::{Block, Section};

/// Characters in one line of an answer, as two columns print it.
const LINE_CHARS: usize = 46;
/// Half lines in both columns together on a Letter sheet, the table of who does what included. Measured in print:
/// from 10 more on a second sheet begins.
const HALF_LINES: usize = 130;
/// Half lines of a question: its words and the gap above.
const QUESTION: usize = 3;
/// Half lines that a row of who does what takes from both columns: an empty one, one to be read, and each line of it.
const BLANK_ROW: usize = 7;
const ROW: usize = 1;
const ROW_LINE: usize = 4;
/// Characters in one line of a cell there, and as many as stand there at most.
const CELL_LINE: usize = 30;
const CELL_CHARS: usize = 60;
/// Lines of one answer, where there is room.
const MOST_LINES: usize = 8;

/// A cell of who does what, as much as stands there.
pub(super) fn cell(text: &str) -> String {
    clip(text, CELL_CHARS)
}

/// Half lines that are left for answers beside this table of who does what.
pub(super) fn room_beside(commitments: &[Vec<String>]) -> usize {
    HALF_LINES.saturating_sub(commitments.iter().map(|row| row_half_lines(row)).sum())
}

/// Of so many findings and choices, how many can stand in a line each; the longer list gives way.
pub(super) fn how_many(room: usize, mut found: usize, mut chose: usize) -> (usize, usize) {
    while (found + chose) * (QUESTION + 2) > room && found + chose > 2 {
        *if chose >= found { &mut chose } else { &mut found } -= 1;
    }
    (found, chose)
}

/// Cuts every answer to as many lines as let all fit into `room` half lines. Whether anything was cut.
pub(super) fn fit(sections: &mut [&mut Section], room: usize) -> bool {
    let mut answers: Vec<&mut Vec<String>> = Vec::new();
    for block in sections.iter_mut().flat_map(|section| &mut section.blocks) {
        if let Block::Answer { lines, .. } = block {
            answers.push(lines);
        }
    }
    let tall = |lines: &[String]| lines.iter().map(|line| printed_lines(line)).sum::<usize>();
    let with = |most: usize| answers.iter().map(|lines| QUESTION + 2 * tall(lines).min(most)).sum::<usize>();
    let most = (1..=MOST_LINES).rev().find(|most| with(*most) <= room).unwrap_or(1);
    let mut cut = false;
    for lines in answers {
        if tall(lines) > most {
            cut_to(lines, most);
            cut = true;
        }
    }
    cut
}

fn row_half_lines(row: &[String]) -> usize {
    match row.iter().map(|cell| cell.chars().count().div_ceil(CELL_LINE)).max() {
        None | Some(0) => BLANK_ROW,
        Some(lines) => ROW + ROW_LINE * lines,
    }
}

fn printed_lines(line: &str) -> usize {
    line.split('\n').map(|part| part.chars().count().div_ceil(LINE_CHARS).max(1)).sum()
}

/// Keeps as much as prints on `most` lines, and says where something is gone.
fn cut_to(lines: &mut Vec<String>, most: usize) {
    let mut left = most;
    let mut kept = Vec::new();
    for line in lines.iter() {
        if left == 0 {
            break;
        }
        // A line of its own is joined, so that what is kept is counted in characters alone.
        let joined = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let shown = clip(&joined, left * LINE_CHARS - 2);
        left -= printed_lines(&shown).min(left);
        kept.push(shown);
    }
    let is_less = kept.len() < lines.len();
    if let Some(last) = kept.last_mut().filter(|last| is_less && !last.ends_with('…')) {
        let shown = clip(last, LINE_CHARS * most - 2);
        *last = if shown.ends_with('…') { shown } else { format!("{shown} …") };
    }
    *lines = kept;
}

fn clip(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let end = cut.rfind(char::is_whitespace).filter(|at| *at > cut.len() / 2).unwrap_or(cut.len());
    format!("{} …", cut[..end].trim_end())
}
