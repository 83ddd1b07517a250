//! The record reader: its rules as tables, and the laws that hold for any input.

use bright_spots::ingest::records::{Limits, Oversize, Reader, Record, read_rows};
use bright_spots::ingest::sniff::{Dialect, Escape, Padding};
use proptest::prelude::*;

const CSV: Dialect = Dialect::CSV;
const BACKSLASH: Dialect = Dialect { escape: Escape::Backslash, ..CSV };
const PADDED: Dialect = Dialect { padding: Padding::Trimmed, ..CSV };
const SPACES: Dialect = Dialect { delimiter: b' ', padding: Padding::Trimmed, ..CSV };
const SINGLE: Dialect = Dialect { quote: Some(b'\''), ..CSV };

macro_rules! reads {
    ($name:ident, $dialect:expr, $text:expr, $([$($field:expr),*]),* $(,)?) => {
        #[test]
        fn $name() {
            let expected: Vec<Vec<&str>> = vec![$(vec![$($field),*]),*];
            assert_eq!(read_rows($text.as_ref(), $dialect, usize::MAX), expected);
            for split in 1..$text.len() {
                assert_eq!(rows_in_pieces($text.as_ref(), $dialect, split), expected, "in pieces of {split}");
            }
        }
    };
}

fn rows_in_pieces(text: &[u8], dialect: Dialect, piece: usize) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut reader = Reader::new(dialect);
    let mut sink = |r: &Record<'_>| rows.push(r.to_strings());
    for chunk in text.chunks(piece) {
        reader.push(chunk, &mut sink);
    }
    reader.finish(&mut sink);
    rows
}

reads!(plain, CSV, "a,b\n1,2\n", ["a", "b"], ["1", "2"]);
reads!(no_last_line_end, CSV, "a,b\n1,2", ["a", "b"], ["1", "2"]);
reads!(empty_last_field, CSV, "a,b\n1,", ["a", "b"], ["1", ""]);
reads!(all_line_ends_mixed, CSV, "a\rb\nc\r\nd\n\re", ["a"], ["b"], ["c"], ["d"], [""], ["e"]);
reads!(blank_lines_are_records, CSV, "a\n\n\nb", ["a"], [""], [""], ["b"]);
reads!(mark_at_the_start, CSV, "\u{feff}a,b", ["a", "b"]);
reads!(half_a_mark, CSV, "\u{fec0}a,b", ["\u{fec0}a", "b"]);
reads!(mark_inside_stays, CSV, "a,\u{feff}b", ["a", "\u{feff}b"]);
reads!(quoted_delimiters_and_lines, CSV, "\"a,\n\r\nb\",c", ["a,\n\r\nb", "c"]);
reads!(doubled_quotes, CSV, "\"say \"\"hi\"\"\",\"\"\"\",\"\"", ["say \"hi\"", "\"", ""]);
reads!(quotes_in_plain_text, CSV, "5\" pipe,a \"b\" c", ["5\" pipe", "a \"b\" c"]);
reads!(stray_quote_inside_quotes, CSV, "1,\"Hey, I missed \" it\",3", ["1", "Hey, I missed \" it", "3"]);
reads!(spaces_after_a_closing_quote, CSV, "\"a\"  ,\"b\" \nc", ["a", "b"], ["c"]);
reads!(backslash_quotes, BACKSLASH, "\"a \\\"b\\\" c\",\"d\\\\\",\"\\N\"", ["a \"b\" c", "d\\", "\\N"]);
reads!(backslash_outside_quotes, BACKSLASH, "a\\,b,\\N,\\", ["a,b", "\\N", "\\"]);
reads!(single_quotes, SINGLE, "'it''s',\"x\"", ["it's", "\"x\""]);
reads!(padding_trimmed, PADDED, "a , \"b, c\" ,  d  \n , ,x", ["a", "b, c", "d"], ["", "", "x"]);
reads!(runs_of_spaces, SPACES, "a  b c \n  1 2   3", ["a", "b", "c"], ["1", "2", "3"]);
reads!(nuls_left_out, CSV, "a\0b,\"c\0\"\0,d\0\n", ["ab", "c", "d"]);
reads!(guards, CSV, "=\"0012\",\"=\"\"34\"\"\",=1+1,=\"a,b\",=", ["0012", "34", "=1+1", "a,b", "="]);
reads!(
    unclosed_to_the_end,
    CSV,
    "id,name\n1,\"Kim\n2,Lee\n3,\"Ray, J\"\n",
    ["id", "name"],
    ["1", "\"Kim"],
    ["2", "Lee"],
    ["3", "Ray, J"],
);
reads!(unclosed_before_another_quote, CSV, "1,\"Kim\n2,\"Lee\"\n3,x", ["1", "\"Kim"], ["2", "Lee"], ["3", "x"]);
reads!(unclosed_on_the_last_line, CSV, "1,2\n3,\"four", ["1", "2"], ["3", "\"four"]);
reads!(extra_quote_before_a_value, CSV, "\"4,AN,\"a, b\",c", ["\"4", "AN", "a, b", "c"]);
reads!(
    inch_sign_before_the_closing_quote,
    CSV,
    "x,\"Round 48\"\",\"Made here, in\",y",
    ["x", "Round 48\"", "Made here, in", "y"]
);
reads!(folder_name_before_the_closing_quote, BACKSLASH, "\"C:\\dir\\\",\"next, one\"", ["C:\\dir\\", "next, one"]);
reads!(nothing_at_all, CSV, "",);
reads!(only_a_mark, CSV, "\u{feff}",);

