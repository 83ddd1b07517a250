//! The plotters backend under the canvas: its SVG writer with text sizes from the fixed table, and
//! the pass that writes grid units as pixels.

use super::canvas::{Anchor, Type};
use super::metrics::{self, Weight};
use super::role::Role;
use crate::attendance::Decimal;
use plotters::backend::SVGBackend;
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontFamily, FontStyle,
};
use std::convert::Infallible;

/// Grid units to the pixel.
pub(super) const GRID: f64 = 10.0;
/// SVGBackend divides font sizes by this.
const FONT_SCALE: f64 = 1.24;

/// A colour and a stroke width in grid units.
pub(super) struct Pen(BackendColor, u32);

pub(super) fn pen(role: Role, thick: f64) -> Pen {
    Pen(role.color(), (thick * GRID).round() as u32)
}

impl BackendStyle for Pen {
    fn color(&self) -> BackendColor {
        self.0
    }

    fn stroke_width(&self) -> u32 {
        self.1
    }
}

/// A text's look, as plotters asks for it.
pub(super) struct Lettering(pub(super) Type);

impl BackendTextStyle for Lettering {
    type FontError = Infallible;

    fn color(&self) -> BackendColor {
        self.0.role.color()
    }

    fn size(&self) -> f64 {
        self.0.size * GRID * FONT_SCALE
    }

    fn style(&self) -> FontStyle {
        match self.0.weight {
            Weight::Regular => FontStyle::Normal,
            Weight::Bold => FontStyle::Bold,
        }
    }

    fn anchor(&self) -> Pos {
        let h_pos = match self.0.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        Pos { h_pos, v_pos: VPos::Bottom }
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(metrics::FAMILY)
    }

    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), Infallible> {
        let (width, height) = text_size(text, self);
        Ok(((0, 0), (width as i32, height as i32)))
    }

    fn draw<E, F: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        _text: &str,
        _at: BackendCoord,
        _pixel: F,
    ) -> Result<Result<(), E>, Infallible> {
        // Only bitmap backends draw glyphs by the pixel.
        Ok(Ok(()))
    }
}

/// Width and height in grid units, from the fixed table.
fn text_size<S: BackendTextStyle>(text: &str, style: &S) -> (u32, u32) {
    let size = style.size() / FONT_SCALE;
    let weight = if matches!(style.style(), FontStyle::Bold) { Weight::Bold } else { Weight::Regular };
    (metrics::width(text, size, weight).ceil() as u32, (size * 1.15).ceil() as u32)
}

/// [`SVGBackend`] with text sizes from the fixed table instead of the document.
pub(super) struct Metered<'a>(SVGBackend<'a>);

impl<'a> Metered<'a> {
    /// Writes into `out`, `size` in grid units.
    pub(super) fn new(out: &'a mut String, size: (u32, u32)) -> Metered<'a> {
        Metered(SVGBackend::with_string(out, size))
    }
}

type Drawn<'a> = Result<(), DrawingErrorKind<<SVGBackend<'a> as DrawingBackend>::ErrorType>>;

impl<'a> DrawingBackend for Metered<'a> {
    type ErrorType = <SVGBackend<'a> as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.0.get_size()
    }

    fn ensure_prepared(&mut self) -> Drawn<'a> {
        self.0.ensure_prepared()
    }

    fn present(&mut self) -> Drawn<'a> {
        self.0.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn<'a> {
        self.0.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn<'a> {
        self.0.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, fill: bool) -> Drawn<'a> {
        self.0.draw_rect(a, b, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn<'a> {
        self.0.draw_path(path, style)
    }

    fn draw_circle<S: BackendStyle>(&mut self, at: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn<'a> {
        self.0.draw_circle(at, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn<'a> {
        self.0.fill_polygon(path, style)
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, pos: BackendCoord) -> Drawn<'a> {
        self.0.draw_text(text, style, pos)
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Self::ErrorType>> {
        Ok(text_size(text, style))
    }
}

/// Writes plotters' grid units as pixels and its colours in small letters, and leaves out what only
/// repeats a default. Safe by construction: plotters escapes quotes and angle brackets in text, so
/// a tag ends at its first `>` and an attribute at its second quote.
pub(super) fn tidy(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for piece in raw.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let closed = tag.ends_with('/');
        let tag = tag.trim_end_matches('/');
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        out.push('<');
        out.push_str(name);
        if name == "svg" {
            attribute(&mut out, "class", "ch");
            attribute(&mut out, "font-family", metrics::FAMILY);
        }
        let unstroked = attributes.contains("stroke=\"none\"");
        let mut quoted = attributes.split('"');
        while let (Some(key), Some(value)) = (quoted.next(), quoted.next()) {
            let key = key.trim().trim_end_matches('=');
            match key {
                "stroke-width" | "stroke" if unstroked => {}
                // Texts stand on their baseline, so no shift applies.
                "dy" | "opacity" | "font-family" => {}
                "text-anchor" if value == "start" => {}
                "fill" | "stroke" => {
                    let from = out.len();
                    attribute(&mut out, key, value);
                    out[from..].make_ascii_lowercase();
                }
                "text-anchor" | "font-weight" | "xmlns" => attribute(&mut out, key, value),
                _ => {
                    begin(&mut out, key);
                    pixels(&mut out, value);
                    out.push('"');
                }
            }
        }
        if name == "polyline" {
            out.push_str(" stroke-linejoin=\"round\"");
        }
        out.push_str(if closed { "/>\n" } else { ">" });
        match name {
            "text" => out.extend(text.trim_matches('\n').chars().map(printable)),
            "svg" | "/text" => out.push('\n'),
            _ => {}
        }
    }
    out
}

fn begin(out: &mut String, key: &str) {
    out.push(' ');
    out.push_str(key);
    out.push_str("=\"");
}

fn attribute(out: &mut String, key: &str, value: &str) {
    begin(out, key);
    out.push_str(value);
    out.push('"');
}

/// Grid units, alone or in a list, as pixels with at most one decimal.
fn pixels(out: &mut String, value: &str) {
    for (at, pair) in value.split_ascii_whitespace().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        for (at, number) in pair.split(',').enumerate() {
            if at > 0 {
                out.push(',');
            }
            match number.parse::<i32>() {
                Ok(units) => tenths(out, units),
                // Sizes of letters are no whole numbers.
                Err(_) => match Decimal::parse(number) {
                    Some(units) => out.push_str(&format!("{}", units.as_f64().round() / GRID)),
                    None => out.push_str(number),
                },
            }
        }
    }
}

/// Whole grid units as pixels.
fn tenths(out: &mut String, units: i32) {
    if units < 0 {
        out.push('-');
    }
    let units = units.unsigned_abs();
    let (whole, tenth) = (units / 10, units % 10);
    let mut digits = [0u8; 10];
    let (mut at, mut rest) = (digits.len(), whole);
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend(digits[at..].iter().map(|digit| char::from(*digit)));
    if tenth > 0 {
        out.push('.');
        out.push(char::from(b'0' + tenth as u8));
    }
}

/// Control characters are not XML; a space stands for each.
fn printable(c: char) -> char {
    if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grid_units_are_tenths_of_pixels() {
        for (units, pixels_are) in [
            ("0", "0"),
            ("5", "0.5"),
            ("-5", "-0.5"),
            ("120", "12"),
            ("-1234", "-123.4"),
            ("10,25 300,4.6", "1,2.5 30,0.5"),
            ("none", "none"),
        ] {
            let mut out = String::new();
            pixels(&mut out, units);
            assert_eq!(out, pixels_are, "{units}");
        }
    }
}
