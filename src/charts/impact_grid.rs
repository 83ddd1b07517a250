//! Impact and effort of strategies, as the team placed them: numbered discs on a grid.

use super::canvas::{Canvas, Type, draw};
use super::chart::{Chart, Column, Table, Width};
use super::role::Role;
use super::words;

#[derive(Clone, Debug, PartialEq)]
pub struct ImpactGrid {
    pub title: String,
    pub stamp: String,
    /// Numbered from 1 in this order.
    pub items: Vec<ImpactItem>,
    pub width: Width,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImpactItem {
    pub name: String,
    /// 1 (little) to 5 (much), as the team judged; `None` where it has not placed it yet.
    pub placed: Option<Placed>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// 1 to 5.
    pub impact: u8,
    /// 1 to 5.
    pub effort: u8,
}

impl Placed {
    /// The quarter it lies in. The middle counts as much.
    fn quarter(self) -> &'static str {
        match (self.impact >= 3, self.effort >= 3) {
            (true, false) => "start here",
            (true, true) => "plan well",
            (false, false) => "if there is time",
            (false, true) => "think again",
        }
    }
}

#[must_use]
pub fn impact_grid(input: &ImpactGrid) -> Chart {
    let named = |quarter: &str| -> Vec<String> {
        let here = |i: &&ImpactItem| i.placed.is_some_and(|p| p.quarter() == quarter);
        input.items.iter().filter(here).map(|i| i.name.clone()).collect()
    };
    let first = named("start here");
    let open = input.items.iter().filter(|i| i.placed.is_none()).count() as u32;
    let mut summary = if first.is_empty() {
        "Nothing is placed at much impact for little effort yet.".to_owned()
    } else {
        format!("Much impact for little effort, as the team sees it: {}.", words::list(&first))
    };
    if open > 0 {
        summary += &format!(" Not placed yet: {}.", words::some(open, "strategy", "strategies"));
    }
    let columns = vec![
        Column::number("Number"),
        Column::text("Strategy"),
        Column::number("Impact, 1 to 5"),
        Column::number("Effort, 1 to 5"),
        Column::text("Place"),
    ];
    let rows = input.items.iter().enumerate().map(|(i, item)| {
        let placed = |value: fn(Placed) -> u8| item.placed.map_or_else(String::new, |p| value(p).to_string());
        let place = item.placed.map_or("not placed yet", Placed::quarter).to_owned();
        vec![(i + 1).to_string(), item.name.clone(), placed(|p| p.impact), placed(|p| p.effort), place]
    });
    Chart {
        title: input.title.clone(),
        summary,
        svg: picture(input),
        table: Table { caption: input.title.clone(), columns, rows: rows.collect() },
        foot: words::foot(&input.stamp, "Placed by the team."),
    }
}

fn picture(input: &ImpactGrid) -> String {
    let (width, narrow) = (input.width.px(), input.width.is_narrow());
    let plot = if narrow { width - 26.0 } else { 440.0 };
    let tall = if narrow { 320.0 } else { 340.0 };
    let (left, top) = (26.0, 20.0);
    let list_rows = input.items.len() as f64 * 22.0;
    let height = if narrow { top + tall + 44.0 + list_rows } else { (top + tall + 36.0).max(list_rows + 24.0) };
    draw(width, height, |c| {
        let (half_x, half_y) = ((left + plot / 2.5).round(), (top + tall * 0.6).round());
        c.rect(left, top, half_x - left, half_y - top, Role::Sunk);
        c.rule(left, half_y, plot, 1.0, Role::LineStrong);
        c.post(half_x, top, tall, 1.0, Role::LineStrong);
        c.post(left, top, tall, 2.0, Role::Ink);
        c.rule(left, top + tall - 1.0, plot, 2.0, Role::Ink);
        let strong = Type::axis().bold().role(Role::Ink);
        c.text(left + 8.0, top + 16.0, "start here", strong);
        c.text(left + plot - 6.0, top + 16.0, "plan well", Type::axis().end());
        c.text(left + 8.0, top + tall - 9.0, "if there is time", Type::axis());
        c.text(left + plot - 6.0, top + tall - 9.0, "think again", Type::axis().end());
        c.text(0.0, 13.0, "much impact", Type::axis());
        c.text(left + plot, top + tall + 20.0, "much effort", Type::axis().end());
        c.text(left, top + tall + 20.0, "little effort", Type::axis());
        discs(c, input, (left, top), (plot, tall));
        let (x, y) = if narrow { (0.0, top + tall + 44.0) } else { (left + plot + 40.0, 16.0) };
        for (i, item) in input.items.iter().enumerate() {
            let y = y + 22.0 * i as f64;
            numbered(c, x + 9.0, y - 4.5, i + 1, item.placed.is_some());
            c.text(x + 28.0, y, &Type::label().cut(&item.name, width - x - 28.0), Type::label());
        }
    })
}

/// The discs in their fields; those that share a field stand beside each other.
fn discs(c: &mut Canvas, input: &ImpactGrid, (left, top): (f64, f64), (plot, tall): (f64, f64)) {
    let cell = (plot / 5.0, (tall - 44.0) / 5.0);
    for impact in 1..=5_u8 {
        for effort in 1..=5_u8 {
            let here = |item: &ImpactItem| item.placed == Some(Placed { impact, effort });
            let numbers: Vec<usize> =
                input.items.iter().enumerate().filter(|(_, i)| here(i)).map(|(i, _)| i + 1).collect();
            let centre = (left + cell.0 * (f64::from(effort) - 0.5), top + 22.0 + cell.1 * (5.5 - f64::from(impact)));
            let across = ((cell.0 / 24.0) as usize).max(1).min(numbers.len().max(1));
            let lines = numbers.len().div_ceil(across);
            let down = if lines > 2 { (cell.1 / lines as f64).min(22.0) } else { 22.0 };
            for (k, number) in numbers.iter().enumerate() {
                let in_line = across.min(numbers.len() - k / across * across);
                let x = centre.0 + 22.0 * ((k % across) as f64 - (in_line as f64 - 1.0) / 2.0);
                let y = centre.1 + down * ((k / across) as f64 - (lines as f64 - 1.0) / 2.0);
                numbered(c, x, y, *number, true);
            }
        }
    }
}

fn numbered(c: &mut Canvas, x: f64, y: f64, number: usize, placed: bool) {
    c.disc(x, y, 10.0, Role::Ink);
    if !placed {
        c.disc(x, y, 8.5, Role::Paper);
    }
    let role = if placed { Role::OnDark } else { Role::Ink };
    c.text(x, y + 4.2, &number.to_string(), Type::axis().bold().role(role).middle());
}
