//! Kinds of absence: a letter and a fill for each, never a tier's colour.

use super::canvas::{Canvas, Type, draw};
use super::chart::{Chart, Column, Piece, Precision, Table, Width};
use super::role::Role;
use super::words;

/// How absences are told apart in pictures. The page maps its own kinds to these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    Excused,
    Unexcused,
    Suspended,
    /// Absent; the file does not say why.
    NotSaid,
    /// Late or left early: counts as present.
    Late,
}

impl Mark {
    pub const ALL: [Mark; 5] = [Mark::Excused, Mark::Unexcused, Mark::Suspended, Mark::NotSaid, Mark::Late];

    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Mark::Excused => "E",
            Mark::Unexcused => "U",
            Mark::Suspended => "S",
            Mark::NotSaid => "A",
            Mark::Late => "L",
        }
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Mark::Excused => "excused",
            Mark::Unexcused => "unexcused",
            Mark::Suspended => "suspension",
            Mark::NotSaid => "reason not given",
            Mark::Late => "late, counts as present",
        }
    }

    /// The role of text written on the mark's fill.
    #[must_use]
    pub const fn on(self) -> Role {
        match self {
            Mark::Excused => Role::Accent,
            Mark::Unexcused => Role::OnDark,
            Mark::Suspended | Mark::NotSaid => Role::Ink,
            Mark::Late => Role::Ink2,
        }
    }
}

/// Fills an area as the mark has it: soft with an accent edge, ink, ink edge, hatched, or a bar at
/// the foot.
pub fn fill(c: &mut Canvas, area: [f64; 4], mark: Mark) {
    let [x, y, width, height] = area;
    match mark {
        Mark::Excused => c.framed(area, Role::AccentSoft, Role::Accent, if height > 22.0 { 2.0 } else { 1.0 }),
        Mark::Unexcused => c.rect(x, y, width, height, Role::Ink),
        Mark::Suspended => c.framed(area, Role::Paper, Role::Ink, 2.0),
        Mark::NotSaid => {
            c.framed(area, Role::Paper, Role::LineStrong, 1.0);
            hatch(c, [x + 1.0, y + 1.0, width - 2.0, height - 2.0], Role::LineStrong);
        }
        Mark::Late => c.rect(x, y + height - 4.0, width, 4.0, Role::LineStrong),
    }
}

/// Thin slanting lines within an area: survives a copier.
pub fn hatch(c: &mut Canvas, [x, y, width, height]: [f64; 4], role: Role) {
    let mut from = x - height + 4.0;
    while from < x + width {
        // From the foot at `from` up to the right, cut to the area.
        let start = from.max(x);
        let end = (from + height).min(x + width);
        if end > start {
            c.line((start, y + height - (start - from)), (end, y + height - (end - from)), 1.0, role);
        }
        from += 6.0;
    }
}

/// Letter, fill and name of each mark, in a row; wraps. Returns where a next entry would start.
pub fn key(c: &mut Canvas, marks: &[Mark], width: f64) -> (f64, f64) {
    let (mut x, mut y) = (0.0, 0.0);
    for mark in marks {
        let wide = 28.0 + Type::label().width(mark.label());
        if x > 0.0 && x + wide > width {
            (x, y) = (0.0, y + 26.0);
        }
        c.framed([x, y, 20.0, 20.0], Role::Paper, Role::Line, 1.0);
        fill(c, [x, y, 20.0, 20.0], *mark);
        let baseline = y + if *mark == Mark::Late { 13.0 } else { 14.5 };
        letter(c, x + 10.0, baseline, *mark, 12.0);
        c.text(x + 28.0, y + 14.5, mark.label(), Type::label());
        x += wide + 20.0;
    }
    (x, y)
}

/// The mark's letter, centred; on hatching it stands on a patch of paper.
pub fn letter(c: &mut Canvas, x: f64, baseline: f64, mark: Mark, size: f64) {
    let style = Type::label().size(size).bold().role(mark.on()).middle();
    if mark == Mark::NotSaid {
        let half = style.width(mark.letter()) / 2.0 + 1.5;
        c.rect(x - half, baseline - size * 0.8, 2.0 * half, size * 0.95, Role::Paper);
    }
    c.text(x, baseline, mark.letter(), style);
}

/// A group's absent days by kind.
#[derive(Clone, Debug, PartialEq)]
pub struct KindBar {
    pub name: String,
    /// Absent days by mark, in days; hidden where `None`.
    pub days: Option<Vec<(Mark, f64)>>,
}

/// One bar of `width` by 22 pixels: letter and whole percent where they fit.
#[must_use]
pub fn kind_bar(bar: &KindBar, width: Width) -> Piece {
    Piece { svg: draw(width.px(), 22.0, |c| draw_bar(c, bar, [0.0, 0.0, width.px(), 22.0])), text: bar_text(bar) }
}

