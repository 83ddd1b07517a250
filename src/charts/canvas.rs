//! The one canvas: plotters' SVG backend with fixed text metrics, in pixels with one decimal.
//!
//! plotters measures text through the page's document on wasm, and its coordinates are whole
//! pixels. So [`backend`](super::backend) delegates to its SVG backend but answers text sizes from
//! [`metrics`], drawing happens on a grid of tenths of a pixel, and the grid is written back as
//! pixels. The result is the same bytes natively and in every browser.

use super::backend::{GRID, Lettering, Metered, pen, tidy};
use super::metrics::{self, Weight};
use super::role::Role;
use crate::attendance::Decimal;
use plotters_backend::{BackendCoord, DrawingBackend, DrawingErrorKind};

/// Where a text's position lies on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text looks: 13 px labels and 12 px axis numbers, from which the rest derives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Type {
    pub size: f64,
    pub weight: Weight,
    pub role: Role,
    pub anchor: Anchor,
}

impl Type {
    #[must_use]
    pub const fn label() -> Type {
        Type { size: 13.0, weight: Weight::Regular, role: Role::Ink, anchor: Anchor::Start }
    }

    #[must_use]
    pub const fn axis() -> Type {
        Type { size: 12.0, weight: Weight::Regular, role: Role::Ink2, anchor: Anchor::Start }
    }

    #[must_use]
    pub const fn bold(self) -> Type {
        Type { weight: Weight::Bold, ..self }
    }

    #[must_use]
    pub const fn role(self, role: Role) -> Type {
        Type { role, ..self }
    }

    #[must_use]
    pub const fn size(self, size: f64) -> Type {
        Type { size, ..self }
    }

    #[must_use]
    pub const fn middle(self) -> Type {
        Type { anchor: Anchor::Middle, ..self }
    }

    #[must_use]
    pub const fn end(self) -> Type {
        Type { anchor: Anchor::End, ..self }
    }

    /// The width of `text` in pixels.
    #[must_use]
    pub fn width(&self, text: &str) -> f64 {
        metrics::width(text, self.size, self.weight)
    }

    /// `text`, cut to `room` pixels.
    #[must_use]
    pub fn cut(&self, text: &str, room: f64) -> String {
        metrics::cut(text, room, self.size, self.weight)
    }
}

/// Draws `height` by `width` pixels and returns the SVG.
#[must_use]
pub fn draw(width: f64, height: f64, picture: impl FnOnce(&mut Canvas)) -> String {
    let mut raw = String::new();
    let grid = |v: f64| (v * GRID).round().max(GRID) as u32;
    let mut canvas = Canvas { backend: Metered::new(&mut raw, (grid(width), grid(height))) };
    picture(&mut canvas);
    done(canvas.backend.present());
    drop(canvas);
    tidy(&raw)
}

/// The drawing's width and height in pixels, as [`draw`] wrote them.
#[must_use]
pub fn size_of(svg: &str) -> (f64, f64) {
    let read = |name: &str| -> f64 {
        let rest = svg.split_once(name).map_or("", |(_, rest)| rest);
        rest.split('"').next().and_then(Decimal::parse).map_or(0.0, Decimal::as_f64)
    };
    (read(" width=\""), read(" height=\""))
}

/// Pixels in, plotters' primitives out. Every method takes pixels and a role.
pub struct Canvas<'a> {
    backend: Metered<'a>,
}

