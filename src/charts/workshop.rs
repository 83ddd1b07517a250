//! A workshop's drawings: predictions against what the data say, and the votes of a poll. Both also
//! for the projector, where text is 20 px and more.

use super::canvas::{Canvas, Type, draw};
use super::chart::{Chart, Column, Precision, Table, Width};
use super::marks::{self, Stroke};
use super::rate_rows::RateRow;
use super::role::Role;
use super::scale::{Scale, rate_end, rate_ticks};
use super::words;

/// Where the drawing is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    Page,
    /// Read from the back of a room: everything larger.
    Projector,
}

impl Setting {
    /// How many times the page's measures.
    const fn times(self) -> f64 {
        match self {
            Setting::Page => 1.0,
            Setting::Projector => 1.7,
        }
    }
}

/// Whether the numbers are shown yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reveal {
    PredictionsOnly,
    Shown,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Predictions {
    pub title: String,
    pub stamp: String,
    pub rows: Vec<PredictionRow>,
    pub reveal: Reveal,
    pub setting: Setting,
    pub width: Width,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PredictionRow {
    /// The school with its rate, expected rate and verdict.
    pub row: RateRow,
    /// Each table's guess of the rate, as a share.
    pub predictions: Vec<f64>,
}

#[must_use]
pub fn predictions(input: &Predictions) -> Chart {
    let tables = input.rows.iter().map(|r| r.predictions.len()).max().unwrap_or(0) as u32;
    let middle = |row: &PredictionRow| {
        let mut sorted = row.predictions.clone();
        sorted.sort_by(f64::total_cmp);
        match sorted.len() {
            0 => None,
            n if n.is_multiple_of(2) => Some((sorted[n / 2 - 1] + sorted[n / 2]) / 2.0),
            n => Some(sorted[n / 2]),
        }
    };
    let guess =
        |row: &PredictionRow| middle(row).map_or_else(|| "none".to_owned(), |m| words::percent(m, Precision::Whole));
    let shown = input.reveal == Reveal::Shown;
    let said = input.rows.iter().map(|r| {
        let found = if shown { format!(", found {}", found_text(&r.row)) } else { String::new() };
        format!("{}: predicted {}{found}", r.row.name, guess(r))
    });
    let guesses = words::some(tables, "prediction", "predictions");
    let summary = format!("{}. Middle of up to {guesses}.", said.collect::<Vec<_>>().join("; "));
    let mut columns = vec![Column::text("School"), Column::text("Predictions"), Column::number("Middle prediction")];
    if shown {
        columns.extend([Column::number("Found"), Column::number("Expected"), Column::text("Verdict")]);
    }
    let rows = input.rows.iter().map(|r| {
        let each: Vec<String> = r.predictions.iter().map(|p| words::percent(*p, Precision::Whole)).collect();
        let mut cells = vec![r.row.name.clone(), each.join(", "), guess(r)];
        if shown {
            cells.push(found_text(&r.row));
            cells.push(r.row.expected.map_or_else(String::new, |e| words::percent(e, Precision::Whole)));
            cells.push(r.row.verdict.map_or(String::new(), |v| v.label().to_owned()));
        }
        cells
    });
    Chart {
        title: input.title.clone(),
        summary,
        svg: picture(input),
        table: Table { caption: input.title.clone(), columns, rows: rows.collect() },
        foot: words::foot(&input.stamp, &format!("{guesses}.")),
    }
}

/// A published figure may come without its count, which is not the same as hidden.
fn found_text(row: &RateRow) -> String {
    match (row.rate.rate, row.rate.counted) {
        (Some(rate), None) if !row.note.is_empty() => {
            format!("{} (n not published)", words::percent(rate, Precision::Whole))
        }
        _ => row.rate.full_text(Precision::Whole),
    }
}

fn picture(input: &Predictions) -> String {
    let k = input.setting.times();
    let width = input.width.px();
    let stacked = width < 560.0 * k;
    let shown = input.reveal == Reveal::Shown;
    let mut values: Vec<f64> = input.rows.iter().flat_map(|r| r.predictions.iter().copied()).collect();
    if shown {
        values.extend(
            input
                .rows
                .iter()
                .flat_map(|r| [r.row.rate.rate, r.row.expected, r.row.rate.interval.map(|i| i.1)])
                .flatten(),
        );
    }
    if values.is_empty() {
        // Nobody has guessed: an axis that leaves every guess open.
        values.push(0.5);
    }
    let (left, right) = if stacked { (12.0 * k, width - 14.0 * k) } else { (140.0 * k, width - 18.0 * k) };
    let x = Scale::new((0.0, rate_end(values)), (left, right));
    let row = if stacked { 104.0 } else { 86.0 } * k;
    let top = 24.0 * k;
    let height = top + row * input.rows.len() as f64 + 34.0 * k;
    draw(width, height, |c| {
        for tick in rate_ticks(x.domain.1, 6) {
            c.post(x.at(tick), top, row * input.rows.len() as f64, 1.0, Role::Line);
            let text = if tick == 0.0 { "0 %".to_owned() } else { words::points(tick, Precision::Whole) };
            c.text(x.at(tick), top - 8.0 * k, &text, Type::axis().size(12.0 * k).middle());
        }
        for (i, prediction) in input.rows.iter().enumerate() {
            let y = top + row * i as f64;
            names(c, &prediction.row, (y, row), stacked, k, left);
            let guess_y = y + if stacked { 44.0 } else { 22.0 } * k;
            for guess in &prediction.predictions {
                triangle(c, x.within(*guess), guess_y, k);
            }
            if prediction.predictions.is_empty() && !shown {
                c.halo_text(x.pixels.0 + 10.0 * k, guess_y + 4.0 * k, "no guess yet", Type::axis().size(12.0 * k));
            }
            if shown {
                found(c, &prediction.row, &x, guess_y + 28.0 * k, k);
            }
        }
        key(c, height - 12.0 * k, k, shown.then_some(&input.rows));
    })
}

fn names(c: &mut Canvas, row: &RateRow, (y, tall): (f64, f64), stacked: bool, k: f64, left: f64) {
    let bold = Type::label().size(14.0 * k).bold();
    let quiet = Type::axis().size(12.0 * k);
    // A published figure may come without its count; then its own note says what it is about.
    let n = match row.rate.counted {
        None if !row.note.is_empty() => row.note.clone(),
        counted => format!("{} students", words::count_or_hidden(counted)),
    };
    if stacked {
        let name = bold.cut(&row.name, 200.0 * k);
        c.halo_text(4.0, y + 22.0 * k, &name, bold);
        c.halo_text(4.0 + bold.width(&name) + 8.0 * k, y + 22.0 * k, &n, quiet);
    } else {
        let middle = y + tall / 2.0;
        c.text(0.0, middle - 2.0 * k, &bold.cut(&row.name, left - 10.0 * k), bold);
        c.text(0.0, middle + 15.0 * k, &n, quiet);
    }
}

/// A guess: a hollow triangle that points down to the axis.
fn triangle(c: &mut Canvas, x: f64, y: f64, k: f64) {
    let half = 7.0 * k;
    let points =
        [(x - half, y - half * 0.8), (x + half, y - half * 0.8), (x, y + half * 0.8), (x - half, y - half * 0.8)];
    c.polygon(&points[..3], Role::Paper);
    c.path(&points, 1.6 * k, Role::Accent);
    // The path's two ends meet without a join; a short line closes the corner.
    c.path(&[(x, y - half * 0.8), points[0], (x - half / 2.0, y)], 1.6 * k, Role::Accent);
}

fn found(c: &mut Canvas, row: &RateRow, x: &Scale, y: f64, k: f64) {
    let Some(rate) = row.rate.rate else {
        c.halo_text(x.pixels.0 + 4.0, y + 4.0 * k, words::HIDDEN_NOTE, Type::axis().size(12.0 * k));
        return;
    };
    let mut last = x.within(rate) + 9.0 * k;
    if let Some((low, high)) = row.rate.interval {
        let judged = row.verdict.is_none_or(super::Verdict::is_judged);
        let stroke = if judged { Stroke::Solid } else { Stroke::Dashed };
        marks::interval(c, (x.at(low), x.at(high)), y, x.pixels, stroke, 2.5 * k, Role::Ink);
        last = last.max(x.within(high));
    }
    if let Some(expected) = row.expected {
        marks::expected(c, x.within(expected), y, 26.0 * k);
    }
    match row.verdict {
        Some(verdict) => marks::verdict(c, x.within(rate), y, 8.0 * k, verdict),
        None => marks::dot(c, x.within(rate), y, 7.0 * k),
    }
    let value = Type::label().size(20.0 * k).bold();
    let text = words::percent(rate, Precision::Whole);
    // Right of the line; past the expected tick where that stands in the way.
    let wide = value.width(&text);
    let mut at = last + 10.0 * k;
    if let Some(tick) = row.expected.map(|e| x.within(e)).filter(|t| *t > at - 8.0 * k && *t < at + wide + 8.0 * k) {
        at = tick + 10.0 * k;
    }
    let word = row.verdict.map_or("", super::Verdict::label);
    let quiet = Type::axis().size(12.0 * k);
    if at + wide > x.pixels.1 + 14.0 * k {
        at = (x.at(row.rate.interval.map_or(rate, |i| i.0)) - 10.0 * k - wide).max(x.pixels.0);
    }
    c.halo_text(at, y + 7.0 * k, &text, value);
    let after = at + wide + 8.0 * k;
    let tick_in_way =
        row.expected.map(|e| x.within(e)).filter(|t| *t > after - 6.0 * k && *t < after + quiet.width(word));
    let after = tick_in_way.map_or(after, |t| t + 9.0 * k);
    if after + quiet.width(word) <= x.pixels.1 + 14.0 * k {
        c.halo_text(after, y + 6.0 * k, word, quiet);
    } else {
        // No room beside the value: below it, ending where the value ends.
        let end = (at + wide).max(quiet.width(word));
        c.halo_text(end, y + 26.0 * k, word, quiet.end());
    }
}

/// What the marks mean, of those that are drawn.
fn key(c: &mut Canvas, y: f64, k: f64, shown: Option<&Vec<PredictionRow>>) {
    let style = Type::axis().size(12.0 * k);
    triangle(c, 8.0 * k, y - 4.0 * k, k);
    c.text(22.0 * k, y, "a prediction", style);
    let mut x = 22.0 * k + style.width("a prediction") + 20.0 * k;
    let Some(rows) = shown else { return };
    if rows.iter().any(|r| r.row.expected.is_some()) {
        marks::expected(c, x, y - 4.0 * k, 18.0 * k);
        c.text(x + 9.0 * k, y, "expected", style);
        x += 9.0 * k + style.width("expected") + 20.0 * k;
    }
    if rows.iter().any(|r| r.row.rate.interval.is_some()) {
        c.rect(x, y - 5.0 * k, 28.0 * k, 2.5 * k, Role::Ink);
        c.text(x + 36.0 * k, y, "likely range", style);
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Poll {
    pub title: String,
    pub stamp: String,
    /// Each option with its votes.
    pub options: Vec<(String, u32)>,
    pub setting: Setting,
    pub width: Width,
}

/// Votes as bars with their counts, in the order given.
#[must_use]
pub fn poll(input: &Poll) -> Chart {
    let votes: u32 = input.options.iter().map(|o| o.1).sum();
    let most = input.options.iter().map(|o| o.1).max().unwrap_or(0);
    let first: Vec<String> = input.options.iter().filter(|o| o.1 == most && most > 0).map(|o| o.0.clone()).collect();
    let summary = if first.is_empty() {
        "No votes yet.".to_owned()
    } else {
        format!("Most votes: {} ({} of {}).", words::list(&first), words::count(most), words::count(votes))
    };
    let k = input.setting.times();
    let width = input.width.px();
    let stacked = width < 560.0 * k;
    let left = if stacked { 0.0 } else { (width * 0.36).round() };
    let row = if stacked { 54.0 } else { 40.0 } * k;
    let unit = (width - left - 60.0 * k) / f64::from(most.max(1));
    let name = Type::label().size(13.0 * k);
    let svg = draw(width, row * input.options.len().max(1) as f64 + 4.0, |c| {
        for (i, (option, votes)) in input.options.iter().enumerate() {
            let y = row * i as f64;
            let bar_y = if stacked { y + 25.0 * k } else { y + (row - 20.0 * k) / 2.0 };
            let name_y = if stacked { y + 17.0 * k } else { y + row / 2.0 + 4.5 * k };
            let room = if stacked { width } else { left - 16.0 * k };
            c.text(0.0, name_y, &name.cut(option, room), name);
            let wide = f64::from(*votes) * unit;
            if wide > 0.0 {
                c.framed([left, bar_y, wide, 20.0 * k], Role::AccentSoft, Role::Accent, 1.5 * k);
            }
            let text = words::count(*votes);
            c.text(left + wide + 8.0 * k, bar_y + 15.0 * k, &text, name.bold());
        }
    });
    let table = Table {
        caption: input.title.clone(),
        columns: vec![Column::text("Option"), Column::number("Votes")],
        rows: input.options.iter().map(|(o, n)| vec![o.clone(), words::count(*n)]).collect(),
    };
    let foot = words::foot(&input.stamp, &format!("{}.", words::some(votes, "vote", "votes")));
    Chart { title: input.title.clone(), summary, svg, table, foot }
}
