//! The funnel: how far each school lies from what is expected, against how many students it has.
//! Small schools swing more; inside the shaded funnel luck is explanation enough.

use super::canvas::{Canvas, Type, draw};
use super::chart::{Chart, Column, Precision, Table, Width};
use super::marks::{self, Verdict};
use super::place::{Places, spread};
use super::role::Role;
use super::scale::{Scale, step, ticks};
use super::words;

#[derive(Clone, Debug, PartialEq)]
pub struct Funnel {
    pub title: String,
    /// Whose data, dates and definition, ending in a full stop.
    pub stamp: String,
    pub points: Vec<FunnelPoint>,
    /// The limits that verdicts use: widened where over-dispersion was estimated.
    pub limits: Limits,
    /// The plain binomial limits, where the others are wider; drawn thin.
    pub plain: Option<Limits>,
    /// The number of likely bright spots to expect by luck alone.
    pub expected_by_luck: Option<f64>,
    pub width: Width,
}

#[derive(Clone, Debug, PartialEq)]
pub struct FunnelPoint {
    pub name: String,
    /// Students counted.
    pub counted: u32,
    /// Observed minus expected rate, as a share: −0.104 is 10.4 points under.
    pub difference: f64,
    pub verdict: Verdict,
}

/// Lines through (students, difference as a share), in the order of students.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    pub low_998: Vec<(f64, f64)>,
    pub low_95: Vec<(f64, f64)>,
    pub high_95: Vec<(f64, f64)>,
    pub high_998: Vec<(f64, f64)>,
}

/// Up to this many schools, each is drawn with its mark and, where there is room, its name.
const FEW: usize = 40;

#[must_use]
pub fn funnel(input: &Funnel) -> Chart {
    let mut words_of_lines = "Solid lines: 95 % limits; dashed: 99.8 %.".to_owned();
    if input.plain.is_some() {
        words_of_lines += " Thin lines: the same before widening.";
    }
    let counted: u32 = input.points.iter().map(|p| p.counted).sum();
    let n = format!("{} {} students in {} schools.", words_of_lines, words::count(counted), input.points.len());
    Chart {
        title: input.title.clone(),
        summary: summary(input),
        svg: picture(input),
        table: table(input),
        foot: words::foot(&input.stamp, &n),
    }
}

fn summary(input: &Funnel) -> String {
    let number = |v: Verdict| input.points.iter().filter(|p| p.verdict == v).count() as u32;
    let of = words::some(input.points.len() as u32, "school", "schools");
    let bright = match number(Verdict::LikelyBright) {
        0 => "none is a likely bright spot".to_owned(),
        1 => "1 is a likely bright spot".to_owned(),
        n => format!("{} are likely bright spots", words::count(n)),
    };
    let higher = match number(Verdict::LikelyHigher) {
        0 => "none is likely higher than expected".to_owned(),
        1 => "1 is likely higher than expected".to_owned(),
        n => format!("{} are likely higher than expected", words::count(n)),
    };
    let mut text = format!("Of {of}, {bright} and {higher}.");
    if let Some(luck) = input.expected_by_luck {
        text += &format!(
            " If all had equal true rates, about {} likely bright spots would appear by luck.",
            words::number(luck, if luck < 0.1 { 2 } else { 1 })
        );
    }
    text
}

fn table(input: &Funnel) -> Table {
    let rows = input.points.iter().map(|p| {
        vec![
            p.name.clone(),
            words::count(p.counted),
            words::signed_points(p.difference, Precision::Tenths),
            p.verdict.label().to_owned(),
        ]
    });
    let columns = vec![
        Column::text("School"),
        Column::number("Students counted"),
        Column::number("Points above or below expected"),
        Column::text("Verdict"),
    ];
    Table { caption: input.title.clone(), columns, rows: rows.collect() }
}

/// The vertical ends: the next ten points beyond every school, at least ten to each side, and room
/// for the limits where the typical school stands.
fn ends(input: &Funnel) -> (f64, f64) {
    let ten = |v: f64| ((v * 10.0 - 1e-9).ceil() / 10.0).clamp(0.1, 1.0);
    let differences = input.points.iter().map(|p| p.difference);
    let (low, high) = differences.fold((0.0_f64, 0.0_f64), |(l, h), d| (l.min(d), h.max(d)));
    let (below, above) = (ten(-low * 1.02), ten(high * 1.02));
    // A funnel is read by its symmetry, unless one side would stand mostly empty.
    if below.max(above) <= 2.0 * below.min(above) + 1e-9 {
        let both = below.max(above);
        return (-both, both);
    }
    (-below, above)
}

