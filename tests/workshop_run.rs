//! One device in a session: clocks, predictions before the reveal, a reload in the middle, a
//! session that changes under way, and what a reset names.

use bright_spots::workshop::gather::Gathering;
use bright_spots::workshop::reset::{Copy, will_be_removed, will_stay};
use bright_spots::workshop::run::{LineState, Run, View, starting_rows};
use bright_spots::workshop::{Language, Session, Value, catalogue};

const MINUTE: u64 = 60_000;
const START: u64 = 1_800_000_000_000;

fn session() -> Session {
    catalogue::session("peer-learning").unwrap()
}

fn start(view: View) -> Run {
    Run::start(&session(), view, Language::English, 42)
}

#[test]
fn the_clock_runs_through_steps_and_pauses() {
    let session = session();
    let mut run = start(View::Facilitator);
    assert_eq!(run.clock(&session, START).text(), "2:00");
    run.start_clock(START);
    run.start_clock(START + 1);
    assert_eq!(run.clock(&session, START + 30_500).text(), "1:30");
    run.next(&session, START + MINUTE);
    assert!(run.clock(&session, START + MINUTE).running, "the next step's clock goes on running");
    assert_eq!(run.clock(&session, START + 4 * MINUTE).text(), "1:00");
    run.stop_clock(START + 4 * MINUTE);
    run.stop_clock(START + 9 * MINUTE);
    assert_eq!(run.clock(&session, START + 20 * MINUTE).text(), "1:00");
    run.start_clock(START + 20 * MINUTE);
    assert_eq!(run.clock(&session, START + 21 * MINUTE + 45_000).text(), "-0:45");
    run.restart_clock(START + 22 * MINUTE);
    assert_eq!(run.clock(&session, START + 22 * MINUTE).text(), "4:00");
    run.back(&session, START + 23 * MINUTE);
    assert_eq!(run.clock(&session, START + 23 * MINUTE).spent_seconds, 60, "a step keeps the time it took");
}

#[test]
fn a_clock_that_was_set_back_takes_no_time_away() {
    let session = session();
    let mut run = start(View::Facilitator);
    run.start_clock(START);
    run.stop_clock(START + MINUTE);
    run.start_clock(START);
    assert_eq!(run.clock(&session, START - 10 * MINUTE).spent_seconds, 60);
    run.stop_clock(START - 10 * MINUTE);
    assert_eq!(run.clock(&session, START).spent_seconds, 60);
}

#[test]
fn the_agenda_says_when_each_step_is_planned_and_how_far_we_are() {
    let session = session();
    let mut run = start(View::Facilitator);
    run.next(&session, START);
    run.go_to(&session, "network", START);
    let lines = run.agenda(&session, START);
    let states: Vec<LineState> = lines.iter().take(5).map(|line| line.state).collect();
    assert_eq!(states, [LineState::Done, LineState::Done, LineState::Skipped, LineState::Current, LineState::Ahead]);
    let starts: Vec<u32> = lines.iter().take(5).map(|line| line.starts_at_minute).collect();
    assert_eq!(starts, [0, 2, 6, 10, 14]);
    let last = lines.last().unwrap();
    assert_eq!(last.starts_at_minute + u32::from(last.minutes), session.total_minutes());
}

#[test]
fn the_ends_of_the_agenda_hold() {
    let session = session();
    let mut run = start(View::Participant);
    run.back(&session, START);
    assert_eq!(run.position(&session), 0);
    for _ in 0..100 {
        run.next(&session, START);
    }
    assert_eq!(run.position(&session), session.steps.len() - 1);
    run.go_to(&session, "no-such-step", START);
    assert_eq!(run.current, "closing-survey");
}

#[test]
fn a_participant_sees_the_answer_only_after_every_guess() {
    let session = session();
    let schools = ["Alder", "Birch", "Cedar"].map(str::to_owned);
    let step = session.step("three-schools-predict").unwrap();
    let mut run = start(View::Participant);
    assert_eq!(run.reveal(step, &schools), Err(schools.to_vec()));
    run.predict(&step.id, "guesses", "Alder", Some(18));
    run.predict(&step.id, "guesses", "Birch", Some(220));
    assert_eq!(run.guesses_missing(step, &schools), ["Cedar"]);
    assert!(!run.is_revealed(&step.id));
    run.predict(&step.id, "guesses", "Cedar", Some(0));
    run.predict(&step.id, "guesses", "Alder", None);
    assert_eq!(run.reveal(step, &schools), Err(vec!["Alder".to_owned()]));
    run.predict(&step.id, "guesses", "Alder", Some(18));
    assert_eq!(run.reveal(step, &schools), Ok(()));
    assert!(run.is_revealed(&step.id));
    let Some(Value::Predictions(guesses)) = run.answers.get(&step.id, "guesses") else { panic!() };
    assert_eq!(guesses.get("Birch"), Some(&100), "no more than all students");
}

