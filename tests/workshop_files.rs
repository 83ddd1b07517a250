//! Session files, answers files, lines of answers and QR codes: round trips, released versions, and
//! what hostile input gets to hear.

use bright_spots::workshop::edit::{EditProblem, Shift};
use bright_spots::workshop::payload::{LONGEST_FOR_QR, answers_qr_svg, from_line, looks_like_line, to_line};
use bright_spots::workshop::{Answers, Language, Session, Value, catalogue, file};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const SESSION_V1: &str = include_str!("fixtures/workshop/session-v1.json");
const ANSWERS_V1: &str = include_str!("fixtures/workshop/answers-v1.json");

fn session() -> Session {
    file::decode(SESSION_V1.as_bytes()).unwrap()
}

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

fn choices(ids: &[&str], other: &str) -> Value {
    Value::Choices { chosen: ids.iter().map(|id| (*id).to_owned()).collect(), other: other.to_owned() }
}

fn filled() -> Answers {
    let mut answers = Answers::new(&session(), 0x0123_4567_89ab_cdef_0011_2233_4455_6677, Language::Spanish);
    answers.set_name("Mesa 3");
    answers.set_team("Harbor");
    let guesses = BTreeMap::from([("vose".to_owned(), 22), ("lynch-wood".to_owned(), 18)]);
    answers.set("guess", "guesses", Value::Predictions(guesses));
    answers.set("guess", "sure", Value::Number(7));
    answers.set("vote", "level", choices(&["middle"], ""));
    answers.set("vote", "kinds", choices(&["bus", "walk"], "bicicletas"));
    answers.set("next", "notes", text("La señora de la oficina saluda a todos.\nEso ayuda."));
    let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
    let rows = vec![row(["Llamar a las familias", "", "", ""]), row(["Ruta 4", "R. Okafor", "2 dic", "0"])];
    answers.set("next", "steps", Value::Table(rows));
    answers
}

#[test]
fn the_released_session_file_still_reads_and_writes_the_same() {
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let written = file::encode(&session());
    assert_eq!(json(&written), json(SESSION_V1));
    assert_eq!(file::decode(written.as_bytes()).unwrap(), session());
    assert_eq!(session().fingerprint(), "249dac24e778f870");
}

#[test]
fn the_released_answers_file_still_reads_and_writes_the_same() {
    assert_eq!(filled().encode(), ANSWERS_V1);
    assert_eq!(Answers::decode(ANSWERS_V1.as_bytes()).unwrap(), filled());
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    let mut bytes = b"\xef\xbb\xbf".to_vec();
    bytes.extend(SESSION_V1.as_bytes());
    assert_eq!(file::decode(&bytes).unwrap(), session());
}

/// Each row: what is changed in a sound file, into what, and words of the message.
#[test]
fn a_session_file_that_is_not_sound_says_what_is_wrong() {
    for (from, into, says) in [
        ("\"version\": 1", "\"version\": 2", "newer Bright Spots"),
        ("\"version\": 1", "\"version\": 0", "not a session file"),
        ("bright-spots/session", "bright-spots/answers", "holds someone's answers"),
        ("bright-spots/session", "bright-spots/results", "results file"),
        ("bright-spots/session", "somebody/else", "not a session file of Bright Spots"),
        ("\"kind\": \"poll\"", "\"kind\": \"party\"", "Line"),
        ("\"minutes\": 5", "\"minutes\": 5, \"surprise\": 1", "Line"),
        ("\"minutes\": 5", "\"minutes\": -5", "Line"),
        ("\"minutes\": 5", "\"minutes\": 500", "longer than 480 minutes"),
        ("\"id\": \"vote\"", "\"id\": \"guess\"", "same id as an earlier step"),
        ("\"id\": \"vote\"", "\"id\": \"<script>\"", "id that is not lower-case letters"),
        ("\"id\": \"harbor-morning\"", "\"id\": \"Harbor Morning\"", "session's id"),
        ("https://example.org/page", "javascript:alert(1)", "link that is not the address of a web page"),
        ("https://example.org/page", "https://", "link that is not the address of a web page"),
        ("https://example.org/page", "https://example.org/a b", "link that is not the address of a web page"),
        ("http://example.org/more", "data:text/html,x", "The session has a link"),
        ("\"correct\": \"true\"", "\"correct\": \"maybe\"", "right answer is not one of its options"),
        ("\"least\": 0", "\"least\": 99", "least is above its most"),
        ("\"blank_rows\": 2", "\"blank_rows\": 200", "rows and columns do not fit"),
        ("\"id\": \"cost\"", "\"id\": \"who\"", "rows and columns do not fit"),
        ("\"id\": \"lead\"", "\"id\": \"notes\"", "without an id of its own"),
        ("\"id\": \"walk\"", "\"id\": \"bus\"", "options, each with its own id"),
        ("Wait until all have guessed.", "Wait\\u0007 here.", "control characters"),
        ("\"en\": \"Guess first\"", "\"en\": \"\"", "Step 1 has no title"),
    ] {
        assert!(SESSION_V1.contains(from), "{from}");
        let problem = file::decode(SESSION_V1.replacen(from, into, 1).as_bytes()).unwrap_err();
        assert!(problem.to_string().contains(says), "{from} -> {into}: {problem}");
        assert!(!problem.hint.en.is_empty() && !problem.hint.es.is_empty() && !problem.message.es.is_empty());
    }
}

