//! Kind, dialect and shape on invented files of every sort that schools and their systems make.

use bright_spots::ingest::records::read_rows;
use bright_spots::ingest::sniff::{
    self, Certainty, Encoding, Escape, FileKind, LineEnds, NameOrigin, Opener, Padding, RowKind, Shape,
};
use proptest::prelude::*;

#[test]
fn kinds_of_files() {
    let wide = |s: &str| s.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let cases: Vec<(Vec<u8>, FileKind)> = vec![
        (b"".to_vec(), FileKind::Empty),
        (b"\xEF\xBB\xBF\r\n  ".to_vec(), FileKind::Empty),
        (b"id,name\n1,Kim\n".to_vec(), FileKind::Text),
        ("\u{feff}id,name\n1,José\n".into(), FileKind::Text),
        (b"id,name\n1,Jos\xE9\n".to_vec(), FileKind::Open(Opener::Decode(Encoding::Legacy))),
        (b"id,na\0me\n1,Kim\0\n".to_vec(), FileKind::Text),
        (wide("\u{feff}id,name\n"), FileKind::Open(Opener::Decode(Encoding::Utf16Le))),
        (wide("id,name\n1,Kim\n"), FileKind::Open(Opener::Decode(Encoding::Utf16Le))),
        (b"\0i\0d\0,\0n\0\n\0\x31\0,\0K".to_vec(), FileKind::Open(Opener::Decode(Encoding::Utf16Be))),
        (b"\x1F\x8B\x08\0\0\0".to_vec(), FileKind::Open(Opener::Gzip)),
        (b"\x89PNG\r\n\x1a\n\0\0".to_vec(), FileKind::NotATable("a PNG picture")),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF".to_vec(), FileKind::NotATable("a JPEG picture")),
        (b"%PDF-1.7\n%\xE2\xE3".to_vec(), FileKind::NotATable("a PDF")),
        (b"  {\"students\": []}".to_vec(), FileKind::NotATable("a JSON file")),
        (b"[{\"id\": 1}]".to_vec(), FileKind::NotATable("a JSON file")),
        (b"[Students]State_StudentNumber,absent\n12,3\n".to_vec(), FileKind::Text),
        (b"BZh school,absent\n1,2\n".to_vec(), FileKind::Text),
        (b"<?xml version='1.0'?><a/>".to_vec(), FileKind::NotATable("an XML file")),
        (vec![0; 4096], FileKind::NotATable("a file of zero bytes only (often a download that broke off)")),
        ((0..=255).cycle().take(4096).collect(), FileKind::NotATable("a file of a kind that this app does not know")),
    ];
    for (bytes, kind) in cases {
        assert_eq!(sniff::kind(&bytes), kind, "{:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(40)]));
        let readable = matches!(kind, FileKind::Text | FileKind::Open(_));
        assert_eq!(kind.refusal().is_none(), readable, "what cannot be read is refused in words: {kind:?}");
    }
}

/// Delimiter, quote, escape, padding.
type Written = (u8, u8, Escape, Padding);

const COMMA: Written = (b',', b'"', Escape::Doubled, Padding::Kept);
const SEMICOLON: Written = (b';', b'"', Escape::Doubled, Padding::Kept);
const TAB: Written = (b'\t', b'"', Escape::Doubled, Padding::Kept);
const BAR: Written = (b'|', b'"', Escape::Doubled, Padding::Kept);

#[test]
fn dialects() {
    let cases: &[(&str, &str, Written)] = &[
        ("plain", "id,name,absent\n1,Kim,3\n2,Lee,4\n", COMMA),
        ("decimal commas", "id;rate\n1;93,5\n2;88,25\n3;100,0\n", SEMICOLON),
        ("commas in text", "id;reason\n1;ill, at home\n2;bus, late\n3;ill, doctor, home\n4;none\n", SEMICOLON),
        ("same number of commas", "id;student;absent\n1;Kim, Ana;3\n2;Lee, Bo;4\n3;Ray, Cy;0\n", SEMICOLON),
        ("tabs with commas", "id\tstudent\n1\tKim, Ana\n2\tLee, Bo\n", TAB),
        (
            "bars, empty fields",
            "C001|SMITH, ANN||P|3|12/03/2019\nC002|LEE, BO|X||0|01/04/2019\nC003|RAY, CY||P||11/30/2018\n",
            BAR,
        ),
        ("list with bars in a cell", "id,codes,absent\n1,A|B|C|D,2\n2,A|C|E|F,3\n3,B|D|E|G,1\n", COMMA),
        ("list with bars, semicolons", "id;codes;absent\n1;A|B|C|D;2\n2;A|C;3\n3;B|D|E|G|H;1\n", SEMICOLON),
        (
            "times and dates",
            "2024-09-03 07:45:00,Kim,3:15\n2024-09-03 07:46:10,Lee,2:10\n2024-09-04 08:01:22,Ray,0:05\n",
            COMMA,
        ),
        ("colons in values", "ratio,code\n3:1,a:b\n4:1,c:d\n5:2,e:f\n", COMMA),
        (
            "json in a cell",
            "id,data\n1,\"{\"\"a\"\": 1, \"\"b\"\": [1, 2]}\"\n2,\"{\"\"a\"\": 2, \"\"b\"\": [3]}\"\n",
            COMMA,
        ),
        ("json as it is", "id;data\n1;{\"a\": 1, \"b\": 2}\n2;{\"a\": 3, \"b\": 4}\n", SEMICOLON),
        ("web addresses", "site,at\nhttps://a.example/x?y=1&z=2,3\nhttps://b.example/q?y=4&z=5,6\n", COMMA),
        (
            "single quotes",
            "'id','reason'\n'1','ill, home'\n'2','it''s late'\n",
            (b',', b'\'', Escape::Doubled, Padding::Kept),
        ),
        (
            "single quotes with semicolons",
            "'a,b';'c'\n'd,e';'f;g'\n'h';'i, j, k'\n",
            (b';', b'\'', Escape::Doubled, Padding::Kept),
        ),
        ("apostrophes are no quotes", "name,school\nO'Neil,St. Mary's\nD'Arcy,King's\n'tis,none\n", COMMA),
        (
            "backslash escapes",
            "\"id\",\"said\"\n\"1\",\"he \\\"said\\\" no\"\n\"2\",\"fine\"\n",
            (b',', b'"', Escape::Backslash, Padding::Kept),
        ),
        (
            "padding",
            "id, name, absent\n1, \"Kim, Ana\", 3\n2, \"Lee, Bo\", 4\n",
            (b',', b'"', Escape::Doubled, Padding::Trimmed),
        ),
        (
            "aligned",
            "id   ,name    ,absent\n1    ,Kim     ,3     \n22   ,Lee     ,4     \n",
            (b',', b'"', Escape::Doubled, Padding::Trimmed),
        ),
        (
            "runs of spaces",
            "id   absent  days\n1      3.5     90\n22    12       88\n",
            (b' ', b'"', Escape::Doubled, Padding::Trimmed),
        ),
        (
            "titles above",
            "Attendance report, all schools\nPrinted 9/3/2024; page 1\n\nid;name;absent\n1;Kim;3\n2;Lee;4\n3;Ray;0\n4;Roe;2\n",
            SEMICOLON,
        ),
        ("quoted lines", "id;note\n1;\"one,\ntwo,\nthree\"\n2;\"four,\nfive\"\n", SEMICOLON),
        ("a table in a cell", "id,note,n\n1,\"a|b|c\nd|e|f\ng|h|i\nj|k|l\",2\n2,x,3\n", COMMA),
        ("one row", "id,name,absent\n", COMMA),
        ("one column", "name\nKim\nLee\nAna Maria\n", COMMA),
        ("one column, words and numbers", "room\nRoom 12\nRoom 14\nRoom 9\n", COMMA),
        ("one column, times", "at\n7:45\n8:10\n12:30\n", COMMA),
        ("one column, names in two words", "school\nHarbor Point\nSunny Hill\nReef High\n", COMMA),
        ("one column, ratio", "ratio\n3:1\n4:1\n12:1\n", COMMA),
        ("header and one short row", "id,first name,last name\n1,Kim,\n", COMMA),
        ("numbers by spaces", "1 0.5 3\n2 0.25 4\n3 0.125 5\n", (b' ', b'"', Escape::Doubled, Padding::Kept)),
        ("one column of dates", "day\n2024-09-03 07:45\n2024-09-04 07:45\n2024-09-05 07:45\n", COMMA),
        ("thousands", "school,enrolled\nHarbor Point,\"1,204\"\nSunny Hill,\"2,310\"\n", COMMA),
        (
            "unit separators",
            "id\u{1f}name\n1\u{1f}Kim, Ana\n2\u{1f}Lee, Bo\n",
            (0x1F, b'"', Escape::Doubled, Padding::Kept),
        ),
        ("carets", "id^name^n\n1^Kim, Ana^3\n2^Lee, Bo^4\n", (b'^', b'"', Escape::Doubled, Padding::Kept)),
        ("inch signs", "item,size\npipe,5\"\nboard,12\"\nrod,3\"\n", COMMA),
        ("stated", "sep=;\nid;a,b\n1;2,3\n", SEMICOLON),
        ("numbers only", "1;0.5;3\n2;0.25;4\n3;0.125;5\n", SEMICOLON),
        ("two widths", "a;b;c;d\n1;2;3;4\n5;6;7;8\nx;y\n1;2\n3;4\n", SEMICOLON),
        (
            "uneven text after commas",
            "Note: values are estimates, see below, thanks\nyear,n\n2019,4\n2020,5\n2021,6\n",
            COMMA,
        ),
    ];
    for (name, text, (delimiter, quote, escape, padding)) in cases {
        let guess = sniff::dialect(text.as_bytes(), true);
        let d = guess.dialect;
        assert_eq!(char::from(d.delimiter), char::from(*delimiter), "{name}: {guess:?}");
        if text.contains(char::from(*quote)) {
            assert_eq!(d.quote, Some(*quote), "{name}");
        }
        assert_eq!((d.escape, d.padding), (*escape, *padding), "{name}: {guess:?}");
    }
}

#[test]
fn line_ends_outside_quotes() {
    let cases = [
        ("a,b\n1,2\n", LineEnds::Lf),
        ("a,b\r\n\"1\n1\",2\r\n", LineEnds::Crlf),
        ("a;b\r\"x\ny\nz\";2\r\"q\nr\";3\r", LineEnds::Cr),
        ("a,b\r\n1,2\n3,4\n", LineEnds::Mixed),
        ("a,b", LineEnds::None),
    ];
    for (text, ends) in cases {
        assert_eq!(sniff::dialect(text.as_bytes(), true).line_ends, ends, "{text:?}");
    }
}

#[test]
fn how_sure_it_is() {
    assert_eq!(sniff::dialect(b"sep=|\na|b\n", true).certainty, Certainty::Stated);
    assert_eq!(sniff::dialect(b"a,b,c\n1,2,3\n", true).certainty, Certainty::Clear);
    assert_eq!(sniff::dialect(b"name\nKim\nLee\n", true).certainty, Certainty::OneColumn);
    let close = sniff::dialect(b"a,b;c\nd,e;f\ng,h;i\n", true);
    assert_eq!(close.certainty, Certainty::Close);
    assert!(close.runner_up.is_some());
}

fn shape_of(text: &str) -> (Shape, Vec<Vec<String>>) {
    let rows = read_rows(text.as_bytes(), sniff::dialect(text.as_bytes(), true).dialect, usize::MAX);
    (sniff::shape(&rows), rows)
}

fn kinds(text: &str) -> Vec<RowKind> {
    let (shape, rows) = shape_of(text);
    let mut sorter = shape.sorter();
    rows[shape.first_data..].iter().map(|r| sorter.sort(r)).collect()
}

#[test]
fn headers() {
    let cases: &[(&str, &str, usize, &[&str])] = &[
        ("plain", "id,name,absent\n1,Kim,3\n2,Lee,4\n", 1, &["id", "name", "absent"]),
        (
            "none",
            "1001,Kim,2024-09-03,A\n1002,Lee,2024-09-03,P\n1003,Ray,2024-09-04,A\n",
            0,
            &["Column 1", "Column 2", "Column 3", "Column 4"],
        ),
        (
            "none, all codes",
            "\"HR-1\",\"SHS\",\"A\"\n\"HR-2\",\"SHS\",\"P\"\n\"HR-3\",\"SHS\",\"A\"\n",
            0,
            &["Column 1", "Column 2", "Column 3"],
        ),
        ("header only", "Student,School,Absent\n", 1, &["Student", "School", "Absent"]),
        (
            "all text",
            "name,school,status\nKim,Harbor,absent\nLee,Harbor,present\nRay,Hill,absent\n",
            1,
            &["name", "school", "status"],
        ),
        ("titles", "Report\nPrinted 9/3/2024\n\nid,name,absent\n1,Kim,3\n2,Lee,4\n", 1, &["id", "name", "absent"]),
        ("titles padded with commas", "Report,,\n,,\nid,name,absent\n1,Kim,3\n2,Lee,4\n", 1, &["id", "name", "absent"]),
        (
            "merged groups",
            ",,Absent,\nSchool,Grade,Count,%\nHarbor,6,12,4.5\nHill,7,9,3.1\n",
            2,
            &["School", "Grade", "Absent Count", "Absent %"],
        ),
        (
            "merged groups, names above",
            "School,Grade,Absent,,Present,\n,,Count,%,Count,%\nHarbor,6,12,4.5,90,95.5\nHill,7,9,3.1,80,96.9\n",
            2,
            &["School", "Grade", "Absent Count", "Absent %", "Present Count", "Present %"],
        ),
        ("the same names twice", "id,absent\nid,absent\n1,3\n2,4\n", 2, &["id", "absent"]),
        (
            "dates as names",
            "Student,9/3/2024,9/4/2024,9/5/2024\nKim,1,0,1\nLee,1,1,1\n",
            1,
            &["Student", "9/3/2024", "9/4/2024", "9/5/2024"],
        ),
        ("day numbers as names", "Student,1,2,3,4\nKim,0,1,0,0\nLee,1,1,0,1\n", 1, &["Student", "1", "2", "3", "4"]),
        (
            "row numbers without a name",
            ",id,absent\n1,A7,3\n2,B8,4\n3,C9,0\n4,D1,1\n",
            1,
            &["Row number", "id", "absent"],
        ),
        (
            "row numbers, shorter header",
            "id,absent\n1,A7,3\n2,B8,4\n3,C9,0\n4,D1,1\n",
            1,
            &["Row number", "id", "absent"],
        ),
        (
            "a name missing in the middle",
            "Year,Division,Number absent,Number enrolled\n2022,Bay County Public Schools,Harbor Elementary,4,90\n2022,Bay County Public Schools,Hill Middle,9,80\n2022,Cove County Public Schools,Reef High,9,80\n",
            1,
            &["Year", "Division", "School", "Number absent", "Number enrolled"],
        ),
        ("comma at the end of rows", "id,absent\n1,3,\n2,4,\n", 1, &["id", "absent", "Column 3"]),
        ("padded and doubled", " id , 'absent' ,absent\n1,3,4\n2,5,6\n", 1, &["id", "absent", "absent (2)"]),
        ("sep line", "sep=;\nid;absent\n1;3\n2;4\n", 1, &["id", "absent"]),
        ("line break in a name", "\"Days\nabsent\",id\n3,1\n4,2\n", 1, &["Days absent", "id"]),
    ];
    for (name, text, header, names) in cases {
        let (shape, _) = shape_of(text);
        assert_eq!(shape.header.len(), *header, "{name}: {shape:?}");
        assert_eq!(shape.names(), *names, "{name}: {shape:?}");
    }
    let (shape, _) = shape_of(cases[14].1);
    assert_eq!(shape.columns[2].origin, NameOrigin::FromContent);
    assert!(shape.notes.iter().any(|n| n.contains("4 names for 5 columns")), "{:?}", shape.notes);
}

#[test]
fn rows_after_the_header() {
    use RowKind::{Blank, Data, Note, OtherTable, RepeatedHeader, Total};
    assert_eq!(
        kinds("school,grade,absent\nHarbor,6,3\n\nschool,grade,absent\nHill,7,4\nTotal,,7\n* suppressed\n"),
        [Data, Blank, RepeatedHeader, Data, Total, Note]
    );
    assert_eq!(
        kinds("id,grade,absent\n1,6,3\n2,7,4\nid,grade,absent,note\n1,6,3,x\n2,7,1,y\n"),
        [Data, Data, OtherTable, OtherTable, OtherTable]
    );
    assert_eq!(
        kinds(
            "id,days,absent\n1,90,3\n2,90,4\n3,88,1\n\nCalendar\n\nterm,first day,last day\nfall,2024-09-03,2024-12-20\n"
        ),
        [Data, Data, Data, Blank, Note, Blank, OtherTable, OtherTable]
    );
    // A subgroup called "All Students" and a student without any number are data.
    assert_eq!(kinds("group,n,absent\nAll Students,90,3\nGrade 6,40,1\nGrade 7,,\n"), [Data, Data, Data]);
}

proptest! {
    #[test]
    fn any_text_has_a_dialect_and_a_shape(text in "[a-c0-9,;|\t\"'\n :.\\\\-]{0,300}") {
        let guess = sniff::dialect(text.as_bytes(), true);
        prop_assert_eq!(guess, sniff::dialect(text.as_bytes(), true));
        let rows = read_rows(text.as_bytes(), guess.dialect, usize::MAX);
        let shape = sniff::shape(&rows);
        prop_assert!(shape.header.end <= shape.first_data && shape.first_data <= rows.len());
        let mut names = shape.names();
        names.sort_unstable();
        prop_assert!(names.windows(2).all(|w| w[0] != w[1]));
    }

    #[test]
    fn a_written_table_is_found_again(
        cells in prop::collection::vec(("[a-z]{3,8}, [A-Z][a-z]{2,6}", 0_u32..200, "[ABPT]"), 4..12),
        delimiter in prop::sample::select(vec![',', ';', '\t', '|']),
    ) {
        let d = delimiter;
        let mut text = format!("student{d}absent{d}code\n");
        for (name, n, code) in &cells {
            text.push_str(&format!("\"{name}\"{d}{n}{d}{code}\n"));
        }
        let guess = sniff::dialect(text.as_bytes(), true);
        prop_assert_eq!(char::from(guess.dialect.delimiter), d);
        let rows = read_rows(text.as_bytes(), guess.dialect, usize::MAX);
        let shape = sniff::shape(&rows);
        prop_assert_eq!(shape.names(), ["student", "absent", "code"]);
        prop_assert_eq!(rows.len(), cells.len() + 1);
    }
}
