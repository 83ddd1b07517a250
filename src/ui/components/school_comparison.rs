//! The comparison of schools: one row each, dot, interval and expected tick on one common axis.
//!
//! The marks are placed in percent of the axis, so one drawing is right at every width.

use super::button::Button;
use super::field::Field;
use super::table::{Direction, RowKind};
use super::verdict_mark::{Verdict, drawn, verdict_cell};
use crate::compare::shrinkage::Guess;
use crate::ui::format;
use crate::ui::in_turn::{First, in_turn};
use leptos::html;
use leptos::prelude::*;
use std::cmp::Ordering;

/// One school. `None` is unknown or hidden, never zero. Rates are in 0..=1.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonRow {
    pub name: String,
    pub href: String,
    /// `K–5`; empty where the file has no grades.
    pub band: String,
    /// Students counted.
    pub students: Option<u64>,
    pub rate: Option<f64>,
    /// The 95 % interval of the rate.
    pub interval: Option<(f64, f64)>,
    pub expected: Option<f64>,
    /// What the row is ordered by, for raw rates put small schools first and last by luck; `None` where nothing is
    /// expected, or schools do not differ beyond chance.
    pub guess: Option<Guess>,
    /// The verdict and why.
    pub verdict: Option<(Verdict, String)>,
    /// Students by tier.
    pub tiers: Option<[u64; 5]>,
    /// Average daily attendance.
    pub attendance: Option<f64>,
    /// What is expected and shares of days are told in whole percents: no decimal may stand that is not known.
    pub whole: bool,
    pub kind: RowKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComparisonColumn {
    School,
    Students,
    Rate,
    Expected,
    Difference,
    Attendance,
}

/// The order of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComparisonOrder {
    pub column: ComparisonColumn,
    pub direction: Direction,
}

impl ComparisonOrder {
    /// What pressing a head makes of this order: a new column starts ascending, the same one turns round.
    #[must_use]
    pub fn press(self, column: ComparisonColumn) -> ComparisonOrder {
        let direction = if self.column == column { self.direction.turned() } else { Direction::Ascending };
        ComparisonOrder { column, direction }
    }
}

impl ComparisonRow {
    fn difference(&self) -> Option<f64> {
        Some(self.rate? - self.expected?)
    }

    /// The difference, no finer than the coarser of its two rates.
    fn difference_words(&self) -> Option<String> {
        self.difference().map(if self.whole { format::points_whole } else { format::points })
    }

    /// A share that is told in whole percents where the row says so, without its sign.
    fn share_words(&self, share: f64) -> String {
        if self.whole { format::percent_whole_bare(share) } else { format::percent_bare(share) }
    }

    /// Rates that nothing can be expected of come as they are, where no row has a better guess.
    fn sort_value(&self, column: ComparisonColumn, guessed: bool) -> Option<f64> {
        match column {
            ComparisonColumn::School => None,
            ComparisonColumn::Students => self.students.map(|n| n as f64),
            ComparisonColumn::Rate if guessed => self.guess.map(|guess| guess.rate),
            ComparisonColumn::Rate => self.rate,
            ComparisonColumn::Expected => self.expected,
            ComparisonColumn::Difference => self.guess.map(|guess| guess.ratio),
            ComparisonColumn::Attendance => self.attendance,
        }
    }
}

