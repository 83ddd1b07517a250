//! The opener: workbooks, archives and encodings into UTF-8 text. Fixtures are made by tests/fixtures/opener/make.py.
#![cfg(feature = "opener")]

use std::io::{Cursor, Write};

use bright_spots::ingest::records::read_rows;
use bright_spots::ingest::sniff::{self, Dialect, FileKind, Opener};
use bright_spots::opener::{self, Choice, OpenError, Opened};
use proptest::prelude::*;

fn fixture(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/opener").join(name);
    std::fs::read(path).expect("a fixture of the repository")
}

fn kind_of(bytes: &[u8]) -> Opener {
    sniff::kind(bytes).opener().unwrap_or_else(|| panic!("needs the opener: {:?}", sniff::kind(bytes)))
}

fn open(bytes: &[u8], choice: Choice<'_>) -> Result<(String, Opened), OpenError> {
    let mut text = Vec::new();
    let opened = opener::open(Cursor::new(bytes), kind_of(bytes), choice, &mut |piece| text.extend_from_slice(piece))?;
    Ok((String::from_utf8(text).expect("the opener gives UTF-8"), opened))
}

fn rows(text: &str) -> Vec<Vec<String>> {
    read_rows(text.as_bytes(), Dialect::CSV, usize::MAX)
}

#[test]
fn a_workbook_lists_its_sheets() {
    let bytes = fixture("students.xlsx");
    assert_eq!(sniff::kind(&bytes), FileKind::Open(Opener::Excel));
    let parts = opener::list(Cursor::new(&bytes), Opener::Excel).expect("it opens");
    let seen: Vec<(&str, bool)> = parts.iter().map(|p| (p.name.as_str(), p.hidden)).collect();
    assert_eq!(seen, [("Read me", false), ("Students", false), ("Lookup", true)]);
    assert_eq!(parts[1].rows, Some(8));
}

#[test]
fn a_sheet_becomes_lines_as_people_see_its_cells() {
    let (text, opened) = open(&fixture("students.xlsx"), Choice { part: Some(1), encoding: None }).expect("it opens");
    let expected = "Attendance by student\n\
        School,Student ID,Days,,Share present,As of\n\
        School,Student ID,enrolled,absent,Share present,As of\n\
        Harbor Point,000042,120,3.5,97.08%,2024-09-03\n\
        Harbor Point,000907,118,0,100%,2024-09-03,#DIV/0!\n\
        \"Sunny \"\"Hill\"\", East\",31415926535897,60,12,80%,2024-09-03 07:45:00,\n\
        \n\
        0007,line one line two,TRUE,,,,\n";
    assert_eq!(text, expected);
    assert_eq!(opened.part.as_deref(), Some("Students"));
    assert_eq!(opened.notes.len(), 2, "{:?}", opened.notes);
    let shape = sniff::shape(&rows(&text));
    assert_eq!(
        shape.names()[..6],
        ["School", "Student ID", "Days enrolled", "Days absent", "Share present", "As of"],
        "{shape:?}"
    );
}

#[test]
fn the_old_kind_and_the_open_kind_read_alike() {
    let (xls, _) = open(&fixture("totals.xls"), Choice::default()).expect("it opens");
    let (ods, _) = open(&fixture("totals.ods"), Choice::default()).expect("it opens");
    let expected = "Student,Days absent,Last day\n0042,3.5,2024-09-03\nAna Muñoz,12,";
    assert_eq!(xls.trim_end(), expected);
    assert_eq!(ods.trim_end(), expected);
    assert_eq!(sniff::kind(&fixture("totals.xls")), FileKind::Open(Opener::OldExcel));
    assert_eq!(sniff::kind(&fixture("totals.ods")), FileKind::Open(Opener::OpenDocument));
}

#[test]
fn a_sheet_that_is_not_there_is_said() {
    let error = open(&fixture("students.xlsx"), Choice { part: Some(9), encoding: None }).expect_err("no such sheet");
    assert_eq!(error, OpenError::NoSuchPart(9));
}

#[test]
fn damaged_files_give_an_error_and_no_panic() {
    for name in ["students.xlsx", "totals.xls", "totals.ods"] {
        let bytes = fixture(name);
        let kind = kind_of(&bytes);
        for cut in [10, 100, bytes.len() / 2] {
            let result = opener::open(Cursor::new(&bytes[..cut]), kind, Choice::default(), &mut |_| {});
            let error = result.expect_err("a file that breaks off cannot be opened");
            assert!(error.to_string().contains("damaged"), "{name} cut at {cut}: {error:?}");
        }
    }
}

