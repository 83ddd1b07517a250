//! The start page's drawing: how to read a bright spot, on three invented schools.

use super::canvas::{Canvas, Type, draw};
use super::chart::{Chart, Column, Table, Width};
use super::marks::{self, Stroke, Verdict};
use super::role::Role;
use super::scale::Scale;

/// The three schools of the explanation: rate, interval, expected, all in shares.
const SHOWN: [(f64, (f64, f64), f64, Verdict); 3] = [
    (0.09, (0.066, 0.123), 0.194, Verdict::LikelyBright),
    (0.198, (0.168, 0.231), 0.21, Verdict::AsExpected),
    (0.122, (0.053, 0.255), 0.221, Verdict::TooFew),
];

/// Drawn for 473 pixels beside the file drop, and for 358.
#[must_use]
pub fn how_to_read(width: Width) -> Chart {
    let cells = |row: [&str; 5]| row.map(str::to_owned).to_vec();
    Chart {
        title: "How to read a bright spot".to_owned(),
        summary:
            "A bright spot is a school with clearly less chronic absence than schools with similar students have. \
                  The lowest rate alone doesn’t make one."
                .to_owned(),
        svg: picture(width),
        table: Table {
            caption: "How to read a bright spot: three invented schools".to_owned(),
            columns: vec![
                Column::text("What is drawn"),
                Column::number("Students"),
                Column::number("Chronically absent (dot)"),
                Column::number("Where the true rate likely lies (line)"),
                Column::number("Expected for students like these (tick)"),
            ],
            rows: vec![
                cells(["Likely bright spot: the tick is well past the line", "388", "9 %", "7 to 12 %", "19 %"]),
                cells(["As expected: the tick is on the line", "611", "20 %", "17 to 23 %", "21 %"]),
                cells(["Too few to tell: the line is long and dashed", "41", "12 %", "5 to 26 %", "22 %"]),
            ],
        },
        foot: "Invented schools.".to_owned(),
    }
}

fn picture(width: Width) -> String {
    let right = width.px();
    let x = Scale::new((0.0, 0.4), (26.0, right - 30.0));
    let rows = [94.0, 192.0, 280.0];
    draw(right, 332.0, |c| {
        for tick in [0.0, 0.1, 0.2, 0.3, 0.4] {
            c.post(x.at(tick), 56.0, 252.0, 1.0, Role::Line);
            let text = if tick == 0.0 { "0 %".to_owned() } else { format!("{:.0}", tick * 100.0) };
            c.text(x.at(tick), 326.0, &text, Type::axis().middle());
        }
        for ((rate, ends, expected, verdict), y) in SHOWN.into_iter().zip(rows) {
            let stroke = if verdict.is_judged() { Stroke::Solid } else { Stroke::Dashed };
            marks::interval(c, (x.at(ends.0), x.at(ends.1)), y, x.pixels, stroke, 2.0, Role::Ink);
            marks::expected(c, x.at(expected), y, 36.0);
            let radius = if verdict == Verdict::LikelyBright { 10.0 } else { 8.0 };
            marks::verdict(c, x.at(rate), y, radius, verdict);
        }
        labels(c, &x, rows);
    })
}

fn labels(c: &mut Canvas, x: &Scale, rows: [f64; 3]) {
    let first = x.at(0.02);
    c.text(first, 14.0, "This school: 9 %", Type::label().bold());
    c.text(first, 31.0, "of its 388 students are chronically absent", Type::axis());
    c.line((x.at(0.09), 40.0), (x.at(0.09), rows[0] - 12.0), 1.5, Role::LineStrong);
    beside(c, x.at(0.194) + 12.0, rows[0], "Expected: 19 %", "for students like these");
    let from = (x.at(0.09) + x.at(0.123)) / 2.0 + 6.0;
    c.line((from, rows[0] + 5.0), (from + 9.0, rows[0] + 23.0), 1.5, Role::LineStrong);
    c.halo_text(x.at(0.06), rows[0] + 38.0, "The line: where the true rate likely lies", Type::axis());
    beside(c, x.at(0.231) + 12.0, rows[1], "As expected", "the tick is on the line");
    beside(c, x.at(0.255) + 12.0, rows[2], "Too few to tell", "41 students");
}

fn beside(c: &mut Canvas, x: f64, y: f64, strong: &str, quiet: &str) {
    c.halo_text(x, y - 4.0, strong, Type::label().bold());
    c.halo_text(x, y + 12.5, quiet, Type::axis());
}