fn picture(input: &Funnel) -> String {
    let (width, narrow) = (input.width.px(), input.width.is_narrow());
    let (low, high) = ends(input);
    let most = input.points.iter().map(|p| p.counted).max().unwrap_or(0).max(10);
    let each = step(f64::from(most), if narrow { 4 } else { 6 });
    let last = (f64::from(most) * 1.02 / each).ceil() * each;
    let (left, right) = (42.0, if narrow { width - 14.0 } else { width - 110.0 });
    let (top, bottom) = (36.0, if narrow { 300.0 } else { 332.0 });
    let x = Scale::new((0.0, last), (left, right));
    let y = Scale::new((low, high), (bottom, top));
    draw(width, bottom + 46.0, |c| {
        c.text(0.0, 14.0, "Points above or below expected", Type::axis());
        shade(c, input, &x, &y);
        axes(c, &x, &y, each);
        if let Some(plain) = &input.plain {
            for line in [&plain.low_95, &plain.high_95] {
                visible(line, &x, &y).iter().for_each(|l| c.path(l, 1.0, Role::LineStrong));
            }
        }
        for line in [&input.limits.low_95, &input.limits.high_95] {
            visible(line, &x, &y).iter().for_each(|l| c.path(l, 1.5, Role::LineStrong));
        }
        for line in [&input.limits.low_998, &input.limits.high_998] {
            visible(line, &x, &y).iter().for_each(|l| c.dashed(l, 1.5, Role::LineStrong, (5.0, 4.0)));
        }
        c.rule(left, y.at(0.0) - 1.0, right - left, 2.0, Role::Ink);
        if !narrow {
            name_lines(c, input, &x, &y);
        }
        schools(c, input, &x, &y);
    })
}

fn axes(c: &mut Canvas, x: &Scale, y: &Scale, each: f64) {
    let (left, right) = x.pixels;
    for tick in ticks(y.domain.0, y.domain.1, step(y.domain.1 - y.domain.0, 6).max(0.1)) {
        c.rule(left, y.at(tick), right - left, 1.0, Role::Line);
        c.text(left - 8.0, y.at(tick) + 4.0, &words::signed_points(tick, Precision::Whole), Type::axis().end());
    }
    for tick in ticks(0.0, x.domain.1, each) {
        c.text(x.at(tick), y.pixels.0 + 20.0, &words::count(tick as u32), Type::axis().middle());
    }
    c.text((left + right) / 2.0, y.pixels.0 + 40.0, "students counted", Type::axis().middle());
}

/// The area inside the 95 % limits, cut to the plot.
fn shade(c: &mut Canvas, input: &Funnel, x: &Scale, y: &Scale) {
    let inside = |line: &[(f64, f64)]| -> Vec<(f64, f64)> {
        line.iter().filter(|p| x.holds(p.0)).map(|p| (x.at(p.0), y.within(p.1))).collect()
    };
    let mut area = inside(&input.limits.high_95);
    area.extend(inside(&input.limits.low_95).into_iter().rev());
    if area.len() > 2 {
        c.polygon(&area, Role::Sunk);
    }
}

/// The parts of a line that lie within the plot, in pixels, ending exactly on its edge.
fn visible(line: &[(f64, f64)], x: &Scale, y: &Scale) -> Vec<Vec<(f64, f64)>> {
    let mut parts: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut part: Vec<(f64, f64)> = Vec::new();
    let mut before: Option<(f64, f64)> = None;
    for &point in line.iter().filter(|p| x.holds(p.0)) {
        let within = y.holds(point.1);
        if let Some(last) = before.filter(|last| within != y.holds(last.1)) {
            let edge = if last.1.max(point.1) > y.domain.1 { y.domain.1 } else { y.domain.0 };
            let share = (edge - last.1) / (point.1 - last.1);
            part.push((x.at(last.0 + share * (point.0 - last.0)), y.at(edge)));
        }
        if within {
            part.push((x.at(point.0), y.at(point.1)));
        } else if !part.is_empty() {
            parts.push(std::mem::take(&mut part));
        }
        before = Some(point);
    }
    parts.push(part);
    parts
}