#[test]
fn files_that_are_no_session_at_all_are_named_as_such() {
    let long = format!("{{\"format\":\"bright-spots/session\",\"version\":1,\"x\":\"{}\"}}", "y".repeat(2_000_000));
    let deep = "[".repeat(100_000);
    let cut = &SESSION_V1[..SESSION_V1.len() / 2];
    for (bytes, says) in [
        (&b""[..], "empty"),
        (&b"  \n"[..], "empty"),
        (&b"student_id,date,status\n1,2026-01-01,A\n"[..], "not a session file"),
        (&b"\xff\xfe\x00\x01"[..], "not a session file"),
        (&b"{}"[..], "not a session file"),
        (&b"[1,2,3]"[..], "not a session file"),
        (cut.as_bytes(), "cut short"),
        (long.as_bytes(), "larger than"),
        (deep.as_bytes(), "not a session file"),
    ] {
        let problem = file::decode(bytes).unwrap_err();
        assert!(problem.message.en.contains(says), "{says}: {problem}");
    }
    let mut many = session();
    for at in 0..300 {
        let mut step = many.steps[0].clone();
        step.id = format!("copy-{at}");
        many.steps.push(step);
    }
    assert!(file::decode(file::encode(&many).as_bytes()).unwrap_err().message.en.contains("between 1 and 200 steps"));
    many.steps.clear();
    assert!(file::decode(file::encode(&many).as_bytes()).unwrap_err().message.en.contains("between 1 and 200 steps"));
}

#[test]
fn an_answers_file_that_is_not_sound_says_what_is_wrong() {
    for (from, into, says) in [
        ("\"version\": 1", "\"version\": 9", "newer Bright Spots"),
        ("bright-spots/answers", "bright-spots/session", "It is a session"),
        ("0123456789abcdef0011223344556677", "me", "which device"),
        ("\"Mesa 3\"", &format!("\"{}\"", "x".repeat(81)), "name that is too long"),
        ("\"Mesa 3\"", "\"Mesa\\u0000\"", "not text"),
        ("bicicletas", &"y".repeat(10_001), "too long"),
        ("\"number\": 7", "\"number\": \"seven\"", "Line"),
        ("\"name\"", "\"nombre\"", "Line"),
    ] {
        assert!(ANSWERS_V1.contains(from), "{from}");
        let problem = Answers::decode(ANSWERS_V1.replacen(from, into, 1).as_bytes()).unwrap_err();
        assert!(problem.to_string().contains(says), "{from}: {problem}");
    }
}

#[test]
fn an_answer_rises_the_revision_only_when_it_changes() {
    let mut answers = Answers::new(&session(), 1, Language::English);
    answers.set("next", "notes", text("a"));
    answers.set("next", "notes", text("a"));
    assert_eq!(answers.revision, 1);
    answers.set("next", "lead", text("  "));
    assert_eq!((answers.revision, answers.n_answers()), (1, 1));
    answers.set("next", "notes", text(""));
    assert_eq!((answers.revision, answers.n_answers()), (2, 0));
    assert!(answers.steps.is_empty());
    answers.set_name("  Table 2\n ");
    assert_eq!((answers.name.as_str(), answers.revision), ("Table 2", 3));
    assert_eq!(answers.file_name(), "answers-harbor-morning-000000.json");
}

#[test]
fn a_value_fits_only_its_own_kind_of_place() {
    let session = session();
    let fits = |step: &str, field: &str, value: Value| value.fits(session.step(step).unwrap().field(field).unwrap());
    assert!(fits("vote", "level", choices(&["low"], "")));
    assert!(!fits("vote", "level", choices(&["low", "high"], "")), "a scale takes one");
    assert!(!fits("vote", "level", choices(&["unknown"], "")));
    assert!(!fits("vote", "level", choices(&[], "something else")), "nothing can be written in");
    assert!(fits("vote", "kinds", choices(&["bus", "walk"], "boat")));
    assert!(!fits("vote", "kinds", choices(&["bus", "bus"], "")), "nobody votes twice");
    assert!(fits("guess", "sure", Value::Number(10)) && !fits("guess", "sure", Value::Number(11)));
    assert!(!fits("guess", "guesses", Value::Predictions(BTreeMap::from([("vose".to_owned(), 101)]))));
    assert!(!fits("next", "steps", Value::Table(vec![vec![String::new(); 5]])));
    assert!(!fits("next", "notes", Value::Number(1)));
}

