//! The marks that all charts share: verdicts by shape, the dot with its interval and expected
//! tick, and the five-step stair of the tiers.

use super::canvas::{Canvas, Type, draw};
use super::chart::Piece;
use super::role::Role;
use crate::attendance::Tier;

/// How a school or group stands against what is expected for its students. The page converts its
/// own verdict into this one; words and shapes are here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    LikelyBright,
    PossibleBright,
    AsExpected,
    PossiblyHigher,
    LikelyHigher,
    TooFew,
    CheckData,
}

impl Verdict {
    pub const ALL: [Verdict; 7] = [
        Verdict::LikelyBright,
        Verdict::PossibleBright,
        Verdict::AsExpected,
        Verdict::PossiblyHigher,
        Verdict::LikelyHigher,
        Verdict::TooFew,
        Verdict::CheckData,
    ];

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Verdict::LikelyBright => "Likely bright spot",
            Verdict::PossibleBright => "Possible bright spot",
            Verdict::AsExpected => "As expected",
            Verdict::PossiblyHigher => "Possibly higher",
            Verdict::LikelyHigher => "Likely higher",
            Verdict::TooFew => "Too few to tell",
            Verdict::CheckData => "Check data first",
        }
    }

    /// Whether the numbers bear a judgement; otherwise the interval is dashed.
    #[must_use]
    pub const fn is_judged(self) -> bool {
        !matches!(self, Verdict::TooFew | Verdict::CheckData)
    }
}

/// Draws a verdict's mark centred on a point. `radius` is 7 in rows, 4 or more elsewhere.
pub fn verdict(c: &mut Canvas, x: f64, y: f64, radius: f64, verdict: Verdict) {
    let inner = radius - 2.0;
    match verdict {
        Verdict::LikelyBright => ring(c, x, y, radius, Role::Bright),
        Verdict::PossibleBright => {
            ring(c, x, y, radius, Role::Paper);
            c.polygon(&half_disc(x, y, inner), Role::Bright);
        }
        Verdict::AsExpected => c.disc(x, y, radius, Role::Ink),
        Verdict::TooFew => ring(c, x, y, radius - 0.5, Role::Paper),
        Verdict::LikelyHigher => square(c, x, y, radius, Role::Tier(Tier::Moderate)),
        Verdict::PossiblyHigher => {
            square(c, x, y, radius, Role::Paper);
            c.rect(x - inner, y - inner, inner, 2.0 * inner, Role::Tier(Tier::Moderate));
        }
        Verdict::CheckData => {
            let diamond = |r: f64| [(x, y - r), (x + r, y), (x, y + r), (x - r, y)];
            c.polygon(&diamond(radius + 2.0), Role::Ink);
            c.polygon(&diamond(radius - 0.4), Role::Paper);
            if radius >= 6.0 {
                c.text(x, y + 0.56 * radius, "?", Type::label().size((1.6 * radius).max(12.0)).bold().middle());
            }
        }
    }
}

fn ring(c: &mut Canvas, x: f64, y: f64, radius: f64, fill: Role) {
    c.disc(x, y, radius, Role::Ink);
    c.disc(x, y, radius - 2.0, fill);
}

fn square(c: &mut Canvas, x: f64, y: f64, radius: f64, fill: Role) {
    c.framed([x - radius, y - radius, 2.0 * radius, 2.0 * radius], fill, Role::Ink, 2.0);
}

/// The left half of a disc, as a polygon.
fn half_disc(x: f64, y: f64, radius: f64) -> Vec<(f64, f64)> {
    let arc = (0..=24).map(|i| std::f64::consts::FRAC_PI_2 + std::f64::consts::PI * f64::from(i) / 24.0);
    arc.map(|angle| (x + radius * angle.cos(), y - radius * angle.sin())).collect()
}

/// A filled dot: the group itself, or students with a condition.
pub fn dot(c: &mut Canvas, x: f64, y: f64, radius: f64) {
    c.disc(x, y, radius, Role::Ink);
}