#[test]
fn lines_are_counted_from_one_and_through_quotes() {
    let mut lines = Vec::new();
    let mut reader = Reader::new(CSV);
    let mut sink = |r: &Record<'_>| lines.push(r.line);
    reader.push(b"a\r\n\"b\r\nb\nb\",c\n\n\"unclosed\nd\re", &mut sink);
    reader.finish(&mut sink);
    assert_eq!(lines, [1, 2, 5, 6, 7, 8]);
}

#[test]
fn what_is_too_large_is_said_and_cut() {
    let limits = Limits { field: 8, record: 20, columns: 3 };
    let text = b"123456789,b\n1,2,3,4,5\n12345678,12345678,12345678\nok,ok\n\"1234567890\nnext,\"a,b\"\n";
    let mut seen = Vec::new();
    let mut reader = Reader::with_limits(CSV, limits);
    let mut sink = |r: &Record<'_>| seen.push((r.to_strings(), r.oversize));
    reader.push(text, &mut sink);
    reader.finish(&mut sink);
    let row = |cells: &[&str]| cells.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        seen,
        [
            (row(&["12345678", "b"]), Some(Oversize::Field)),
            (row(&["1", "2", "3"]), Some(Oversize::Columns)),
            (row(&["12345678", "12345678", "1234"]), Some(Oversize::Record)),
            (row(&["ok", "ok"]), None),
            (row(&["12345678"]), Some(Oversize::Field)),
            (row(&["next", "a,b"]), None),
        ]
    );
}

/// A line of 256 MiB, plain and after a quote that never closes, and a row of a million columns.
#[test]
fn hostile_sizes_stay_within_the_limits() {
    for start in ["x", "\"x"] {
        let mut seen = Vec::new();
        let mut reader = Reader::new(CSV);
        let mut sink = |r: &Record<'_>| seen.push((r.len(), r.bytes(0).map_or(0, <[u8]>::len), r.oversize));
        let chunk = vec![b'a'; 1 << 20];
        reader.push(start.as_bytes(), &mut sink);
        for _ in 0..256 {
            reader.push(&chunk, &mut sink);
        }
        reader.push(b"\nok,ok\n", &mut sink);
        reader.finish(&mut sink);
        assert_eq!(seen, [(1, Limits::USUAL.field, Some(Oversize::Field)), (2, 2, None)]);
    }
    let mut text = vec![b','; 1_000_000];
    text.extend_from_slice(b"\nok,ok\n");
    let mut seen = Vec::new();
    let mut reader = Reader::new(CSV);
    let mut sink = |r: &Record<'_>| seen.push((r.len(), r.oversize));
    reader.push(&text, &mut sink);
    reader.finish(&mut sink);
    assert_eq!(seen, [(16_384, Some(Oversize::Columns)), (2, None)]);
}

