//! The three built-in sessions: sound, whole in both languages, and covering every item of their
//! sources as the table in `docs/sessions.md` says.

use bright_spots::workshop::catalogue::{self, FILES};
use bright_spots::workshop::session::{Choose, Input, Session, Step, StepKind, Subjects, Tool};
use bright_spots::workshop::text::Text;
use bright_spots::workshop::{edit, file};
use std::collections::{BTreeMap, BTreeSet};

/// Every reflection, activity, worksheet, poll and other thing to do of the five sources, by the
/// number of the source.
const SOURCE_ITEMS: &[(&str, &str)] = &[
    ("000", "Participant goals"),
    ("000", "Warm-up, reflection one: existing opportunities"),
    ("000", "Reflection two: the approach"),
    ("000", "Reflection three: a network"),
    ("000", "Reflection four: bright spots you know"),
    ("000", "Reflection five: three schools, conditions"),
    ("000", "Reflection five: three schools, the schools"),
    ("000", "Reflection six: site visit"),
    ("000", "Reflection seven: products"),
    ("000", "Learn more"),
    ("001", "Peer-to-peer session on a problem of practice"),
    ("001", "Two strands: data and supports"),
    ("001", "Piloted checklist"),
    ("001", "Question of practice from the field (2022)"),
    ("002", "Participant goals"),
    ("002", "Map of the thirteen topics"),
    ("002", "Warm-up, reflection one: a good partnership"),
    ("002", "Reflection two, part 1: root causes"),
    ("002", "Reflection two, part 2: who addresses them"),
    ("002", "Reflection two, part 3: current partners"),
    ("002", "Reflection two, part 4: gaps"),
    ("002", "Worksheet: who are our partners (myths, barriers, aversion)"),
    ("002", "Reflection three: organizations already active"),
    ("002", "List: potential partners"),
    ("002", "List: existing coalitions"),
    ("002", "Reflection four: mission, goals, resources"),
    ("002", "Creating a community partnership"),
    ("002", "Enlisting partners: three questions"),
    ("002", "Reflection five: one audience, one argument"),
    ("002", "Making the case"),
    ("002", "Worksheet: organizing the partnership"),
    ("002", "Reflection six: a partner to share data with"),
    ("002", "Data sharing: three levels"),
    ("002", "Learn more"),
    ("003", "Peer partners"),
    ("003", "Learning walks"),
    ("003", "Action research"),
    ("003", "Professional development follow-up"),
    ("004", "Map of the three e-learning sessions"),
    ("004", "Chat: introductions and a key partner"),
    ("004", "Poll: most valuable so far"),
    ("004", "Pop quiz, question 1"),
    ("004", "Pop quiz, question 2"),
    ("004", "Pop quiz, question 3"),
    ("004", "Pop quiz, question 4"),
    ("004", "Learning goals"),
    ("004", "Five functions of a school team"),
    ("004", "Shift to a partnership approach"),
    ("004", "Reflection: video, we all have a role"),
    ("004", "Attendance tiers and tiered support"),
    ("004", "Tailoring conversations to the tier"),
    ("004", "Reflection: a conversation that went badly"),
    ("004", "Role-play scenario: Peter"),
    ("004", "Process of five steps"),
    ("004", "Steps 1 and 2: two chat questions"),
    ("004", "Step 3: inform, with the calendar"),
    ("004", "Step 4: discuss"),
    ("004", "Worksheet: help bank"),
    ("004", "Step 5: arrive at a plan"),
    ("004", "Worksheet: caring conversation key points"),
    ("004", "Activity: at your school"),
    ("004", "Ground rules"),
    ("004", "Report out"),
    ("004", "Cycle of relationship building and listening to parents"),
    ("004", "Chat: what breaks the cycle, what keeps it going"),
    ("004", "Self-assessment poll: community partners"),
    ("004", "Community schools strategy"),
    ("004", "List: partners for change (sixteen types)"),
    ("004", "Chat: ways to identify partners"),
    ("004", "Worksheet: reasons, interventions, partners"),
    ("004", "Worksheet: list of partners"),
    ("004", "Four measuring questions"),
    ("004", "PDSA example: 2x10"),
    ("004", "Worksheet: blank PDSA"),
    ("004", "Review of learning goals"),
    ("004", "Evaluation survey"),
    ("004", "Questions from the audience"),
    ("004", "Playbook interventions (twenty-six)"),
    ("004", "How to use the playbook"),
];