fn name_lines(c: &mut Canvas, input: &Funnel, x: &Scale, y: &Scale) {
    // A line that leaves the plot before its right end has no name there.
    let end = |line: &[(f64, f64)]| line.iter().rfind(|p| x.holds(p.0)).filter(|p| y.holds(p.1)).map(|p| y.at(p.1));
    let ends = [(end(&input.limits.high_998), "99.8 % limit"), (end(&input.limits.high_95), "95 % limit")];
    let mut names: Vec<(f64, &str)> = ends.iter().filter_map(|(at, name)| Some(((*at)? + 4.0, *name))).collect();
    if input.limits.high_95.is_empty() {
        return;
    }
    names.push((y.at(0.0) + 4.0, "as expected"));
    // Moved apart upwards, so that "as expected" stays at its line.
    let mirrored: Vec<f64> = names.iter().map(|(at, _)| -at).collect();
    let placed = spread(&mirrored, &vec![15.0; names.len()], -y.at(0.0) - 4.0, f64::INFINITY);
    for ((_, text), at) in names.iter().zip(placed) {
        c.text(x.pixels.1 + 8.0, -at, text, Type::axis());
    }
}

/// How a school is drawn where there are many: judged apart, checked, or one of the crowd.
fn stands_out(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::LikelyBright | Verdict::LikelyHigher | Verdict::PossibleBright | Verdict::PossiblyHigher)
}

fn schools(c: &mut Canvas, input: &Funnel, x: &Scale, y: &Scale) {
    let few = input.points.len() <= FEW;
    let radius = if few { 7.0 } else { 5.0 };
    let at = |p: &FunnelPoint| (x.within(f64::from(p.counted)), y.within(p.difference));
    let marked = |p: &&FunnelPoint| few || stands_out(p.verdict);
    for point in input.points.iter().filter(|p| !marked(p)) {
        let (px, py) = at(point);
        // A hollow ring would be two circles each: for a crowd one quiet disc is enough.
        c.disc(px, py, 2.4, Role::Ink2);
    }
    let mut places = Places::new([x.pixels.0 + 2.0, y.pixels.1 - 8.0, x.pixels.1 + 6.0, y.pixels.0 + 4.0]);
    let mut judged: Vec<&FunnelPoint> = input.points.iter().filter(marked).collect();
    // Likely ones last, so that they lie on top.
    judged.sort_by_key(|p| (matches!(p.verdict, Verdict::LikelyBright | Verdict::LikelyHigher), p.name.clone()));
    for point in &judged {
        let (px, py) = at(point);
        places.take([px - radius, py - radius, px + radius, py + radius]);
        marks::verdict(c, px, py, radius, point.verdict);
    }
    let worth = |p: &&&FunnelPoint| few || matches!(p.verdict, Verdict::LikelyBright | Verdict::LikelyHigher);
    let mut named: Vec<&&FunnelPoint> = judged.iter().filter(worth).collect();
    named.sort_by(|a, b| {
        let far = |p: &FunnelPoint| p.difference.abs() * f64::from(p.counted).sqrt();
        let bright = |p: &FunnelPoint| p.verdict == Verdict::LikelyBright;
        bright(b).cmp(&bright(a)).then(far(b).total_cmp(&far(a))).then(a.name.cmp(&b.name))
    });
    let room = if x.pixels.1 - x.pixels.0 < 400.0 { 130.0 } else { 170.0 };
    for line in [&input.limits.low_998, &input.limits.low_95, &input.limits.high_95, &input.limits.high_998] {
        visible(line, x, y).iter().for_each(|l| places.avoid(l));
    }
    for tick in ticks(y.domain.0, y.domain.1, step(y.domain.1 - y.domain.0, 6).max(0.1)) {
        places.avoid(&[(x.pixels.0, y.at(tick)), (x.pixels.1, y.at(tick))]);
    }
    for point in named.into_iter().take(FEW) {
        let name = Type::label().cut(&point.name, room);
        if let Some(spot) = places.beside(at(point), radius, Type::label().width(&name), 13.0) {
            if spot.over_line {
                c.halo_text(spot.x, spot.baseline, &name, Type::label());
            } else {
                c.text(spot.x, spot.baseline, &name, Type::label());
            }
        }
    }
}