/// What the fuzzer found: the first byte names the kind.
#[test]
fn findings_of_the_fuzzer_give_an_error() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/fuzz/opener");
    let kinds = [Opener::Gzip, Opener::Zip, Opener::Excel, Opener::OldExcel, Opener::OpenDocument];
    let mut seen = 0;
    for file in std::fs::read_dir(folder).expect("the folder of findings").flatten() {
        let bytes = std::fs::read(file.path()).expect("a finding");
        let kind = kinds[usize::from(bytes[0]) % kinds.len()];
        let result = opener::list(Cursor::new(&bytes[1..]), kind);
        assert!(matches!(result, Err(OpenError::Damaged(_))), "{:?}: {result:?}", file.path());
        seen += 1;
    }
    assert!(seen > 0);
}

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, body) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a zip in memory");
        writer.write_all(body).expect("a zip in memory");
    }
    writer.finish().expect("a zip in memory").into_inner()
}

#[test]
fn a_zip_lists_its_files_and_opens_one() {
    let bytes = zip_of(&[("b/two.csv", b"x,y\n1,2\n"), ("__MACOSX/._a", b"?"), ("a.csv", b"id,n\nJos\xE9,1\n")]);
    let parts = opener::list(Cursor::new(&bytes), kind_of(&bytes)).expect("it opens");
    assert_eq!(parts.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["a.csv", "b/two.csv"]);
    let (text, opened) = open(&bytes, Choice::default()).expect("it opens");
    assert_eq!(text, "id,n\nJosé,1\n");
    assert_eq!((opened.part.as_deref(), opened.encoding.as_deref()), (Some("a.csv"), Some("windows-1252")));
    assert_eq!(open(&bytes, Choice { part: Some(1), encoding: None }).expect("it opens").0, "x,y\n1,2\n");
}

#[test]
fn a_zip_of_pictures_says_what_it_holds() {
    let bytes = zip_of(&[("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")]);
    assert_eq!(open(&bytes, Choice::default()), Err(OpenError::NotText("a PNG picture".into())));
    assert_eq!(open(&zip_of(&[("empty/", b"")]), Choice::default()), Err(OpenError::Nothing));
}

fn gzip_of(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(body).expect("gzip in memory");
    encoder.finish().expect("gzip in memory")
}

#[test]
fn gzip_of_one_and_of_several_members() {
    let bytes = [gzip_of(b"a,b\n"), gzip_of(b"1,2\n")].concat();
    assert_eq!(open(&bytes, Choice::default()).expect("it opens").0, "a,b\n1,2\n");
    let cut = &gzip_of("day,absent\n".repeat(500).as_bytes())[..40];
    assert!(matches!(open(cut, Choice::default()), Err(OpenError::Damaged(_))));
}

#[test]
fn a_file_that_grows_without_end_is_refused() {
    let bomb = gzip_of(&vec![b'a'; 300 << 20]);
    let mut given = 0;
    let result = opener::open(Cursor::new(&bomb), Opener::Gzip, Choice::default(), &mut |piece| given += piece.len());
    assert_eq!(result, Err(OpenError::TooLarge));
    assert!(given <= 257 << 20);
}

