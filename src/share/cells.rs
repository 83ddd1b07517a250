//! Cells that stay harmless when a spreadsheet opens them.

/// A field that a spreadsheet would run as a formula is given a leading apostrophe.
#[must_use]
pub fn harmless(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') if text.parse::<f64>().is_err() => format!("'{text}"),
        _ => text.to_string(),
    }
}

/// Rows as CSV, each cell harmless, lines ended as spreadsheets expect.
#[must_use]
pub fn csv<S: AsRef<str>>(header: &[S], rows: &[Vec<String>]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(Vec::new());
    let header: Vec<String> = header.iter().map(|h| harmless(h.as_ref())).collect();
    let mut write = |row: &[String]| {
        // Writing to memory cannot fail.
        let _ = writer.write_record(row.iter().map(|cell| harmless(cell)));
    };
    write(&header);
    rows.iter().for_each(|row| write(row));
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