/// Text that makes a reader look for a closing quote over and over takes time in proportion to its length.
#[test]
fn going_back_stays_linear() {
    for part in ["\"a\n", ",\"\"\"a", ",\"\"\"\"a\n", "\"a\n\n\n", "\"\"\"a\n", "\",\"\n\"a"] {
        let time = |bytes: usize| {
            let text: Vec<u8> = part.bytes().cycle().take(bytes).collect();
            let started = std::time::Instant::now();
            let mut reader = Reader::new(CSV);
            reader.push(&text, &mut |_| {});
            reader.finish(&mut |_| {});
            started.elapsed()
        };
        // 8 MB in well under the time that looking through a megabyte for every quote would take (hours).
        assert!(time(8 << 20).as_secs() < 20, "{part:?}");
    }
}

/// Bytes that matter to the reader, often.
fn nasty() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        4 => Just(b'"'), 4 => Just(b','), 2 => Just(b'\n'), 1 => Just(b'\r'), 1 => Just(b'\\'), 1 => Just(b' '),
        1 => Just(0_u8), 1 => Just(b'='), 1 => Just(b'\''), 3 => Just(b'a'), 1 => any::<u8>(),
    ];
    prop::collection::vec(byte, 0..120)
}

fn any_dialect() -> impl Strategy<Value = Dialect> {
    (
        prop::sample::select(vec![b',', b' ', b'\t', b';']),
        prop::sample::select(vec![Some(b'"'), Some(b'\''), None]),
        prop::sample::select(vec![Escape::Doubled, Escape::Backslash]),
        prop::sample::select(vec![Padding::Kept, Padding::Trimmed]),
    )
        .prop_map(|(delimiter, quote, escape, padding)| Dialect { delimiter, quote, escape, padding })
}

fn records_of(text: &[u8], dialect: Dialect, limits: Limits, cuts: &[usize]) -> (Vec<String>, u64) {
    let mut seen = Vec::new();
    let mut reader = Reader::with_limits(dialect, limits);
    let mut sink =
        |r: &Record<'_>| seen.push(format!("{} {:?} {:?} {}", r.line, r.to_strings(), r.oversize, r.repaired));
    let mut rest = text;
    for &cut in cuts {
        let (piece, after) = rest.split_at(cut.min(rest.len()));
        reader.push(piece, &mut sink);
        rest = after;
    }
    reader.push(rest, &mut sink);
    reader.finish(&mut sink);
    (seen, reader.nuls())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn where_chunks_end_changes_nothing(
        text in nasty(), dialect in any_dialect(), cuts in prop::collection::vec(0_usize..9, 0..20),
        field in 3_usize..60,
    ) {
        let limits = Limits { field, record: 2 * field, columns: 8 };
        prop_assert_eq!(records_of(&text, dialect, limits, &[]), records_of(&text, dialect, limits, &cuts));
    }

    #[test]
    fn well_formed_text_reads_as_a_strict_reader_reads_it(
        rows in prop::collection::vec(prop::collection::vec("[a-c\",\n \r'\\\\x]{0,6}", 2..5), 1..8),
    ) {
        let mut text = Vec::new();
        for row in &rows {
            let quoted: Vec<String> = row.iter().map(|f| format!("\"{}\"", f.replace('"', "\"\""))).collect();
            text.extend_from_slice(quoted.join(",").as_bytes());
            text.extend_from_slice(b"\r\n");
        }
        prop_assert_eq!(read_rows(&text, CSV, usize::MAX), rows);
    }

    #[test]
    fn every_line_end_outside_quotes_ends_a_record(text in "[a-c,\n]{0,80}") {
        let lines: Vec<&str> = text.strip_suffix('\n').unwrap_or(&text).split('\n').collect();
        let expected = if text.is_empty() { 0 } else { lines.len() };
        prop_assert_eq!(read_rows(text.as_bytes(), CSV, usize::MAX).len(), expected);
    }
}