impl Canvas<'_> {
    pub fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, fill: Role) {
        if width > 0.0 && height > 0.0 {
            done(self.backend.draw_rect(at(x, y), at(x + width, y + height), &pen(fill, 1.0), true));
        }
    }

    /// A filled rectangle with an outline of `edge_width` pixels inside it. Two fills, because they
    /// stay sharp where a stroke would straddle pixels.
    pub fn framed(&mut self, area: [f64; 4], fill: Role, edge: Role, edge_width: f64) {
        let [x, y, width, height] = area;
        self.rect(x, y, width, height, edge);
        if edge != fill {
            self.rect(x + edge_width, y + edge_width, width - 2.0 * edge_width, height - 2.0 * edge_width, fill);
        }
    }

    /// A horizontal rule whose top is at `y`.
    pub fn rule(&mut self, x: f64, y: f64, width: f64, thick: f64, role: Role) {
        self.rect(x, y.round(), width, thick, role);
    }

    /// A vertical hairline at `x`.
    pub fn post(&mut self, x: f64, y: f64, height: f64, thick: f64, role: Role) {
        self.rect((x - thick / 2.0).round(), y, thick, height, role);
    }

    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), thick: f64, role: Role) {
        done(self.backend.draw_line(at(from.0, from.1), at(to.0, to.1), &pen(role, thick)));
    }

    pub fn path(&mut self, points: &[(f64, f64)], thick: f64, role: Role) {
        if points.len() > 1 {
            done(self.backend.draw_path(points.iter().map(|p| at(p.0, p.1)), &pen(role, thick)));
        }
    }

    /// A dashed line through `points`, each dash a line of its own: plotters has no dash attribute.
    pub fn dashed(&mut self, points: &[(f64, f64)], thick: f64, role: Role, (on, off): (f64, f64)) {
        for dash in dashes(points, on, off) {
            self.path(&dash, thick, role);
        }
    }

    pub fn polygon(&mut self, points: &[(f64, f64)], fill: Role) {
        done(self.backend.fill_polygon(points.iter().map(|p| at(p.0, p.1)), &pen(fill, 1.0)));
    }

    pub fn disc(&mut self, x: f64, y: f64, radius: f64, fill: Role) {
        done(self.backend.draw_circle(at(x, y), (radius * GRID).round() as u32, &pen(fill, 1.0), true));
    }

    /// Text with its baseline at `y`.
    pub fn text(&mut self, x: f64, y: f64, text: &str, style: Type) {
        if !text.is_empty() {
            done(self.backend.draw_text(text, &Lettering(style), at(x, y)));
        }
    }

    /// Text centred on `x`, cut to `room` and to what keeps it inside the drawing.
    pub fn centred(&mut self, x: f64, y: f64, text: &str, room: f64, style: Type) {
        let width = f64::from(self.backend.get_size().0) / GRID;
        let room = room.min(2.0 * x).min(2.0 * (width - x));
        self.text(x, y, &style.cut(text, room), style.middle());
    }

    /// Text on a patch of paper that ends the lines behind it.
    pub fn halo_text(&mut self, x: f64, y: f64, text: &str, style: Type) {
        let width = style.width(text);
        let left = match style.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        self.rect(left - 4.0, y - style.size * 0.86, width + 8.0, style.size * 1.16, Role::Paper);
        self.text(x, y, text, style);
    }
}

fn at(x: f64, y: f64) -> BackendCoord {
    ((x * GRID).round() as i32, (y * GRID).round() as i32)
}

fn done<E>(result: Result<(), DrawingErrorKind<E>>)
where
    E: std::error::Error + Send + Sync,
{
    result.expect("the SVG backend writes into a String, which cannot fail");
}

/// The dashes along a line, as short lines.
fn dashes(points: &[(f64, f64)], on: f64, off: f64) -> Vec<Vec<(f64, f64)>> {
    let mut out = Vec::new();
    let mut dash: Vec<(f64, f64)> = points.first().copied().into_iter().collect();
    let (mut drawing, mut left) = (true, on);
    for pair in points.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        // Not hypot: a square root is exact on every machine.
        let length = ((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0)).sqrt();
        let mut gone = 0.0;
        while length - gone > left {
            gone += left;
            let here = (x0 + (x1 - x0) * gone / length, y0 + (y1 - y0) * gone / length);
            if drawing {
                dash.push(here);
                out.push(std::mem::take(&mut dash));
            } else {
                dash = vec![here];
            }
            drawing = !drawing;
            left = if drawing { on } else { off };
        }
        left -= length - gone;
        if drawing {
            dash.push((x1, y1));
        }
    }
    if dash.len() > 1 {
        out.push(dash);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_small_letters_and_escaped_text() {
        let svg = draw(100.0, 20.0, |c| {
            c.rect(1.0, 2.0, 3.5, 4.0, Role::Ink);
            c.disc(10.0, 10.0, 7.0, Role::Bright);
            c.text(5.0, 15.0, "<img src=x onerror=alert(1)> & \"q\" > \u{1}", Type::label().bold().end());
        });
        assert_eq!(
            svg,
            "<svg class=\"ch\" font-family=\"Arial, Helvetica, Liberation Sans, Arimo, sans-serif\" width=\"100\" \
             height=\"20\" viewBox=\"0 0 100 20\" xmlns=\"http://www.w3.org/2000/svg\">\n\
             <rect x=\"1\" y=\"2\" width=\"3.5\" height=\"4\" fill=\"#14202a\"/>\n\
             <circle cx=\"10\" cy=\"10\" r=\"7\" fill=\"#f2b200\"/>\n\
             <text x=\"5\" y=\"15\" text-anchor=\"end\" font-size=\"13\" fill=\"#14202a\" font-weight=\"bold\">\
             &lt;img src=x onerror=alert(1)&gt; &amp; &quot;q&quot; &gt;  </text>\n</svg>"
        );
        assert_eq!(size_of(&svg), (100.0, 20.0));
    }

    #[test]
    fn dashes_cover_their_share_of_the_line() {
        let drawn = dashes(&[(0.0, 0.0), (60.0, 0.0), (100.0, 0.0)], 6.0, 4.0);
        assert_eq!(drawn.len(), 10);
        assert_eq!(drawn[6], [(60.0, 0.0), (66.0, 0.0)]);
    }
}