#[test]
fn the_published_schools_ask_for_their_own_three_and_a_facilitator_may_reveal() {
    let session = session();
    let step = session.step("three-schools-published").unwrap();
    let mut run = start(View::Participant);
    assert_eq!(run.guesses_missing(step, &[]), ["Vose", "Ventura Park", "Lynch Wood"]);
    for key in ["vose", "ventura-park", "lynch-wood"] {
        run.predict(&step.id, "guesses", key, Some(30));
    }
    assert_eq!(run.reveal(step, &[]), Ok(()));
    let mut run = start(View::Projector);
    assert_eq!(run.reveal(step, &[]), Ok(()));
    let plain = session.step("network").unwrap();
    assert_eq!(run.guesses_missing(plain, &["Alder".to_owned()]), Vec::<String>::new());
}

#[test]
fn a_reload_finds_everything_as_it_was() {
    let session = session();
    let mut run = start(View::Projector);
    run.start_clock(START);
    run.go_to(&session, "our-bright-spots", START + MINUTE);
    run.answer("our-bright-spots", "known", Value::Text("The band, and grade 3 — “Ms. O’s”".to_owned()));
    run.predict("three-schools-predict", "guesses", "Alder", Some(9));
    run.reveal(session.step("three-schools-published").unwrap(), &[]).unwrap();
    let again = Run::restore(&session, &run.save()).unwrap();
    assert_eq!(again, run);
    assert_eq!(again.clock(&session, START + 3 * MINUTE).text(), "3:00", "the clock ran on meanwhile");
}

#[test]
fn what_was_kept_is_refused_in_words_when_it_cannot_be_used() {
    let session = session();
    let kept = start(View::Participant).save();
    let other = catalogue::session("partnering").unwrap();
    for (text, says) in [
        ("", "empty"),
        ("{", "cut short"),
        ("nonsense", "not a session's state"),
        (&kept[..kept.len() - 5], "cut short"),
        (&kept.replace("\"version\":1", "\"version\":4"), "newer"),
        (&kept.replace("\"view\":\"participant\"", "\"view\":\"owl\""), "not as it should be"),
    ] {
        let problem = Run::restore(&session, text).unwrap_err();
        assert!(problem.message.en.contains(says), "{text}: {problem}");
    }
    assert!(Run::restore(&other, &kept).unwrap_err().message.en.contains("another session"));
}

#[test]
fn a_step_that_was_removed_under_way_sends_people_to_the_start_with_their_answers() {
    let mut session = session();
    let mut run = start(View::Participant);
    run.go_to(&session, "network", START);
    run.start_clock(START);
    run.answer("network", "openings", Value::Text("The monthly meeting".to_owned()));
    let kept = run.save();
    session.remove_step("network").unwrap();
    let run = Run::restore(&session, &kept).unwrap();
    assert_eq!(run.current, "welcome");
    assert_eq!(run.running_since, None);
    assert_eq!(run.answers.n_answers(), 1, "nothing typed is lost");
    assert_eq!(run.answers.fingerprint, session.fingerprint());
}

#[test]
fn a_table_begins_with_its_rows_in_the_readers_language() {
    let session = catalogue::session("partnering").unwrap();
    let input = &session.step("align-reasons").unwrap().field("alignment").unwrap().input;
    let rows = starting_rows(input, Language::Spanish);
    assert_eq!((rows.len(), rows[0].len()), (6, 3));
    assert_eq!((rows[0][0].as_str(), rows[3][0].as_str(), rows[5][0].as_str()), ("Ansiedad", "Cómo llegar", ""));
}

#[test]
fn a_reset_lists_what_there_is_and_nothing_else() {
    let session = session();
    let mut run = start(View::Facilitator);
    let mut gathering = Gathering::new();
    assert_eq!(will_be_removed(&session, Copy::BuiltIn, &run, &gathering), []);
    run.answers.set_name("Table 1");
    run.answer("network", "openings", Value::Text("x".to_owned()));
    run.next(&session, START);
    let mut other = start(View::Participant);
    other.answers.participant = format!("{:032x}", 43);
    gathering.add(&session, "a.json", other.answers.encode().as_bytes());
    let listed = will_be_removed(&session, Copy::NotSaved, &run, &gathering);
    let words: Vec<&str> = listed.iter().map(|text| text.en.as_str()).collect();
    assert_eq!(
        words,
        [
            "The name and team written on this device",
            "1 answer typed on this device",
            "The collected answers of 1 device",
            "Your version of “Creating opportunities for peer learning”, which is not saved as a file",
            "Your place in the session, its clocks and what was revealed",
        ]
    );
    assert!(listed.iter().chain(&will_stay()).all(|text| !text.es.is_empty()));
}