fn texts(session: &Session) -> Vec<(String, Text)> {
    let mut all = vec![("title".to_owned(), session.title.clone()), ("summary".to_owned(), session.summary.clone())];
    all.extend(session.goals.iter().chain(&session.ground_rules).map(|text| ("about".to_owned(), text.clone())));
    all.extend(session.learn_more.iter().map(|link| ("learn more".to_owned(), link.label.clone())));
    for step in &session.steps {
        let mut mine = vec![step.title.clone(), step.prompt.clone()];
        for card in &step.cards {
            mine.push(card.title.clone());
            mine.extend(card.lines.clone());
        }
        mine.extend(step.links.iter().map(|link| link.label.clone()));
        for field in &step.fields {
            mine.push(field.label.clone());
            if !field.hint.is_empty() {
                mine.push(field.hint.clone());
            }
            match &field.input {
                Input::Choice { options, key, .. } => {
                    mine.extend(options.iter().map(|option| option.label.clone()));
                    mine.extend(key.iter().map(|key| key.explanation.clone()));
                }
                Input::Table { columns, rows, .. } => {
                    mine.extend(columns.iter().map(|column| column.label.clone()));
                    mine.extend(rows.iter().flatten().cloned());
                }
                _ => {}
            }
        }
        all.extend(mine.into_iter().map(|text| (step.id.clone(), text)));
    }
    all
}

#[test]
fn each_file_is_sound_and_in_the_form_in_which_it_is_saved() {
    for (id, text) in FILES {
        let session = file::decode(text.as_bytes()).unwrap_or_else(|problem| panic!("{id}: {problem}"));
        assert_eq!(session.id, id);
        assert_eq!(file::validate(&session), Vec::<String>::new());
        if std::env::var_os("BRIGHT_SPOTS_REWRITE").is_some() {
            let path = format!("{}/src/workshop/sessions/{id}.json", env!("CARGO_MANIFEST_DIR"));
            std::fs::write(path, file::encode(&session)).unwrap();
        }
        assert_eq!(file::encode(&session), text, "run once with BRIGHT_SPOTS_REWRITE=1 to write {id} as encode does");
    }
    assert_eq!(catalogue::sessions().len(), 3);
    assert!(catalogue::session("no-such-session").is_none());
}

#[test]
fn whatever_participants_read_stands_in_both_languages() {
    for session in catalogue::sessions() {
        for (place, text) in texts(&session) {
            assert!(!text.en.trim().is_empty() && !text.es.trim().is_empty(), "{}/{place}: {text:?}", session.id);
            for (language, words) in [("en", &text.en), ("es", &text.es)] {
                assert_eq!(words.trim(), words, "{}/{place} {language}", session.id);
                assert!(!words.contains("  ") && !words.contains('!') && !words.contains('¡'), "{place}: {words}");
            }
            let n_words = text.en.split_whitespace().count();
            assert!(n_words < 6 || text.en != text.es, "{}/{place} is not translated: {}", session.id, text.en);
        }
    }
}

#[test]
fn spanish_addresses_people_as_usted() {
    for session in catalogue::sessions() {
        for (place, text) in texts(&session) {
            let words: Vec<String> = text.es.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase).collect();
            for word in &words {
                let familiar = ["tu", "tus", "tú", "contigo", "puedes", "quieres", "tienes", "vosotros", "crees"];
                assert!(!familiar.contains(&word.as_str()), "{}/{place}: “{word}” in {}", session.id, text.es);
            }
            let questions = (text.es.matches('¿').count(), text.es.matches('?').count());
            assert_eq!(questions.0, questions.1, "{}/{place}: {}", session.id, text.es);
        }
    }
}