/// A hollow dot: the others.
pub fn hollow(c: &mut Canvas, x: f64, y: f64, radius: f64) {
    c.disc(x, y, radius, Role::Ink);
    c.disc(x, y, radius - 1.8, Role::Paper);
}

/// The expected value: an accent tick, 28 px tall on a full row.
pub fn expected(c: &mut Canvas, x: f64, y: f64, tall: f64) {
    c.rect(x - 1.75, y - tall / 2.0, 3.5, tall, Role::Accent);
}

/// How an interval's line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    Solid,
    Dashed,
}

/// A horizontal interval from `from` to `to` (pixels), ending in an arrow where it leaves `axis`.
pub fn interval(
    c: &mut Canvas,
    (from, to): (f64, f64),
    y: f64,
    axis: (f64, f64),
    stroke: Stroke,
    thick: f64,
    role: Role,
) {
    let (left, right) = (from.max(axis.0), to.min(axis.1));
    match stroke {
        Stroke::Solid => c.rect(left, y - thick / 2.0, right - left, thick, role),
        Stroke::Dashed => c.dashed(&[(left, y), (right, y)], thick, role, (5.0, 3.5)),
    }
    if to > axis.1 + 0.5 {
        c.path(&[(axis.1 - 4.0, y - 4.5), (axis.1 + 1.0, y), (axis.1 - 4.0, y + 4.5)], thick.min(1.5), role);
    }
    if from < axis.0 - 0.5 {
        c.path(&[(axis.0 + 4.0, y - 4.5), (axis.0 - 1.0, y), (axis.0 + 4.0, y + 4.5)], thick.min(1.5), role);
    }
}

/// A verdict's mark alone, 22 by 22 pixels. The words stand beside it.
#[must_use]
pub fn verdict_icon(v: Verdict) -> Piece {
    Piece { svg: draw(22.0, 22.0, |c| verdict(c, 11.0, 11.0, 7.0, v)), text: v.label().to_owned() }
}

/// The product's mark: dot, interval, expected tick. 36 by 20 pixels.
#[must_use]
pub fn logo() -> Piece {
    let svg = draw(36.0, 20.0, |c| {
        c.rect(0.0, 9.0, 24.0, 2.0, Role::Ink);
        ring(c, 12.0, 10.0, 7.0, Role::Bright);
        c.rect(30.0, 1.0, 3.0, 18.0, Role::Ink);
    });
    Piece { svg, text: "Bright Spots".to_owned() }
}

/// The five-step stair of a tier, 35 by 14 pixels, filled to the tier. Its name stands beside it.
#[must_use]
pub fn tier_badge(tier: Tier) -> Piece {
    let svg = draw(35.0, 14.0, |c| stair(c, 0.0, 0.0, tier));
    Piece { svg, text: format!("{}, step {} of 5", tier.label(), tier.index() + 1) }
}

/// The stair with its top left at a point.
pub fn stair(c: &mut Canvas, x: f64, y: f64, tier: Tier) {
    for (i, step) in Tier::ALL.iter().enumerate() {
        let tall = (6.0 + 1.5 * i as f64).floor();
        let area = [x + 7.0 * i as f64, y + 13.0 - tall, 6.0, tall];
        if *step <= tier {
            c.framed(area, Role::Tier(tier), Role::edge(tier), 1.0);
        } else {
            c.framed(area, Role::Paper, Role::LineStrong, 1.0);
        }
    }
}

/// A tier's swatch and name, for keys. Returns the width used.
pub fn tier_key(c: &mut Canvas, x: f64, baseline: f64, tier: Tier) -> f64 {
    c.framed([x, baseline - 11.0, 14.0, 14.0], Role::Tier(tier), Role::edge(tier), 1.0);
    c.text(x + 20.0, baseline, tier.label(), Type::label());
    20.0 + Type::label().width(tier.label())
}