/// Sorts the rows, rates and differences by the best guess of each; unknown numbers come last in either
/// direction, equal ones by name.
pub fn sort_schools(rows: &mut [ComparisonRow], order: ComparisonOrder) {
    let guessed = rows.iter().any(|row| row.guess.is_some());
    rows.sort_by(|a, b| {
        let turn = |found: Ordering| match order.direction {
            Direction::Ascending => found,
            Direction::Descending => found.reverse(),
        };
        if order.column == ComparisonColumn::School {
            return turn(a.name.cmp(&b.name));
        }
        let by_value = match (a.sort_value(order.column, guessed), b.sort_value(order.column, guessed)) {
            (Some(a), Some(b)) => turn(a.total_cmp(&b)),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        by_value.then_with(|| a.name.cmp(&b.name))
    });
}

/// Rows that are written together, about one screen of them.
const LEAF: usize = 12;
/// So many rows are shown before somebody asks for more.
const MOST: usize = 100;

/// Shows the rows as they stand; `on_sort` asks the owner for another order. Expected rates, differences and
/// verdicts have their columns once any row has them. `unknown` is what stands for a hidden number. Of many
/// schools the first hundred show, with a field to find others by name.
#[component]
pub fn SchoolComparison(
    #[prop(into)] rows: Signal<Vec<ComparisonRow>>,
    #[prop(into)] order: Signal<ComparisonOrder>,
    #[prop(into)] on_sort: Callback<ComparisonColumn>,
    #[prop(default = "Schools and their rates of chronic absence".into(), into)] caption: Signal<String>,
    #[prop(default = "unknown".into(), into)] unknown: Signal<String>,
) -> impl IntoView {
    let scale = Memo::new(move |_| rows.with(|rows| Scale::of(rows)));
    let (wanted, most) = (RwSignal::new(String::new()), RwSignal::new(MOST));
    let found = Memo::new(move |_| rows.with(|rows| wanted.with(|wanted| named(rows, wanted))));
    let is_long = Memo::new(move |_| rows.with(Vec::len) > MOST);
    let n_found = Memo::new(move |_| found.with(Vec::len));
    let n = Memo::new(move |_| n_found.get().min(most.get()));
    let head = move |column: ComparisonColumn, label: &'static str, class: &'static str| {
        let sorted = move || Some(order.get()).filter(|by| by.column == column).map(|by| by.direction.aria());
        view! {
            <th scope="col" class=class aria-sort=sorted>
                <button type="button" class="data-table__sort" on:click=move |_| on_sort.run(column)>{label}</button>
            </th>
        }
    };
    let heads = move || {
        let scale = scale.get();
        let judged = scale.judged.then(|| {
            view! {
                {head(ComparisonColumn::Expected, "Expected\u{a0}%", "number comparison__expected")}
                {head(ComparisonColumn::Difference, "Difference", "number comparison__difference")}
                <th scope="col">"Verdict"</th>
            }
        });
        let mix = scale.mixed.then(|| head(ComparisonColumn::Attendance, "Tiers and attendance", "comparison__mix"));
        view! {
            <tr>
                {head(ComparisonColumn::School, "School", "")}
                {head(ComparisonColumn::Students, "Students", "number")}
                <th scope="col" class="comparison__axis">"Chronically absent" {axis(scale.top)}</th>
                {head(ComparisonColumn::Rate, "Rate\u{a0}%", "number")}
                {judged}
                {mix}
            </tr>
        }
    };
    // Columns of a fixed width: a browser need not measure every row to write a few of them.
    let widths = move || {
        let scale = scale.get();
        let judged = scale.judged.then(|| view! { <col class="comparison-col--number" /> <col class="comparison-col--number" /> <col class="comparison-col--verdict" /> });
        let mix = scale.mixed.then(|| view! { <col class="comparison-col--mix" /> });
        view! { <col /> <col class="comparison-col--students" /> <col class="comparison-col--axis" /> <col class="comparison-col--rate" /> {judged} {mix} }
    };
    let leaf = move |at: usize| view! { <Leaf at found scale n unknown /> };
    view! {
        <Show when=move || is_long.get()>
            <div class="comparison-find">
                <Field
                    label="Find a school"
                    value=wanted
                    on_input=move |text: String| wanted.set(text)
                />
            </div>
        </Show>
        <div class="data-table comparison" role="region" tabindex="0" aria-label=move || caption.get()>
            <table>
                <caption class="visually-hidden">{move || caption.get()}</caption>
                <colgroup>{widths}</colgroup>
                <thead>{heads}</thead>
                <For each=move || 0..n.get().div_ceil(LEAF) key=|at| *at children=leaf />
            </table>
        </div>
        <Show when=move || is_long.get()>
            <p class="comparison-more">
                <span>{move || of_all(n.get(), n_found.get())}</span>
                <Show when=move || { n.get() < n_found.get() }>
                    <Button on_click=move |()| most.update(|most| *most += MOST)>"Show 100 more"</Button>
                </Show>
            </p>
        </Show>
    }
}

/// The rows whose school has these words in its name.
fn named(rows: &[ComparisonRow], wanted: &str) -> Vec<ComparisonRow> {
    let wanted = wanted.trim().to_lowercase();
    rows.iter().filter(|row| wanted.is_empty() || row.name.to_lowercase().contains(&wanted)).cloned().collect()
}

fn of_all(shown: usize, found: usize) -> String {
    let (shown, found) = (format::count(shown as u64), format::plural(found as u64, "school", "schools"));
    format!("{shown} of {found}, in the order chosen.")
}

/// Some rows that follow each other. They stay where they are and change what they say: that costs a browser
/// far less than moving them, and where nobody looks it can wait.
#[component]
fn Leaf(
    at: usize,
    found: Memo<Vec<ComparisonRow>>,
    scale: Memo<Scale>,
    n: Memo<usize>,
    unknown: Signal<String>,
) -> impl IntoView {
    let from = at * LEAF;
    let place = NodeRef::<html::Tbody>::new();
    let first = if at == 0 { First::Now } else { First::Later };
    let here = Memo::new(move |_| {
        let to = (from + LEAF).min(n.get());
        let rows = found.with(|rows| rows.get(from..to.min(rows.len())).map(<[_]>::to_vec).unwrap_or_default());
        (scale.get(), rows)
    });
    let written = in_turn(move || place.get().map(Into::into), first, move || here.get());
    let n_here = Memo::new(move |_| written.with(|w| w.as_ref().map_or(0, |(_, rows)| rows.len())));
    let scale = Memo::new(move |_| written.with(|w| w.as_ref().map(|(scale, _)| *scale).unwrap_or_default()));
    let one = move |at: usize| {
        let row = Memo::new(move |before: Option<&Option<ComparisonRow>>| {
            let now = written.with(|w| w.as_ref().and_then(|(_, rows)| rows.get(at).cloned()));
            now.or_else(|| before.cloned().flatten())
        });
        row_view(row, scale, unknown)
    };
    view! {
        <tbody node_ref=place>
            <For each=move || 0..n_here.get() key=|at| *at children=one />
        </tbody>
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Scale {
    /// The right end of the axis, in percent.
    top: u32,
    judged: bool,
    mixed: bool,
}

impl Scale {
    fn of(rows: &[ComparisonRow]) -> Scale {
        Scale {
            top: axis_top(rows),
            judged: rows.iter().any(|row| row.expected.is_some()),
            mixed: rows.iter().any(|row| row.tiers.is_some()),
        }
    }
}

/// The end of the common axis: the next ten above every interval and tick, at least 20 and at most 100.
fn axis_top(rows: &[ComparisonRow]) -> u32 {
    let ends = rows.iter().flat_map(|row| [row.rate, row.interval.map(|(_, high)| high), row.expected]);
    let most = ends.flatten().fold(0.0_f64, f64::max);
    ((most * 10.0).ceil() as u32 * 10).clamp(20, 100)
}

/// The place of a percentage on the axis. Half a dot is kept free at each end.
fn place(percent: f64, top: u32) -> String {
    format!("{:.2}%", 4.0 + percent.clamp(0.0, f64::from(top)) / f64::from(top) * 92.0)
}

fn ticks(top: u32) -> impl Iterator<Item = u32> {
    let step = if top > 60 { 20 } else { 10 };
    (0..=top).step_by(step)
}

fn axis(top: u32) -> impl IntoView {
    let labels = ticks(top)
        .map(|at| {
            let label = if at == 0 { "0\u{a0}%".to_owned() } else { at.to_string() };
            view! { <text class="comparison__tick" x=place(f64::from(at), top) y="12" text-anchor="middle">{label}</text> }
        })
        .collect_view();
    view! { <svg class="comparison__scale" width="100%" height="16" aria-hidden="true" focusable="false">{labels}</svg> }
}

fn row_view(row: Memo<Option<ComparisonRow>>, scale: Memo<Scale>, unknown: Signal<String>) -> impl IntoView {
    let of = move |get: fn(&ComparisonRow) -> Option<String>| {
        let text = Memo::new(move |_| row.with(|row| row.as_ref().and_then(get)));
        move || match text.get() {
            Some(text) => text.into_any(),
            None => view! { <span class="data-table__why">{unknown.get()}</span> }.into_any(),
        }
    };
    let said = move |get: fn(&ComparisonRow) -> String| {
        Memo::new(move |_| row.with(|row| row.as_ref().map(get).unwrap_or_default()))
    };
    let (name, href, band) = (said(|r| r.name.clone()), said(|r| r.href.clone()), said(|r| r.band.clone()));
    let verdict = Memo::new(move |_| row.with(|row| row.as_ref().and_then(|row| row.verdict.clone())));
    let tiers = Memo::new(move |_| row.with(|row| row.as_ref().and_then(|row| row.tiers)));
    let drawing =
        Memo::new(move |_| row.with(|row| row.as_ref().map_or_else(String::new, |row| interval(row, scale.get().top))));
    let is_chosen = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.kind == RowKind::Chosen)));
    let (is_judged, is_mixed) = (Memo::new(move |_| scale.get().judged), Memo::new(move |_| scale.get().mixed));
    let judged = move || {
        is_judged.get().then(|| {
            view! {
                <td class="number comparison__expected">{of(|r| r.expected.map(|e| r.share_words(e)))}</td>
                <td class="number comparison__difference">{of(ComparisonRow::difference_words)}</td>
                <td class="comparison__verdict">{move || verdict.get().map(|(verdict, reason)| verdict_cell(verdict, reason))}</td>
            }
        })
    };
    let mix = move || {
        is_mixed.get().then(|| {
            view! {
                <td class="comparison__mix">
                    {move || tiers.get().map(|tiers| view! { <div inner_html=mix_bar(tiers)></div> })}
                    <span class="data-table__sub">{of(|r| r.attendance.map(|a| format!("{}{}%", r.share_words(a), format::NBSP)))}</span>
                </td>
            }
        })
    };
    let band =
        move || Some(band.get()).filter(|b| !b.is_empty()).map(|b| view! { <span class="comparison__band">{b}</span> });
    view! {
        <tr class:is-chosen=move || is_chosen.get() aria-current=move || is_chosen.get().then_some("true")>
            <th scope="row" class="comparison__school"><a class="strong" href=move || href.get()>{move || name.get()}</a>{band}</th>
            <td class="number comparison__students">{of(|r| r.students.map(format::count))}</td>
            <td class="comparison__cell" inner_html=move || drawing.get()></td>
            <td class="number comparison__rate"><strong>{of(|r| r.rate.map(format::percent_bare))}</strong></td>
            {judged}
            {mix}
        </tr>
    }
}

