//! The four peer supports, the visit's question kit, products to share, and recognition.

use super::{Prompt, p};
use crate::plans::model::SupportKind;

/// One column of the supports menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Support {
    pub kind: SupportKind,
    pub name: &'static str,
    pub what: &'static str,
    pub goal: &'static str,
    pub focus: &'static str,
    pub duration: &'static str,
    pub process: &'static [&'static str],
    pub measured_by: &'static str,
}

pub const PURPOSE: &str = "Colleagues help one another to find, try and refine what helps students grow";

pub const SUPPORTS: [Support; 4] = [
    Support {
        kind: SupportKind::PeerPartners,
        name: "Peer partners",
        what: "Two or more colleagues take on one problem, or polish something they already do well.",
        goal: "Explore or refine a practice together",
        focus: "Whatever the partners need",
        duration: "Days, weeks or months",
        process: &["Settle the goal", "Find the partners", "Make a plan", "Carry it out", "Look back together"],
        measured_by: "What was made, and reflections",
    },
    Support {
        kind: SupportKind::LearningWalk,
        name: "Learning walks",
        what: "A small group spends half a day in colleagues’ rooms with one question in mind.",
        goal: "Learn by watching others",
        focus: "Teaching and running a class",
        duration: "Half a day",
        process: &["Ask the facilitator", "Settle the goal", "Agree what to watch for", "Watch", "Look back together"],
        measured_by: "What was seen, and reflections",
    },
    Support {
        kind: SupportKind::ActionResearch,
        name: "Action research",
        what: "Alone or in a team, ask a hard question, gather data and answer it with care.",
        goal: "Investigate a question of your own",
        focus: "Methods and strategies",
        duration: "Months or years, as the question needs",
        process: &["Settle the question", "Collect data", "Make sense of them", "Tell others", "Look back together"],
        measured_by: "Findings",
    },
    Support {
        kind: SupportKind::FollowUp,
        name: "Follow-up on professional development",
        what: "After a session that a colleague led, work with that colleague until it lives in your room.",
        goal: "Carry on what a session began",
        focus: "What the session was about",
        duration: "Days, weeks or months",
        process: &["Settle the goal", "Ask the colleague who led", "Make a plan", "Carry it out", "Look back together"],
        measured_by: "Set by the session",
    },
];

/// A part of the visit and its questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KitPart {
    pub title: &'static str,
    pub questions: &'static [Prompt],
}

/// Questions of our own for a visit to a bright spot (the published kit was not available).
pub const KIT: [KitPart; 8] = [
    KitPart {
        title: "Before you go",
        questions: &[
            p("before.numbers", "What do the numbers say, of how many students, and how sure are we?", ""),
            p("before.recording", "Has the recording been checked? Is anything too good to be true?", ""),
            p("before.other", "What else could explain it?", "Grades, intake, a program for some students only"),
            p("before.want", "What do we hope to bring home?", ""),
        ],
    },
    KitPart {
        title: "The principal",
        questions: &[
            p("principal.when", "When did it change, and what was happening then?", ""),
            p("principal.who", "Whose job is attendance here?", ""),
            p("principal.days", "What happens after the first missed day, the third, the fifth?", ""),
            p("principal.stopped", "What did you stop doing?", ""),
            p("principal.keep", "What would you keep if the money went?", ""),
        ],
    },
    KitPart {
        title: "The team",
        questions: &[
            p("team.agenda", "Could we see the last agenda and what came of it?", ""),
            p("team.choose", "How do you decide whom to support?", ""),
            p("team.wrong", "Which hunch turned out wrong?", ""),
        ],
    },
    KitPart {
        title: "Teachers and the office",
        questions: &[
            p("office.coding", "How does an absence get its code, and how is a mistake put right?", ""),
            p("office.morning", "What happens between the bell and the first call home?", ""),
            p("office.return", "How is a student welcomed back, and how do they catch up?", ""),
        ],
    },
    KitPart {
        title: "Families and students",
        questions: &[
            p("families.notice", "Who notices when you are away, and how do you know?", ""),
            p("families.hard", "What made coming easier? What is still hard?", ""),
            p("families.trust", "Whom would you tell about a problem?", ""),
        ],
    },
    KitPart {
        title: "Partners",
        questions: &[
            p("partners.what", "What do you do here, and for whom?", ""),
            p("partners.start", "How did it begin, and what keeps it going?", ""),
        ],
    },
    KitPart {
        title: "What to watch",
        questions: &[
            p("observe.arrival", "Arrival: who greets whom?", ""),
            p("observe.office", "The front office: what does a late student hear?", ""),
            p("observe.ten", "The first ten minutes of a lesson", ""),
            p("observe.walls", "What do the walls say about being here?", ""),
        ],
    },
    KitPart {
        title: "What transfers",
        questions: &[
            p("transfer.depends", "What depends on something we lack?", ""),
            p("transfer.core", "Which part is the heart of it, and which is decoration?", ""),
            p("transfer.test", "What could each of us try within two weeks?", ""),
        ],
    },
];

/// Things to make from a visit, and to share.
pub const PRODUCTS: [Prompt; 7] = [
    p("profile", "Practice profile", "One page that a colleague can use tomorrow"),
    p("forms", "Forms to borrow", "Letters, lists and scripts, with nothing personal in them"),
    p("photos", "Photos and examples", "Only with the consent of everyone in them"),
    p("talk", "A short talk", "Ten minutes for a principals’ meeting"),
    p("host", "A day for visitors", "A date on which others may come and see"),
    p("story", "A story in a newsletter", "What changed for one class, told with its people"),
    p("test", "A test per visiting team", "One small thing each team will try, with a prediction"),
];

/// A start for criteria of recognition; a team edits them. Not the criteria of any award.
pub const CRITERIA: [Prompt; 5] = [
    p("numbers", "The numbers hold up", "Beside similar students, over more than one year, recording checked"),
    p("culture", "Coming is part of how the school lives", "Seen in greetings, messages, lessons"),
    p("data", "Data lead to help, early", "Who gets what, after how many days"),
    p("together", "A team carries it, with families and partners", "Not one person alone"),
    p("shares", "They share what they learned", "Also what did not work"),
];

/// Where to look before a peer network begins a question.
pub const NETWORK: [Prompt; 4] = [
    p("members", "Members", "Schools or districts with something to learn from one another"),
    p("strands", "Strands", "Two or three subjects for the year, such as data or supports"),
    p("question", "A question of practice", "Brought by one member, from real work, for each meeting"),
    p("pilot", "Something to pilot", "A checklist that each member tries before the next meeting"),
];