#[test]
fn every_session_has_goals_rules_notes_a_start_and_an_end() {
    for session in catalogue::sessions() {
        assert!(session.goals.len() >= 2 && session.ground_rules.len() >= 5, "{}", session.id);
        for step in &session.steps {
            assert!(!step.facilitator_note.is_empty(), "{}/{} has no note", session.id, step.id);
            assert!(step.minutes > 0, "{}/{} has no time", session.id, step.id);
            assert!(!step.prompt.is_empty(), "{}/{} has no prompt", session.id, step.id);
        }
        let kinds: Vec<StepKind> = session.steps.iter().map(|step| step.kind).collect();
        assert_eq!(kinds.first(), Some(&StepKind::Welcome));
        assert_eq!(kinds.last(), Some(&StepKind::Survey));
        assert!(kinds.contains(&StepKind::Commitment));
        let short = session.short_path().unwrap();
        assert!(short.total_minutes() <= 60 && short.total_minutes() == session.starred_minutes(), "{}", session.id);
        assert!(short.steps.len() < session.steps.len());
        assert_eq!(short.steps.first().map(|step| step.kind), Some(StepKind::Welcome));
        assert_eq!(short.steps.last().map(|step| step.kind), Some(StepKind::Survey));
    }
    for id in ["peer-learning", "community-partners"] {
        assert_eq!(catalogue::session(id).unwrap().total_minutes(), 60, "{id} fits an hour");
    }
}

#[test]
fn the_tool_that_answers_a_question_stands_beside_it() {
    for (session, step, tool) in [
        ("peer-learning", "our-bright-spots", Tool::Schools),
        ("peer-learning", "three-schools-predict", Tool::Conditions { predict_first: true }),
        ("peer-learning", "three-schools-published", Tool::Exhibit { predict_first: true }),
        ("peer-learning", "three-schools-schools", Tool::ThreeSchools),
        ("peer-learning", "site-visit", Tool::SiteVisit),
        ("community-partners", "reasons-and-owners", Tool::Reasons),
        ("community-partners", "data-sharing", Tool::Sharing),
        ("community-partners", "series-map", Tool::SeriesMap),
        ("partnering", "role-play-peter", Tool::Conversation),
        ("partnering", "role-play-learn-share", Tool::ConversationAt { first: 1, last: 2 }),
        ("partnering", "role-play-inform", Tool::ConversationAt { first: 3, last: 3 }),
        ("partnering", "role-play-plan", Tool::ConversationAt { first: 5, last: 5 }),
        ("partnering", "self-assessment", Tool::Assessment),
        ("partnering", "test-example", Tool::Pdsa),
    ] {
        let found = catalogue::session(session).unwrap().step(step).and_then(|step| step.tool);
        assert_eq!(found, Some(tool), "{session}/{step}");
    }
    for session in catalogue::sessions() {
        for step in session.steps.iter().filter(|step| step.predictions().is_some()) {
            let first = matches!(
                step.tool,
                Some(Tool::Conditions { predict_first: true } | Tool::Exhibit { predict_first: true })
            );
            assert!(first, "{}/{} asks for predictions beside an open answer", session.id, step.id);
        }
    }
}

#[test]
fn no_step_shows_the_rates_of_schools_that_a_later_step_asks_to_predict() {
    for session in catalogue::sessions() {
        let asks = |step: &Step| matches!(step.predictions(), Some((_, Subjects::Schools)));
        let Some(last) = session.steps.iter().rposition(asks) else { continue };
        for step in session.steps[..last].iter().filter(|step| !asks(step)) {
            let spoils =
                matches!(step.tool, Some(Tool::Tiers | Tool::Schools | Tool::ThreeSchools | Tool::Conditions { .. }));
            assert!(!spoils, "{}/{}", session.id, step.id);
        }
    }
}