#[test]
fn encodings_are_found() {
    let text = "Student,School,Absent\nJosé Muñoz,Peña Élémentaire,3\nZoë Brontë,Señor Café,4\n";
    let utf16 = |le: bool, bom: bool| -> Vec<u8> {
        let units = bom.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(|u| if le { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    };
    let encode = |label: &str, text: &str| {
        encoding_rs::Encoding::for_label(label.as_bytes()).expect("a label").encode(text).0.into_owned()
    };
    let cases: Vec<(Vec<u8>, &str, String)> = vec![
        (utf16(true, true), "UTF-16LE", text.into()),
        (utf16(true, false), "UTF-16LE", text.into()),
        (utf16(false, true), "UTF-16BE", text.into()),
        (utf16(false, false), "UTF-16BE", text.into()),
        (encode("windows-1252", text), "windows-1252", text.into()),
        (encode("macintosh", &text.replace('\n', "\r")), "macintosh", text.replace('\n', "\r")),
        (
            encode("windows-1251", "Ученик,Школа\nИван Петров,Школа номер пять\n"),
            "windows-1251",
            "Ученик,Школа\nИван Петров,Школа номер пять\n".into(),
        ),
        (
            encode("shift_jis", "学生,学校\n田中さくら,東小学校\n"),
            "Shift_JIS",
            "学生,学校\n田中さくら,東小学校\n".into(),
        ),
        (
            encode("gbk", "学生姓名,学校名称\n王小明,第一小学\n李华,实验中学\n"),
            "GBK",
            "学生姓名,学校名称\n王小明,第一小学\n李华,实验中学\n".into(),
        ),
    ];
    for (bytes, name, expected) in cases {
        let (text, opened) = open(&bytes, Choice::default()).expect("it opens");
        assert_eq!(opened.encoding.as_deref(), Some(name));
        assert_eq!(text, expected, "{name}");
    }
}

/// One or two signs in an English file: the encoding of Windows in the West, not a guess from afar.
#[test]
fn a_few_signs_are_western() {
    let words: [&[u8]; 14] = [
        b"Temp \xB0C,3",
        b"cost,\xA312,000",
        b"caf\xE9,1",
        b"Stra\xDFe,2",
        b"2019\x962020,4",
        b"St. Mary\x92s,5",
        b"\x93quoted\x94,6",
        b"Pe\xF1a,7",
        b"Fran\xE7ois,8",
        b"M\xFCller,9",
        b"10 \xB5g,1",
        b"\xA9 2024,1",
        b"na\xEFve,1",
        b"\xBD day,1",
    ];
    for word in words {
        let mut bytes = b"name,absent\nKim Lee,3\nAnn Roe,4\n".to_vec();
        bytes.extend_from_slice(word);
        bytes.push(b'\n');
        let found = opener::encoding::detect(&bytes);
        assert_eq!(found.name(), "windows-1252", "{}", String::from_utf8_lossy(word));
    }
}

#[test]
fn a_person_may_choose_another_encoding() {
    let bytes = b"name\nM\xFCller\n".to_vec();
    let chosen = open(&bytes, Choice { part: None, encoding: Some("windows-1251") }).expect("it opens");
    assert_eq!(chosen.0, "name\nMьller\n");
    let unknown = open(&bytes, Choice { part: None, encoding: Some("klingon") });
    assert_eq!(unknown, Err(OpenError::UnknownEncoding("klingon".into())));
}

#[test]
fn the_first_accent_may_come_late() {
    let mut bytes = "id,name\n".repeat(400_000).into_bytes();
    bytes.extend_from_slice(b"1,Jos\xE9 Pe\xF1a\n");
    let mut text = Vec::new();
    let kind = Opener::Decode(sniff::Encoding::Legacy);
    let opened = opener::open(Cursor::new(&bytes), kind, Choice::default(), &mut |p| text.extend_from_slice(p))
        .expect("it opens");
    assert!(text.ends_with("1,José Peña\n".as_bytes()));
    assert_eq!(opened.encoding.as_deref(), Some("windows-1252"));
}

proptest! {
    #[test]
    fn pieces_change_nothing(text in "[a-zé,\n漢]{0,200}", label in prop::sample::select(vec!["utf-8", "utf-16le", "gb18030"]), size in 1_usize..50) {
        let bytes: Vec<u8> = if label == "utf-16le" { text.encode_utf16().flat_map(u16::to_le_bytes).collect() } else {
            encoding_rs::Encoding::for_label(label.as_bytes()).expect("a label").encode(&text).0.into_owned()
        };
        let mut pipe = opener::encoding::TextPipe::new(Some(label)).expect("a label");
        let mut out = Vec::new();
        for piece in bytes.chunks(size) {
            pipe.push(piece, &mut |p| out.extend_from_slice(p));
        }
        pipe.finish(&mut |p| out.extend_from_slice(p));
        prop_assert_eq!(String::from_utf8(out).expect("UTF-8"), text);
    }

    #[test]
    fn any_bytes_open_or_fail_in_words(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        for kind in [Opener::Gzip, Opener::Zip, Opener::Excel, Opener::OldExcel, Opener::OpenDocument, Opener::Decode(sniff::Encoding::Legacy)] {
            if let Err(error) = opener::open(Cursor::new(&bytes), kind, Choice::default(), &mut |_| {}) {
                prop_assert!(error.to_string().len() > 20);
            }
        }
    }
}

#[test]
fn every_encoding_that_can_be_chosen_is_one() {
    for (label, name) in bright_spots::ingest::encodings::CHOICES {
        let encoding = bright_spots::opener::encoding::by_label(label).unwrap();
        assert_eq!(encoding.name(), label, "{name}");
    }
}