#[test]
fn order_times_stars_and_wording_leave_the_fingerprint_alone() {
    let before = session();
    let mut after = before.clone();
    after.move_step("next", 0).unwrap();
    after.set_minutes("guess", 30).unwrap();
    after.toggle_star("vote").unwrap();
    after.steps[0].prompt.en = "Other words".to_owned();
    assert_eq!(after.fingerprint(), before.fingerprint());
    after.remove_step("vote").unwrap();
    assert_ne!(after.fingerprint(), before.fingerprint());
}

#[test]
fn a_change_that_cannot_be_made_leaves_the_session_as_it_was() {
    let mut session = session();
    let before = session.clone();
    assert_eq!(session.move_step("nowhere", 0), Err(EditProblem::NoSuchStep("nowhere".to_owned())));
    assert_eq!(session.set_minutes("guess", 481), Err(EditProblem::MinutesOutOfRange(481)));
    assert_eq!(session.insert_step(0, before.steps[1].clone()), Err(EditProblem::SameId("vote".to_owned())));
    assert_eq!(session.fit_to(2), Err(EditProblem::TooShortForSteps { minutes: 2, steps: 3 }));
    session.shift_step("guess", Shift::Earlier).unwrap();
    session.shift_step("next", Shift::Later).unwrap();
    assert_eq!(session, before);
    let (at, step) = session.remove_step("vote").unwrap();
    session.insert_step(at, step).unwrap();
    assert_eq!(session, before, "a removal can be undone");
    let mut bare = before.short_path().unwrap();
    assert_eq!(bare.steps.len(), 2);
    bare.remove_step("guess").unwrap();
    assert_eq!(bare.remove_step("next"), Err(EditProblem::LastStep));
    bare.toggle_star("next").unwrap();
    assert_eq!(bare.short_path(), Err(EditProblem::NothingStarred));
}

#[test]
fn a_line_reads_back_in_any_case_and_with_line_breaks() {
    let session = session();
    let answers = filled();
    let line = to_line(&session, &answers).unwrap();
    assert!(line.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()), "{line}");
    let broken: String = line
        .to_lowercase()
        .chars()
        .enumerate()
        .flat_map(|(at, c)| [c].into_iter().chain((at % 60 == 59).then_some('\n')))
        .collect();
    assert!(looks_like_line(&broken) && !looks_like_line("{\"format\":1}"));
    assert_eq!(from_line(&[&session], &broken).unwrap(), answers);
    for at in [7, 20, line.len() / 2, line.len() - 1] {
        let mut letters: Vec<char> = line.chars().collect();
        letters[at] = if letters[at] == 'A' { 'B' } else { 'A' };
        let wrong: String = letters.into_iter().collect();
        assert!(from_line(&[&session], &wrong).unwrap_err().message.en.contains("not whole"), "letter {at}");
    }
    assert!(from_line(&[&session], &line[..line.len() - 3]).unwrap_err().message.en.contains("not whole"));
    let other = catalogue::session("partnering").unwrap();
    assert!(from_line(&[&other], &line).unwrap_err().message.en.contains("another session"));
    assert!(to_line(&other, &answers).is_none());
}

/// The dark modules of the drawn path, read back by an independent QR reader.
fn scan(svg: &str) -> String {
    let side: usize = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    let mut dark = vec![false; side * side];
    let path = svg.split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
    for piece in path.split('M').filter(|piece| !piece.is_empty()) {
        let (x, rest) = piece.split_once(',').unwrap();
        let (y, rest) = rest.split_once('h').unwrap();
        let width: usize = rest.split('v').next().unwrap().parse().unwrap();
        let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
        dark[y * side + x..y * side + x + width].fill(true);
    }
    const SCALE: usize = 4;
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * SCALE, side * SCALE, |x, y| {
        if dark[y / SCALE * side + x / SCALE] { 0 } else { 255 }
    });
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    grids[0].decode().unwrap().1
}

#[test]
fn a_qr_code_is_read_back_by_another_reader() {
    let session = session();
    let answers = filled();
    let svg = answers_qr_svg(&session, &answers).unwrap();
    assert_eq!(from_line(&[&session], &scan(&svg)).unwrap(), answers);
    assert!(svg.contains("<title>Código QR de estas respuestas</title>") && !svg.contains("Okafor"));
}

