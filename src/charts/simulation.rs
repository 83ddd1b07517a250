//! What the method can and cannot tell: how often luck alone looks like a bright spot, and how many
//! real ones are found, by how much schools vary beyond luck.

use super::canvas::{Canvas, Type, draw};
use super::chart::{Chart, Column, Precision, Table, Width};
use super::place::spread;
use super::role::Role;
use super::scale::{Scale, ticks};
use super::{marks, words};

#[derive(Clone, Debug, PartialEq)]
pub struct Simulation {
    pub title: String,
    pub stamp: String,
    pub points: Vec<SimulationPoint>,
    /// Simulated districts behind each point.
    pub runs: u32,
    pub width: Width,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SimulationPoint {
    /// The spread of true rates between schools, on the log-odds scale.
    pub spread: f64,
    /// Share of districts without any bright spot in which one was called likely.
    pub false_likely: f64,
    /// Share of real bright spots called likely.
    pub likely: f64,
    /// Share of real bright spots called likely or possible.
    pub found: f64,
}

/// The share of districts that may show a likely bright spot by luck (issue 4).
const ALLOWED: f64 = 0.05;

#[must_use]
pub fn simulation(input: &Simulation) -> Chart {
    let share = |v: f64| words::percent(v, Precision::Whole);
    let worst = input.points.iter().map(|p| p.false_likely).fold(0.0, f64::max);
    let say = |p: &SimulationPoint| {
        format!(
            "at a spread of {}, {} are found and {} are called likely",
            words::number(p.spread, 2),
            share(p.found),
            share(p.likely)
        )
    };
    let ends = match input.points.as_slice() {
        [] => String::new(),
        [one] => format!(" {}.", say(one)),
        [first, .., last] => format!(" Of real bright spots, {}; {}.", say(first), say(last)),
    };
    let summary = format!(
        "Without any real bright spot, at most {} of {} simulated districts show a likely one.{ends}",
        words::percent(worst, Precision::Tenths),
        words::count(input.runs)
    );
    let columns = vec![
        Column::number("Spread between schools"),
        Column::number("Districts with a false likely bright spot"),
        Column::number("Real ones called likely"),
        Column::number("Real ones found, likely or possible"),
    ];
    let rows = input.points.iter().map(|p| {
        let tenths = |v: f64| words::percent(v, Precision::Tenths);
        vec![words::number(p.spread, 2), tenths(p.false_likely), tenths(p.likely), tenths(p.found)]
    });
    Chart {
        title: input.title.clone(),
        summary,
        svg: picture(input),
        table: Table { caption: input.title.clone(), columns, rows: rows.collect() },
        foot: words::foot(
            &input.stamp,
            &format!("n = {} simulated districts for each point.", words::count(input.runs)),
        ),
    }
}

fn picture(input: &Simulation) -> String {
    let (width, narrow) = (input.width.px(), input.width.is_narrow());
    let key_height = if narrow { 86.0 } else { 0.0 };
    let (top, bottom) = (key_height + 30.0, key_height + 250.0);
    let (left, right) = (48.0, if narrow { width - 12.0 } else { width - 190.0 });
    let last = input.points.iter().map(|p| p.spread).fold(0.1, f64::max);
    let x = Scale::new((0.0, last), (left + 10.0, right - 8.0));
    let y = Scale::new((0.0, 1.0), (bottom, top));
    draw(width, bottom + 48.0, |c| {
        c.text(0.0, key_height + 14.0, "Share of simulations", Type::axis());
        for tick in ticks(0.0, 1.0, 0.2) {
            if tick > 0.0 {
                c.rule(left, y.at(tick), right - left, 1.0, Role::Line);
            }
            let text = if tick > 0.99 { "100 %".to_owned() } else { words::points(tick, Precision::Whole) };
            c.text(left - 8.0, y.at(tick) + 4.0, &text, Type::axis().end());
        }
        c.rule(left, bottom, right - left, 2.0, Role::Ink);
        for tick in ticks(0.0, last, if last > 0.25 { 0.1 } else { 0.05 }) {
            c.text(x.at(tick), bottom + 20.0, &words::number(tick, 2), Type::axis().middle());
        }
        let middle = (left + right) / 2.0;
        c.text(middle, bottom + 40.0, "how much true rates vary between schools", Type::axis().middle());
        c.dashed(&[(left, y.at(ALLOWED)), (right, y.at(ALLOWED))], 1.5, Role::LineStrong, (5.0, 4.0));
        let mut wanted = Vec::new();
        for series in Series::ALL {
            let line: Vec<(f64, f64)> =
                input.points.iter().map(|p| (x.at(p.spread), y.within(series.value(p)))).collect();
            let role = if series == Series::False { Role::Accent } else { Role::Ink };
            c.path(&line, 2.0, role);
            line.iter().for_each(|at| series.mark(c, *at));
            wanted.push(line.last().map_or(bottom, |l| l.1) + 4.0);
        }
        wanted.push(y.at(ALLOWED) + 4.0);
        let placed = spread(&wanted, &[17.0; 4], top, bottom + 8.0);
        for (i, series) in Series::ALL.into_iter().enumerate() {
            if narrow {
                series.mark(c, (7.0, 10.0 + 20.0 * i as f64));
                c.text(20.0, 14.5 + 20.0 * i as f64, series.label(), series.style());
            } else {
                c.text(right + 12.0, placed[i], series.label(), series.style());
            }
        }
        if narrow {
            c.dashed(&[(0.0, 70.0), (14.0, 70.0)], 1.5, Role::LineStrong, (5.0, 4.0));
        }
        let (x, y) = if narrow { (20.0, 74.5) } else { (right + 12.0, placed[3]) };
        c.text(x, y, "5 %, the most allowed", Type::axis());
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Series {
    Found,
    Likely,
    False,
}

impl Series {
    const ALL: [Series; 3] = [Series::Found, Series::Likely, Series::False];

    fn value(self, point: &SimulationPoint) -> f64 {
        match self {
            Series::Found => point.found,
            Series::Likely => point.likely,
            Series::False => point.false_likely,
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Series::Found => "real ones found",
            Series::Likely => "real ones called likely",
            Series::False => "luck called likely",
        }
    }

    fn style(self) -> Type {
        match self {
            Series::Found => Type::label(),
            Series::Likely => Type::label().bold(),
            Series::False => Type::label().role(Role::Accent),
        }
    }

    fn mark(self, c: &mut Canvas, (x, y): (f64, f64)) {
        match self {
            Series::Found => marks::hollow(c, x, y, 5.5),
            Series::Likely => marks::dot(c, x, y, 5.5),
            Series::False => c.framed([x - 4.5, y - 4.5, 9.0, 9.0], Role::Paper, Role::Accent, 2.0),
        }
    }
}
