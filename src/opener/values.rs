//! The cells of a spreadsheet as text, the way the person who made it sees them: dates as ISO, whole numbers without a
//! point, ids with their leading zeros, percents as percents, errors by name.

use calamine::{Data, DataRef, ExcelDateTime};

/// How a number is shown, from its format code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Format {
    #[default]
    Plain,
    /// `00000`: at least this many digits.
    Zeros(usize),
    /// `0.0%`: the number times 100, with a percent sign.
    Percent,
}

impl Format {
    /// The part of an Excel format code that matters here.
    pub(super) fn of(code: &str) -> Format {
        let code = code.split(';').next().unwrap_or_default();
        if code.ends_with('%') {
            Format::Percent
        } else if code.len() > 1 && code.len() <= 20 && code.bytes().all(|b| b == b'0') {
            Format::Zeros(code.len())
        } else {
            Format::Plain
        }
    }
}

/// A cell of a streamed sheet, appended to `out`.
pub(super) fn write_ref(value: &DataRef<'_>, format: Format, out: &mut String) {
    match value {
        DataRef::Empty => {}
        DataRef::String(s) => out.push_str(s),
        DataRef::SharedString(s) => out.push_str(s),
        DataRef::Int(n) => write_number(*n as f64, format, out),
        DataRef::Float(n) => write_number(*n, format, out),
        DataRef::Bool(b) => out.push_str(if *b { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(d) => write_date(d, out),
        DataRef::DateTimeIso(s) => out.push_str(&iso(s)),
        DataRef::DurationIso(s) => out.push_str(s),
        DataRef::Error(e) => out.push_str(&e.to_string()),
    }
}

/// A cell of a sheet in memory, appended to `out`.
pub(super) fn write(value: &Data, out: &mut String) {
    match value {
        Data::Empty => {}
        Data::String(s) => out.push_str(s),
        Data::Int(n) => write_number(*n as f64, Format::Plain, out),
        Data::Float(n) => write_number(*n, Format::Plain, out),
        Data::Bool(b) => out.push_str(if *b { "TRUE" } else { "FALSE" }),
        Data::DateTime(d) => write_date(d, out),
        Data::DateTimeIso(s) => out.push_str(&iso(s)),
        Data::DurationIso(s) => out.push_str(s),
        Data::Error(e) => out.push_str(&e.to_string()),
    }
}

/// `2024-09-03T00:00:00` is a day; other times stay.
fn iso(text: &str) -> String {
    match text.split_once('T') {
        Some((day, time)) if time.trim_end_matches('Z').bytes().all(|b| matches!(b, b'0' | b':' | b'.')) => {
            day.to_owned()
        }
        _ => text.replacen('T', " ", 1),
    }
}

fn write_number(n: f64, format: Format, out: &mut String) {
    // A whole number up to 2^53 is exact; `{}` writes it without a point.
    match format {
        Format::Percent => {
            // Ten digits after the point: 0.07 * 100 is 7.000000000000001.
            let text = format!("{:.10}", n * 100.0);
            out.push_str(text.trim_end_matches('0').trim_end_matches('.'));
            out.push('%');
        }
        Format::Zeros(digits) if n >= 0.0 && n.fract() == 0.0 => out.push_str(&format!("{n:0>digits$}")),
        _ => out.push_str(&n.to_string()),
    }
}

fn write_date(date: &ExcelDateTime, out: &mut String) {
    if date.is_duration() {
        let seconds = (date.as_f64() * 86_400.0).round() as i64;
        let sign = if seconds < 0 { "-" } else { "" };
        let s = seconds.abs();
        out.push_str(&format!("{sign}{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60));
        return;
    }
    let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
    let second = if milli >= 500 && second < 59 { second + 1 } else { second };
    let has_time = hour > 0 || minute > 0 || second > 0;
    if date.as_f64() < 1.0 {
        out.push_str(&format!("{hour:02}:{minute:02}:{second:02}"));
        return;
    }
    out.push_str(&format!("{year:04}-{month:02}-{day:02}"));
    if has_time {
        out.push_str(&format!(" {hour:02}:{minute:02}:{second:02}"));
    }
}

/// Append a cell to a line of CSV: line breaks become spaces (so that a line of the text is a row of the sheet), and
/// quotes stand where they are needed.
pub(super) fn push_cell(cell: &str, line: &mut String) {
    let cell = cell.trim_end_matches('\0');
    let quoted = cell.contains([',', '"']) || cell.starts_with(['=', ' ']);
    if quoted {
        line.push('"');
    }
    let mut after_cr = false;
    for c in cell.chars() {
        match c {
            '"' => line.push_str("\"\""),
            '\n' if after_cr => {}
            '\n' | '\r' => line.push(' '),
            c => line.push(c),
        }
        after_cr = c == '\r';
    }
    if quoted {
        line.push('"');
    }
}