#[test]
fn the_pieces_of_the_webinar_have_their_number() {
    let session = catalogue::session("partnering").unwrap();
    let quiz = session.step("pop-quiz").unwrap();
    let keys: Vec<&str> = quiz
        .fields
        .iter()
        .filter_map(|field| match &field.input {
            Input::Choice { key: Some(key), .. } => Some(key.correct.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(keys, ["false", "true", "false", "true"]);
    let options = |step: &str, field: &str| match &session.step(step).unwrap().field(field).unwrap().input {
        Input::Choice { options, .. } => options.len(),
        _ => 0,
    };
    assert_eq!(options("partners-for-change", "kinds"), 16);
    assert_eq!(options("playbook", "interventions"), 26);
    assert_eq!(options("poll-so-far", "helped"), 5);
    assert_eq!(session.step("role-play-peter").unwrap().cards.last().unwrap().lines.len(), 5);
    let level = session.step("self-assessment").unwrap().field("level").unwrap();
    assert!(matches!(&level.input, Input::Choice { choose: Choose::Scale, options, .. } if options.len() == 4));
    assert_eq!(options("five-functions", "most-needed"), 5);
    assert_eq!(session.step("four-questions").unwrap().fields.len(), 5);
}

#[test]
fn the_map_has_thirteen_topics_and_names_sessions_that_exist() {
    let series = catalogue::series();
    assert_eq!(series.iter().map(|topic| topic.number).collect::<Vec<_>>(), (1..=13).collect::<Vec<u8>>());
    let here: Vec<&str> = series.iter().chain(&catalogue::webinar_series()).filter_map(|topic| topic.session).collect();
    assert_eq!(here, ["peer-learning", "community-partners", "partnering"]);
    assert!(here.iter().all(|id| catalogue::session(id).is_some()));
}

/// Rows of the first table of `docs/sessions.md`: source, item, session, step.
fn documented() -> Vec<[String; 4]> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/sessions.md");
    let text = std::fs::read_to_string(path).expect("docs/sessions.md stands in the repository");
    let rows = text.lines().filter(|line| line.starts_with("| 00"));
    rows.map(|line| {
        let cells: Vec<String> =
            line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect();
        <[String; 4]>::try_from(cells).unwrap_or_else(|cells| panic!("not four cells: {cells:?}"))
    })
    .collect()
}

#[test]
fn every_item_of_the_sources_has_a_step_that_exists() {
    let sessions: BTreeMap<String, Session> =
        catalogue::sessions().into_iter().map(|session| (session.id.clone(), session)).collect();
    let rows = documented();
    for [source, item, session, steps] in &rows {
        let session = sessions.get(session).unwrap_or_else(|| panic!("{source} {item}: no session {session}"));
        for step in steps.split(", ") {
            let step = step.trim_matches('`');
            let found = session.step(step).is_some() || ["goals", "ground rules", "learn more"].contains(&step);
            assert!(found, "{source} {item}: {} has no step {step}", session.id);
        }
    }
    let listed: BTreeSet<(&str, &str)> = rows.iter().map(|row| (row[0].as_str(), row[1].as_str())).collect();
    let wanted: BTreeSet<(&str, &str)> = SOURCE_ITEMS.iter().copied().collect();
    assert_eq!(wanted.len(), SOURCE_ITEMS.len());
    assert_eq!(wanted.difference(&listed).collect::<Vec<_>>(), Vec::<&(&str, &str)>::new(), "missing in the docs");
    assert_eq!(listed.difference(&wanted).collect::<Vec<_>>(), Vec::<&(&str, &str)>::new(), "not in the sources");
}

#[test]
fn an_own_step_goes_anywhere_and_is_sound() {
    let mut session = catalogue::session("peer-learning").unwrap();
    let step = edit::own_step(7, bright_spots::workshop::Language::Spanish, "Nuestra ruta", "¿Quién viaja lejos?", 5);
    session.insert_step(2, step).unwrap();
    assert_eq!(file::validate(&session), Vec::<String>::new());
    assert_eq!(session.position("own-0000000000000007"), Some(2));
}
