//! Cells that stay harmless when a spreadsheet opens them.

use crate::attendance::Decimal;

/// A field that a spreadsheet would run as a formula is given a leading apostrophe.
#[must_use]
pub fn harmless(text: &str) -> String {
    match text.chars().next() {
        Some('+' | '-') if Decimal::parse(text).is_some() => text.to_string(),
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_string(),
    }
}

/// Rows as CSV, each cell harmless, lines ended as spreadsheets expect.
///
/// Quoted here and not by the csv crate: its writer can also tell numbers from words, and the tables for that
/// would be 10 KB of the first load.
#[must_use]
pub fn csv<S: AsRef<str>>(header: &[S], rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    let mut cell = |cell: &str, is_last: bool, is_alone: bool| {
        let cell = harmless(cell);
        // A line without anything would be no row.
        let is_nothing = is_alone && cell.is_empty();
        if is_nothing || cell.contains(['"', ',', '\r', '\n']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
        text.push_str(if is_last { "\r\n" } else { "," });
    };
    for (at, name) in header.iter().enumerate() {
        cell(name.as_ref(), at + 1 == header.len(), header.len() == 1);
    }
    for row in rows {
        for (at, value) in row.iter().enumerate() {
            cell(value, at + 1 == row.len(), row.len() == 1);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection, prelude::*};

    #[test]
    fn formulas_are_made_harmless_and_numbers_stay() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("+cmd", "'+cmd"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("-2.5", "-2.5"),
            ("-x", "'-x"),
            ("Alder", "Alder"),
        ] {
            assert_eq!(harmless(text), safe);
        }
        assert_eq!(csv(&["a", "b"], &[vec!["x,y".into(), "=1".into()]]), "a,b\r\n\"x,y\",'=1\r\n");
    }

    proptest! {
        #[test]
        fn whatever_a_cell_holds_comes_back_harmless(
            rows in collection::vec(collection::vec("[ -~é,\"\r\n\t=]{0,6}", 1..5), 1..6)
        ) {
            let text = csv(&["name"], &rows);
            let read = ::csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes()).into_records();
            let read: Vec<Vec<String>> = read.map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
            let expected: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|c| harmless(c)).collect()).collect();
            prop_assert_eq!(read, expected);
        }
    }
}