#[test]
fn a_qr_code_is_offered_exactly_while_it_is_small_enough() {
    let session = session();
    let mut answers = Answers::new(&session, u128::MAX, Language::English);
    let mut fitting = 0;
    for n_letters in (900..1_200).step_by(10) {
        answers.set("next", "notes", text(&"x".repeat(n_letters)));
        let small = to_line(&session, &answers).unwrap().len() <= LONGEST_FOR_QR;
        let svg = answers_qr_svg(&session, &answers);
        assert_eq!(svg.is_some(), small, "{n_letters} letters");
        if let Some(svg) = svg {
            fitting = n_letters;
            if n_letters % 100 == 0 {
                assert_eq!(from_line(&[&session], &scan(&svg)).unwrap(), answers);
            }
        }
    }
    assert!((1_050..1_150).contains(&fitting), "{fitting} letters fit");
}

#[test]
fn the_answers_of_a_short_path_fit_a_qr_code() {
    let session = catalogue::session("peer-learning").unwrap().short_path().unwrap();
    let mut answers = Answers::new(&session, u128::MAX / 3, Language::English);
    answers.set_name("Table 4");
    let guesses = ["Alder Elementary", "Birch Elementary", "Cedar Elementary"].map(|name| (name.to_owned(), 20));
    answers.set("three-schools-predict", "guesses", Value::Predictions(BTreeMap::from(guesses)));
    answers.set("three-schools-predict", "why", text("More families on low income, so probably more absence."));
    answers.set("our-bright-spots", "known", text("The third grade at Birch; the band at the high school."));
    answers.set("our-bright-spots", "would-work", choices(&["careful"], ""));
    answers.set("three-schools-conditions", "conditions", text("Moves between schools: 42 students, a gap of 18."));
    answers.set("closing-survey", "useful", choices(&["very"], ""));
    let line = to_line(&session, &answers).unwrap();
    println!("a short path in a line of {} letters; its file has {} bytes", line.len(), answers.encode().len());
    assert!(line.len() < 700 && answers_qr_svg(&session, &answers).is_some());
}

proptest! {
    #[test]
    fn any_answers_come_back_from_a_file_and_from_a_line(
        notes in "[^\\p{C}]{0,80}", name in "[a-zA-Zñé ]{0,20}", guess in 0u8..=100, number in 0i32..=10,
        cells in proptest::collection::vec("[^\\p{C}]{0,12}", 4), participant: u128, spanish: bool,
    ) {
        let session = session();
        let language = if spanish { Language::Spanish } else { Language::English };
        let mut answers = Answers::new(&session, participant, language);
        answers.set_name(&name);
        answers.set("next", "notes", Value::Text(notes));
        answers.set("next", "steps", Value::Table(vec![cells]));
        answers.set("guess", "sure", Value::Number(number));
        answers.set("guess", "guesses", Value::Predictions(BTreeMap::from([("vose".to_owned(), guess)])));
        prop_assert_eq!(&Answers::decode(answers.encode().as_bytes()).unwrap(), &answers);
        let line = to_line(&session, &answers).unwrap();
        prop_assert_eq!(&from_line(&[&session], &line).unwrap(), &answers);
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), at in 0usize..3_000, with: u8) {
        let _ = file::decode(&bytes);
        let _ = Answers::decode(&bytes);
        let _ = from_line(&[&session()], &format!("BRIGHT1{}", String::from_utf8_lossy(&bytes)));
        for sound in [SESSION_V1, ANSWERS_V1] {
            let mut changed = sound.as_bytes().to_vec();
            let place = at % changed.len();
            changed[place] = with;
            let _ = file::decode(&changed);
            let _ = Answers::decode(&changed);
        }
    }

    #[test]
    fn fitting_to_a_time_adds_up_and_keeps_the_order_of_lengths(minutes in 3u32..400) {
        let mut session = session();
        let before: Vec<u16> = session.steps.iter().map(|step| step.minutes).collect();
        session.fit_to(minutes).unwrap();
        prop_assert_eq!(session.total_minutes(), minutes);
        prop_assert!(session.steps.iter().all(|step| step.minutes >= 1));
        for (a, b) in [(0, 1), (1, 2), (0, 2)] {
            if before[a] > before[b] {
                prop_assert!(session.steps[a].minutes >= session.steps[b].minutes);
            }
        }
    }

    #[test]
    fn moving_a_step_loses_none(moves in proptest::collection::vec((0usize..3, 0usize..5), 0..10)) {
        let mut session = session();
        let ids = |session: &Session| session.steps.iter().map(|step| step.id.clone()).collect::<BTreeSet<_>>();
        let before = ids(&session);
        for (which, to) in moves {
            let id = session.steps[which].id.clone();
            session.move_step(&id, to).unwrap();
            prop_assert_eq!(session.position(&id), Some(to.min(2)));
        }
        prop_assert_eq!(ids(&session), before);
    }
}