fn bar_text(bar: &KindBar) -> String {
    let Some(days) = &bar.days else { return format!("{}: {}", bar.name, words::HIDDEN_NOTE) };
    let total: f64 = days.iter().map(|d| d.1).sum();
    if total <= 0.0 {
        return format!("{}: no absent days", bar.name);
    }
    let part = |(mark, n): &(Mark, f64)| format!("{} {}", mark.label(), words::percent(n / total, Precision::Whole));
    let parts: Vec<String> = days.iter().filter(|d| d.1 > 0.0).map(part).collect();
    format!("{}: {} of {} absent days", bar.name, parts.join(", "), words::number(total, 1))
}

fn draw_bar(c: &mut Canvas, bar: &KindBar, [x, y, width, height]: [f64; 4]) {
    let days = bar.days.as_deref().unwrap_or_default();
    let total: f64 = days.iter().map(|d| d.1).sum();
    if total <= 0.0 {
        let word = if bar.days.is_none() { words::HIDDEN_NOTE } else { "no absent days" };
        c.text(x, y + height / 2.0 + 4.3, word, Type::axis());
        return;
    }
    let present: Vec<&(Mark, f64)> = days.iter().filter(|d| d.1 > 0.0).collect();
    let widths = widths(&present.iter().map(|d| d.1 / total).collect::<Vec<_>>(), width);
    let mut at = x;
    for ((mark, n), wide) in present.into_iter().zip(widths) {
        fill(c, [at, y, wide, height], *mark);
        let share = words::percent(n / total, Precision::Whole);
        let style = Type::axis().role(mark.on()).middle();
        let middle = at + wide / 2.0;
        let text = [format!("{} {share}", mark.letter()), mark.letter().to_owned()];
        if let Some(text) = text.iter().find(|t| style.width(t) + 8.0 <= wide) {
            if *mark == Mark::NotSaid {
                c.halo_text(middle, y + height / 2.0 + 4.3, text, style);
            } else {
                c.text(middle, y + height / 2.0 + 4.3, text, style);
            }
        }
        at += wide + GAP;
    }
}

/// Between neighbouring parts, in pixels.
const GAP: f64 = 1.5;
/// The narrowest part whose fill can still be told.
const LEAST: f64 = 6.0;

/// The parts' widths: at least [`LEAST`], at the cost of the widest.
fn widths(shares: &[f64], width: f64) -> Vec<f64> {
    let room = width - GAP * shares.len().saturating_sub(1) as f64;
    let mut out: Vec<f64> = shares.iter().map(|s| (s * room).max(LEAST)).collect();
    let over = out.iter().sum::<f64>() - room;
    if let Some(widest) = out.iter_mut().max_by(|a, b| a.total_cmp(b)) {
        *widest = (*widest - over).max(LEAST);
    }
    out
}

#[derive(Clone, Debug, PartialEq)]
pub struct KindBars {
    pub title: String,
    pub stamp: String,
    pub bars: Vec<KindBar>,
    pub width: Width,
}

/// Kinds of absence for several groups, with their key.
#[must_use]
pub fn kind_bars(input: &KindBars) -> Chart {
    let used: Vec<Mark> = Mark::ALL
        .into_iter()
        .filter(|m| input.bars.iter().flat_map(|b| b.days.iter().flatten()).any(|d| d.0 == *m && d.1 > 0.0))
        .collect();
    let (width, narrow) = (input.width.px(), input.width.is_narrow());
    let key_height = if narrow { 26.0 * used.len().div_ceil(2).max(1) as f64 } else { 26.0 };
    let (left, row) = if narrow { (0.0, 52.0) } else { (184.0, 38.0) };
    let svg = draw(width, key_height + 14.0 + row * input.bars.len() as f64, |c| {
        key(c, &used, width);
        for (i, bar) in input.bars.iter().enumerate() {
            let y = key_height + 12.0 + row * i as f64;
            let (baseline, bar_y) = if narrow { (y + 14.0, y + 22.0) } else { (y + 15.5, y) };
            let name = Type::label();
            c.text(0.0, baseline, &name.cut(&bar.name, if narrow { width } else { left - 12.0 }), name);
            draw_bar(c, bar, [left, bar_y, width - left, 22.0]);
        }
    });
    let mut columns = vec![Column::text("Group"), Column::number("Absent days")];
    columns.extend(used.iter().map(|m| Column::number(m.label())));
    let rows = input.bars.iter().map(|bar| {
        let total: Option<f64> = bar.days.as_ref().map(|d| d.iter().map(|d| d.1).sum());
        let mut row = vec![bar.name.clone(), total.map_or_else(|| words::HIDDEN.into(), |t| words::number(t, 1))];
        row.extend(used.iter().map(|mark| {
            let days = bar.days.as_ref().map(|d| d.iter().filter(|d| d.0 == *mark).map(|d| d.1).sum::<f64>());
            days.map_or_else(|| words::HIDDEN.to_owned(), |d| words::number(d, 1))
        }));
        row
    });
    let table = Table { caption: input.title.clone(), columns, rows: rows.collect() };
    let summary = input.bars.iter().map(bar_text).collect::<Vec<_>>().join(". ") + ".";
    Chart { title: input.title.clone(), summary, svg, table, foot: words::foot(&input.stamp, "Share of absent days.") }
}
