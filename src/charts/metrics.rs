//! Text measured from a fixed table, so that a native run and every browser lay out alike.
//!
//! The widths are the advances of Liberation Sans, which has Arial's metrics; print and charts use
//! that family (`shared/look/look.md`, Type).

/// How heavy a label is. Bold is wider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

/// The family written into every chart.
pub const FAMILY: &str = "Arial, Helvetica, Liberation Sans, Arimo, sans-serif";

/// Advances from space to tilde, in thousandths of an em.
#[rustfmt::skip]
const REGULAR: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

#[rustfmt::skip]
const BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611,
    556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389,
    280, 389, 584,
];

/// The advance of one character in thousandths of an em.
fn advance(c: char, weight: Weight) -> u32 {
    let bold = weight == Weight::Bold;
    if let Some(index) = (c as u32).checked_sub(32).filter(|i| *i < 95) {
        return u32::from(if bold { BOLD } else { REGULAR }[index as usize]);
    }
    match c {
        '\u{a0}' | '·' => 278,
        '\u{2009}' | '\u{202f}' => 200,
        '‘' | '’' => {
            if bold {
                278
            } else {
                222
            }
        }
        '“' | '”' => {
            if bold {
                500
            } else {
                333
            }
        }
        '−' | '×' | '÷' => 584,
        '½' | '¼' | '¾' => 834,
        '…' | '—' | '→' | '←' => 1000,
        '≥' | '≤' => 549,
        // Accented capitals and small letters, and the other alphabets' average.
        'À'..='Ü' => 722,
        '\u{300}'..='\u{36f}' => 0,
        '\u{a1}'..='\u{17f}' => {
            if bold {
                611
            } else {
                556
            }
        }
        '\u{180}'..='\u{5ff}' => 680,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{ffef}' | '\u{1f000}'..='\u{3ffff}' => 1000,
        _ => 620,
    }
}

/// Width of `text` in pixels at `size` pixels.
#[must_use]
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let thousandths: u32 = text.chars().map(|c| advance(c, weight)).sum();
    f64::from(thousandths) * size / 1000.0
}

/// `text` where it fits in `room` pixels, otherwise its beginning with an ellipsis. The whole text
/// stays in the chart's table.
#[must_use]
pub fn cut(text: &str, room: f64, size: f64, weight: Weight) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let budget = room - width("…", size, weight);
    let mut used = 0.0;
    let mut kept = String::new();
    for c in text.chars() {
        used += f64::from(advance(c, weight)) * size / 1000.0;
        if used > budget {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

/// `text` in lines of at most `room` pixels, broken at spaces; at most `lines` of them, the last
/// one cut.
#[must_use]
pub fn wrap(text: &str, room: f64, size: f64, weight: Weight, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut words = text.split(' ').filter(|w| !w.is_empty()).peekable();
    while let Some(word) = words.next() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if line.is_empty() || width(&longer, size, weight) <= room {
            line = longer;
        } else if out.len() + 1 == lines {
            // No further line: the rest shares this one and is cut.
            let rest: Vec<&str> = std::iter::once(word).chain(words.by_ref()).collect();
            line = format!("{line} {}", rest.join(" "));
        } else {
            out.push(cut(&line, room, size, weight));
            line = word.to_owned();
        }
    }
    if !line.is_empty() {
        out.push(cut(&line, room, size, weight));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_arial() {
        // E l m space H i g h, in thousandths.
        let sum = 667 + 222 + 833 + 278 + 722 + 222 + 556 + 556;
        assert_eq!(width("Elm High", 13.0, Weight::Regular), f64::from(sum) * 13.0 / 1000.0);
        assert!(width("Elm High", 13.0, Weight::Bold) > width("Elm High", 13.0, Weight::Regular));
        assert_eq!(width("é", 10.0, Weight::Regular), width("e", 10.0, Weight::Regular));
    }

    #[test]
    fn a_long_name_is_cut_to_its_room() {
        let name = "Saint Bartholomew of the Long Corridor Elementary School";
        let shown = cut(name, 120.0, 13.0, Weight::Regular);
        assert!(shown.ends_with('…') && width(&shown, 13.0, Weight::Regular) <= 120.0, "{shown}");
        assert_eq!(cut("Elm", 120.0, 13.0, Weight::Regular), "Elm");
    }

    #[test]
    fn lines_break_at_spaces_and_the_last_is_cut() {
        let lines = wrap("students moved in the middle of the year", 80.0, 12.0, Weight::Regular, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|l| width(l, 12.0, Weight::Regular) <= 80.0), "{lines:?}");
        assert!(lines[1].ends_with('…'));
        assert_eq!(wrap("", 80.0, 12.0, Weight::Regular, 2), Vec::<String>::new());
    }
}
