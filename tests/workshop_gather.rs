//! Thirty files from a room: any order, twice the same, edited, broken, of another session; then
//! side by side, counted, against the reveal, on paper, and as plans.

use bright_spots::workshop::choices::chosen;
use bright_spots::workshop::gather::{Added, Gathering, RemarkKind};
use bright_spots::workshop::payload::to_line;
use bright_spots::workshop::session::{Becomes, Input};
use bright_spots::workshop::takeaway::{Block, Sheet, packet, team_page};
use bright_spots::workshop::tally::{Agreement, Reveal, Said, against, disagreement, spread, tally, tally_field};
use bright_spots::workshop::{Answers, Language, Session, Value, catalogue, exhibit, file};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const EN: Language = Language::English;

fn session() -> Session {
    file::decode(include_bytes!("fixtures/workshop/session-v1.json")).unwrap()
}

fn choice(id: &str) -> Value {
    Value::Choices { chosen: vec![id.to_owned()], other: String::new() }
}

fn row(cells: [&str; 4]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

/// The answers of the `n`th of a room.
fn person(session: &Session, n: u128) -> Answers {
    let mut answers = Answers::new(session, n, if n.is_multiple_of(2) { EN } else { Language::Spanish });
    let levels = ["high", "middle", "low"];
    answers.set("vote", "level", choice(levels[usize::try_from(n % 3).unwrap()]));
    answers.set("next", "notes", Value::Text(format!("Thought {n}")));
    let guess = u8::try_from(n % 50).unwrap();
    answers.set("guess", "guesses", Value::Predictions(BTreeMap::from([("vose".to_owned(), guess)])));
    answers.set_team(["Harbor", " harbor ", "Hill"][usize::try_from(n % 3).unwrap()]);
    answers
}

fn room(n: u128) -> Vec<(String, Vec<u8>)> {
    let session = session();
    (0..n).map(|at| (format!("answers-{at}.json"), person(&session, at).encode().into_bytes())).collect()
}

fn gathered(files: &[(String, Vec<u8>)]) -> Gathering {
    let mut gathering = Gathering::new();
    for (name, bytes) in files {
        gathering.add(&session(), name, bytes);
    }
    gathering
}

#[test]
fn each_dropped_file_is_told_apart() {
    let session = session();
    let mut gathering = Gathering::new();
    let mut answers = person(&session, 5);
    let first = answers.encode();
    assert_eq!(gathering.add(&session, "a.json", first.as_bytes()), Added::New);
    assert_eq!(gathering.add(&session, "a copy.json", first.as_bytes()), Added::Again);
    answers.set("next", "lead", Value::Text("R. Okafor".to_owned()));
    let second = answers.encode();
    assert_eq!(gathering.add(&session, "b.json", second.as_bytes()), Added::Replaced);
    assert_eq!(gathering.add(&session, "a.json", first.as_bytes()), Added::Again);
    let edited = second.replace("Thought 5", "Changed by hand");
    assert_eq!(gathering.add(&session, "c.json", edited.as_bytes()), Added::Differs);
    let people = gathering.participants(EN);
    assert_eq!(people.len(), 2, "both texts of the same version are shown");
    let kinds: Vec<RemarkKind> = gathering.remarks(&session).iter().map(|remark| remark.kind).collect();
    assert_eq!(kinds, [RemarkKind::Differs, RemarkKind::Superseded]);
    let mut late = Gathering::new();
    late.add(&session, "b.json", second.as_bytes());
    assert_eq!(late.add(&session, "a.json", first.as_bytes()), Added::Older);
    assert_eq!(late.participants(EN)[0].answers, answers);
    gathering.remove(&answers.participant);
    assert!(gathering.is_empty());
}

#[test]
fn a_file_that_cannot_be_used_is_named_and_nothing_else_is_lost() {
    let session = session();
    let mut files = room(3);
    let whole = files[0].1.clone();
    files.push(("half.json".to_owned(), whole[..whole.len() / 2].to_vec()));
    files.push(("attendance.csv".to_owned(), b"student,date\nRobin Marked,2026-01-05\n".to_vec()));
    files.push(("empty.json".to_owned(), Vec::new()));
    files.push(("the session.json".to_owned(), file::encode(&session).into_bytes()));
    let other = Answers::new(&catalogue::session("partnering").unwrap(), 9, EN);
    files.push(("other.json".to_owned(), other.encode().into_bytes()));
    let gathering = gathered(&files);
    assert_eq!(gathering.participants(EN).len(), 3);
    let messages: BTreeMap<String, String> =
        gathering.remarks(&session).into_iter().map(|remark| (remark.about, remark.message)).collect();
    for (file, says) in [
        ("half.json", "cut short"),
        ("attendance.csv", "not an answers file"),
        ("empty.json", "empty"),
        ("the session.json", "It is a session"),
        ("other.json", "belong to another session (“partnering”, not “harbor-morning”)"),
    ] {
        assert!(messages[file].contains(says), "{file}: {}", messages[file]);
    }
    assert_eq!(messages.len(), 5);
    assert!(messages.values().all(|message| !message.contains("Robin")), "no cell is quoted");
    let mut gathering = gathering;
    gathering.dismiss_refused();
    assert_eq!(gathering.remarks(&session), []);
}

#[test]
fn answers_without_a_place_are_kept_in_sight() {
    let session = session();
    let mut answers = person(&session, 1);
    answers.set("own-1", "notes", Value::Text("Our own step".to_owned()));
    answers.set("vote", "level", choice("sideways"));
    let gathering = gathered(&[("a.json".to_owned(), answers.encode().into_bytes())]);
    let left: BTreeSet<String> = gathering.unplaced(&session, EN).into_iter().map(|left| left.text).collect();
    assert_eq!(left, BTreeSet::from(["Our own step".to_owned(), "sideways".to_owned()]));
    assert_eq!(gathering.remarks(&session)[0].kind, RemarkKind::OtherVersion);
    let text = packet(&session, &gathering, |_| Vec::new(), EN).to_text();
    assert!(text.contains("Our own step") && text.contains("sideways"), "{text}");
}

#[test]
fn a_full_and_a_short_session_meet() {
    let whole = catalogue::session("peer-learning").unwrap();
    let short = whole.short_path().unwrap();
    let mut answers = Answers::new(&whole, 77, EN);
    answers.set("our-bright-spots", "known", Value::Text("Grade 3".to_owned()));
    let line = to_line(&whole, &answers).unwrap();
    let mut gathering = Gathering::new();
    assert_eq!(gathering.add(&short, "pasted", line.as_bytes()), Added::New);
    assert_eq!(gathering.add(&short, "a.json", answers.encode().as_bytes()), Added::Again);
    assert_eq!(gathering.remarks(&short), [], "all that was answered has its place");
    let mut from_short = Answers::new(&short, 78, EN);
    from_short.set("our-bright-spots", "known", Value::Text("The band".to_owned()));
    let line = to_line(&short, &from_short).unwrap();
    assert_eq!(Gathering::new().add(&whole, "pasted", line.as_bytes()), Added::New);
}

#[test]
fn thirty_files_are_counted_side_by_side() {
    let session = session();
    let mut files = room(30);
    files.push(("answers-0 (1).json".to_owned(), files[0].1.clone()));
    let gathering = gathered(&files);
    let people = gathering.participants(EN);
    assert_eq!(people.len(), 30);
    assert_eq!(people[0].files, ["answers-0 (1).json", "answers-0.json"]);
    let counted = tally(&session, &people);
    assert_eq!(counted.iter().map(|step| step.step.as_str()).collect::<Vec<_>>(), ["guess", "vote", "next"]);
    let Said::Poll(poll) = &counted[1].fields[0].said else { panic!() };
    assert_eq!((poll.answered, poll.of), (30, 30));
    assert_eq!(poll.options.iter().map(|option| option.count).collect::<Vec<_>>(), [10, 10, 10]);
    let apart = poll.disagreement.unwrap();
    assert_eq!((apart.pairs, apart.pairs_apart, apart.pairs_far_apart), (435, 300, 100));
    assert_eq!(apart.reading, Agreement::Apart);
    let Said::Poll(fact) = &counted[1].fields[1].said else { panic!() };
    assert_eq!((fact.answered, fact.of, fact.disagreement), (0, 30, None));
    assert!(fact.options[0].is_key && !fact.options[1].is_key);
    let Said::Words(words) = &counted[2].fields[0].said else { panic!() };
    assert_eq!(words.len(), 30);
    let Said::Predictions(guesses) = &counted[0].fields[0].said else { panic!() };
    let lines = against(guesses, &exhibit::reveals());
    assert_eq!(lines.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(), ["Vose", "Ventura Park", "Lynch Wood"]);
    let vose = &lines[0];
    assert_eq!(vose.guesses, (0..30).collect::<Vec<u8>>());
    assert_eq!((vose.median_tenths, vose.actual_tenths), (Some(145), Some(90)));
    assert_eq!((vose.too_low, vose.near, vose.too_high), (4, 11, 15));
    assert_eq!((lines[1].guesses.len(), lines[1].median_tenths), (0, None));
}

#[test]
fn a_rate_that_is_hidden_stays_unknown() {
    let session = session();
    let people = gathered(&room(4)).participants(EN);
    let step = session.step("guess").unwrap();
    let Said::Predictions(guesses) = tally_field(&people, step, &step.fields[0]).said else { panic!() };
    let hidden = Reveal { key: "vose".to_owned(), name: "Vose".to_owned(), tenths_of_percent: None };
    for reveals in [vec![hidden], Vec::new()] {
        let lines = against(&guesses, &reveals);
        assert_eq!(lines.len(), 1);
        assert_eq!((lines[0].actual_tenths, lines[0].too_low, lines[0].near, lines[0].too_high), (None, 0, 0, 0));
        assert_eq!(lines[0].guesses.len(), 4);
    }
}

#[test]
fn nobody_is_named_on_the_projector() {
    let session = session();
    let mut answers = person(&session, 3);
    answers.set_name("Marisol Marked");
    let people = gathered(&[("Marisol Marked.json".to_owned(), answers.encode().into_bytes())]).participants(EN);
    assert_eq!((people[0].label.as_str(), people[0].neutral_label.as_str()), ("Marisol Marked", "Answer 1"));
}

#[test]
fn disagreement_is_counted_in_pairs() {
    use Agreement::{Apart, Close, Mixed, Same};
    for (counts, far, pairs, apart, far_apart, reading) in [
        (&[5, 0, 0, 0][..], 2, 10, 0, 0, Same),
        (&[9, 1], 2, 45, 9, 0, Close),
        (&[7, 3], 2, 45, 21, 0, Mixed),
        (&[5, 5], 2, 45, 25, 0, Apart),
        (&[9, 0, 0, 1], 2, 45, 9, 9, Mixed),
        (&[6, 0, 0, 2], 2, 28, 12, 12, Apart),
        (&[1, 0, 1], usize::MAX, 1, 1, 0, Apart),
    ] {
        let found = disagreement(counts, far).unwrap();
        assert_eq!(
            (found.pairs, found.pairs_apart, found.pairs_far_apart, found.reading),
            (pairs, apart, far_apart, reading),
            "{counts:?}"
        );
    }
    assert_eq!(disagreement(&[1, 0], 2), None);
}

#[test]
fn the_spread_of_numbers_is_exact() {
    for (numbers, n, lowest, lower, median, upper, highest) in [
        (vec![7], 1, 7, 70, 70, 70, 7),
        (vec![9, 2], 2, 2, 20, 55, 90, 9),
        (vec![1, 2, 3, 4, 100], 5, 1, 15, 30, 520, 100),
        (vec![4, 1, 3, 2], 4, 1, 15, 25, 35, 4),
    ] {
        let found = spread(numbers).unwrap();
        assert_eq!((found.n, found.lowest, found.highest), (n, lowest, highest));
        assert_eq!(
            (found.lower_quartile_tenths, found.median_tenths, found.upper_quartile_tenths),
            (lower, median, upper)
        );
    }
    assert_eq!(spread(Vec::new()), None);
}

fn packet_of(session: &Session, gathering: &Gathering) -> Sheet {
    packet(session, gathering, |_| exhibit::reveals(), EN)
}

fn team_answers(session: &Session) -> Answers {
    let mut answers = Answers::new(session, 11, EN);
    answers.set_team("Harbor");
    answers.set("vote", "level", choice("low"));
    answers.set("vote", "kinds", Value::Choices { chosen: vec!["walk".to_owned()], other: "Boat".to_owned() });
    answers.set("next", "notes", Value::Text("word ".repeat(200)));
    let rows = vec![
        row(["Call families", "", "", ""]),
        row(["Ride along on route 4", "R. Okafor", "2 December", "none"]),
        row(["", "", "", ""]),
        row(["", "Nobody yet", "", ""]),
    ];
    answers.set("next", "steps", Value::Table(rows));
    answers
}

#[test]
fn choices_become_plans_once() {
    let session = session();
    let gathering = gathered(&[("a.json".to_owned(), team_answers(&session).encode().into_bytes())]);
    let found = chosen(&session, &gathering.participants(EN), "Harbor");
    let brief: Vec<(Becomes, &str, &str, &str)> =
        found.iter().map(|one| (one.becomes, one.what.as_str(), one.who.as_str(), one.by_when.as_str())).collect();
    assert_eq!(
        brief,
        [
            (Becomes::Strategy, "Walk", "", ""),
            (Becomes::Strategy, "Boat", "", ""),
            (Becomes::Action, "Ride along on route 4", "R. Okafor", "2 December"),
        ],
        "rows given at the start, empty rows and rows without a what are not choices"
    );
    assert_eq!(found[2].more, [("Cost".to_owned(), "none".to_owned())]);
    let keys: BTreeSet<&String> = found.iter().map(|one| &one.key).collect();
    assert_eq!(keys.len(), found.len());
    let mut two = gathering.clone();
    let mut same = team_answers(&session);
    same.participant = format!("{:032x}", 1);
    two.add(&session, "b.json", same.encode().as_bytes());
    assert_eq!(two.participants(EN).len(), 2);
    assert_eq!(chosen(&session, &two.participants(EN), "Harbor"), found, "members who chose alike make one plan");
    assert_ne!(chosen(&session, &gathering.participants(EN), "Hill")[0].key, found[0].key);
    let text = team_page(&session, "Harbor", &two.participants(EN), EN).to_text();
    assert!(text.contains("- Walk (×2)") && text.matches("Ride along").count() == 1, "{text}");
}

#[test]
fn a_team_page_stays_one_page_and_the_packet_keeps_every_word() {
    let session = session();
    let gathering = gathered(&[("a.json".to_owned(), team_answers(&session).encode().into_bytes())]);
    let teams = gathering.teams(EN);
    assert_eq!(teams.len(), 1);
    let page = team_page(&session, &teams[0].0, &teams[0].1, EN);
    let headings: Vec<&str> = page.sections.iter().map(|section| section.heading.as_str()).collect();
    assert_eq!(headings, ["What we found", "What we chose", "Who does what, by when"]);
    let text = page.to_text();
    assert!(text.len() < 2_000 && text.contains("…") && text.contains("Ride along on route 4 | R. Okafor"), "{text}");
    assert!(!text.contains("Call families"), "rows nobody touched are left out");
    let packet = packet_of(&session, &gathering);
    assert!(packet.to_text().contains(&"word ".repeat(199)));
    assert_eq!(packet.subtitle, "Answers from 1 device");
    // Thirty people who write much still have one page.
    let built_in = catalogue::session("peer-learning").unwrap();
    let mut members = Gathering::new();
    for n in 0..30 {
        let mut answers = Answers::new(&built_in, 100 + n, EN);
        answers.set_team("Harbor");
        for (step, field) in built_in.answer_places() {
            match &field.input {
                Input::Notes | Input::Line => {
                    answers.set(&step.id, &field.id, Value::Text(format!("{n} {}", "word ".repeat(100))))
                }
                Input::Table { columns, .. } => {
                    let cells = vec!["words and more words ".repeat(8); columns.len()];
                    answers.set(&step.id, &field.id, Value::Table(vec![cells; 2]))
                }
                _ => {}
            }
        }
        members.add(&built_in, &format!("{n}.json"), answers.encode().as_bytes());
    }
    let full = team_page(&built_in, "Harbor", &members.participants(EN), EN);
    assert!(full.one_page && !packet_of(&built_in, &members).one_page);
    let mut n_answers = 0;
    for block in full.sections.iter().flat_map(|section| &section.blocks) {
        if let Block::Answer { lines, .. } = block {
            n_answers += 1;
            let chars: usize = lines.iter().map(|line| line.chars().count()).sum();
            assert!(chars <= 8 * 46 && lines.last().unwrap().ends_with('…'), "{lines:?}");
        }
    }
    assert!((8..=17).contains(&n_answers), "{n_answers}");
    assert!(full.to_text().len() < 4_500, "{}", full.to_text().len());
    assert!(full.to_text().contains("The packet has them all."));
    let spanish = team_page(&session, "Harbor", &[], Language::Spanish);
    assert_eq!(spanish.sections[0].heading, "Lo que encontramos");
    assert!(matches!(spanish.sections[0].blocks[..], [Block::Blank(_)]), "an empty page has lines to write on");
}

#[test]
fn teams_meet_under_one_name_and_the_rest_stand_alone() {
    let session = session();
    let mut files = room(6);
    let mut alone = Answers::new(&session, 99, EN);
    alone.set("next", "lead", Value::Text("me".to_owned()));
    files.push(("alone.json".to_owned(), alone.encode().into_bytes()));
    let sizes: Vec<(String, usize)> =
        gathered(&files).teams(EN).into_iter().map(|(name, people)| (name, people.len())).collect();
    assert_eq!(sizes, [("Harbor".to_owned(), 4), ("Hill".to_owned(), 2), ("Answer 7".to_owned(), 1)]);
}

#[test]
fn a_packet_of_a_built_in_session_holds_every_question_in_both_languages() {
    for session in catalogue::sessions() {
        for language in Language::ALL {
            let sheet = packet(&session, &Gathering::new(), |_| exhibit::reveals(), language);
            let text = sheet.to_text();
            for (_, field) in session.answer_places() {
                assert!(text.contains(field.label.get(language)), "{}: {}", session.id, field.label.get(language));
            }
        }
    }
}

#[test]
fn what_was_collected_survives_a_reload() {
    let session = session();
    let mut files = room(5);
    files.push(("broken.json".to_owned(), b"{".to_vec()));
    files.push(("again.json".to_owned(), files[2].1.clone()));
    let gathering = gathered(&files);
    assert_eq!(Gathering::restore(&session, &gathering.save()).unwrap(), gathering);
    assert!(Gathering::restore(&session, "nonsense").is_err());
}

proptest! {
    /// Files are versions 1 to 3 of some people's answers, some edited by hand, some broken; every
    /// order, with repeats, shows the same.
    #[test]
    fn the_order_of_files_does_not_matter(
        picks in proptest::collection::vec((0u128..5, 0usize..3, 0usize..4), 1..25), seed in any::<u64>(),
    ) {
        let session = session();
        let files: Vec<(String, Vec<u8>)> = picks.iter().map(|(who, version, form)| {
            let mut answers = person(&session, *who);
            for at in 0..*version {
                answers.set("next", "lead", Value::Text(format!("lead {at}")));
            }
            let text = answers.encode();
            let text = match form {
                0 | 1 => text,
                2 => text.replace("Thought", "Edited"),
                _ => text[..text.len() / 3].to_owned(),
            };
            (format!("{who}-{version}-{form}.json"), text.into_bytes())
        }).collect();
        let mut shuffled = files.clone();
        let mut state = seed | 1;
        for at in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(at, usize::try_from(state >> 33).unwrap() % (at + 1));
        }
        shuffled.extend(files.iter().take(3).cloned());
        let (one, two) = (gathered(&files), gathered(&shuffled));
        prop_assert_eq!(&one, &two);
        prop_assert_eq!(one.participants(EN), two.participants(EN));
        prop_assert_eq!(one.remarks(&session), two.remarks(&session));
        let usable: BTreeSet<u128> = picks.iter().filter(|(_, _, form)| *form < 3).map(|(who, ..)| *who).collect();
        let shown: BTreeSet<String> = one.participants(EN).iter().map(|person| person.answers.participant.clone()).collect();
        prop_assert_eq!(shown.len(), usable.len());
    }

    #[test]
    fn poll_counts_add_up(votes in proptest::collection::vec(0usize..4, 0..40)) {
        let session = session();
        let files: Vec<(String, Vec<u8>)> = votes.iter().enumerate().map(|(at, vote)| {
            let mut answers = Answers::new(&session, at as u128, EN);
            if let Some(level) = ["high", "middle", "low"].get(*vote) {
                answers.set("vote", "level", choice(level));
            }
            (format!("{at}.json"), answers.encode().into_bytes())
        }).collect();
        let people = gathered(&files).participants(EN);
        let step = session.step("vote").unwrap();
        let Said::Poll(poll) = tally_field(&people, step, &step.fields[0]).said else { panic!() };
        let n_votes = votes.iter().filter(|vote| **vote < 3).count();
        prop_assert_eq!(poll.options.iter().map(|option| option.count).sum::<usize>(), n_votes);
        prop_assert_eq!((poll.answered, poll.of), (n_votes, votes.len()));
        prop_assert_eq!(poll.disagreement.is_some(), n_votes >= 2);
    }
}