/// Dot, interval and expected tick, from numbers alone: written as one piece, since a hundred rows of
/// nodes take a browser longer than all the statistics. Its words are in the cells beside it, so it is
/// not read out.
fn interval(row: &ComparisonRow, top: u32) -> String {
    let at = |rate: f64| place(rate * 100.0, top);
    let mut svg = String::from(
        r#"<svg class="comparison__drawing" width="100%" height="100%" aria-hidden="true" focusable="false">"#,
    );
    for tick in ticks(top) {
        let x = place(f64::from(tick), top);
        svg += &format!(r#"<line class="comparison__grid" x1="{x}" y1="0" x2="{x}" y2="100%"/>"#);
    }
    let verdict = row.verdict.as_ref().map(|(verdict, _)| *verdict);
    if let Some((low, high)) = row.interval {
        let dashed = if verdict.is_none_or(Verdict::is_judged) { "" } else { " is-dashed" };
        let (low, high) = (at(low), at(high));
        svg += &format!(r#"<line class="comparison__line{dashed}" x1="{low}" y1="50%" x2="{high}" y2="50%"/>"#);
    }
    let mut put = |rate: f64, what: &str| {
        svg += &format!(r#"<svg x="{}" y="50%" overflow="visible">{what}</svg>"#, at(rate));
    };
    if let Some(rate) = row.expected {
        put(rate, r#"<line class="key__tick" x1="0" y1="-12" x2="0" y2="12"/>"#);
    }
    if let Some(rate) = row.rate {
        put(rate, drawn(verdict.unwrap_or(Verdict::AsExpected)));
    }
    svg + "</svg>"
}

/// The five tiers as one bar. The school's own page has them in words and numbers.
fn mix_bar(tiers: [u64; 5]) -> String {
    let total = tiers.iter().sum::<u64>().max(1) as f64;
    let mut svg =
        String::from(r#"<svg class="comparison__bar" width="100%" height="11" aria-hidden="true" focusable="false">"#);
    let mut before = 0;
    for (at, students) in tiers.into_iter().enumerate() {
        let x = before as f64 / total * 100.0;
        before += students;
        let (tier, wide) = (at + 1, students as f64 / total * 100.0);
        svg += &format!(r#"<rect class="bar--{tier}" x="{x:.2}%" y="0.5" width="{wide:.2}%" height="10"/>"#);
    }
    svg + "</svg>"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn school(name: &str, rate: Option<f64>) -> ComparisonRow {
        ComparisonRow {
            name: name.to_owned(),
            href: String::new(),
            band: String::new(),
            students: None,
            rate,
            interval: None,
            expected: None,
            guess: None,
            verdict: None,
            tiers: None,
            attendance: None,
            whole: false,
            kind: RowKind::Plain,
        }
    }

    #[test]
    fn a_small_school_is_not_first_by_luck() {
        let with = |name, rate, guess, ratio| ComparisonRow {
            expected: Some(0.2),
            guess: Some(Guess { rate: guess, ratio }),
            ..school(name, Some(rate))
        };
        for column in [ComparisonColumn::Rate, ComparisonColumn::Difference] {
            let mut rows =
                [school("Alone", Some(0.01)), with("Small", 0.05, 0.18, 0.9), with("Large", 0.1, 0.11, 0.55)];
            sort_schools(&mut rows, ComparisonOrder { column, direction: Direction::Ascending });
            assert_eq!(rows.each_ref().map(|row| row.name.as_str()), ["Large", "Small", "Alone"], "{column:?}");
        }
    }

    #[test]
    fn what_is_told_in_whole_percents_has_no_decimal() {
        let mut row = school("A", Some(0.062));
        row.expected = Some(0.154);
        assert_eq!((row.share_words(0.154), row.difference_words()), ("15.4".into(), Some("\u{2212}9.2".into())));
        (row.whole, row.expected) = (true, Some(0.15));
        assert_eq!((row.share_words(0.15), row.difference_words()), ("15".into(), Some("\u{2212}9".into())));
    }

    #[test]
    fn unknown_rates_come_last_either_way() {
        for (direction, names) in [(Direction::Ascending, ["B", "A", "C"]), (Direction::Descending, ["A", "B", "C"])] {
            let mut rows = [school("C", None), school("A", Some(0.3)), school("B", Some(0.1))];
            sort_schools(&mut rows, ComparisonOrder { column: ComparisonColumn::Rate, direction });
            assert_eq!(rows.each_ref().map(|row| row.name.as_str()), names);
        }
    }

    #[test]
    fn the_axis_reaches_past_every_interval() {
        assert_eq!(axis_top(&[]), 20);
        assert_eq!(axis_top(&[school("A", Some(0.31))]), 40);
        assert_eq!(axis_top(&[school("A", Some(1.0))]), 100);
        assert_eq!(place(0.0, 40), "4.00%");
        assert_eq!(place(40.0, 40), "96.00%");
    }
}
