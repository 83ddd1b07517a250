//! The five steps of a caring conversation: key points and prompts that change with the student's
//! attendance tier. Prompts are ours; `{name}` stands for the student.

use crate::attendance::Tier;

/// One of the five steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub key: &'static str,
    pub title: &'static str,
    pub aim: &'static str,
    pub key_points: &'static [&'static str],
    pub prompts: &'static [Prompt],
}

/// A thing to say or ask, for students from one tier to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prompt {
    pub from: Tier,
    pub to: Tier,
    pub text: &'static str,
}

const fn all(text: &'static str) -> Prompt {
    Prompt { from: Tier::Satisfactory, to: Tier::Extreme, text }
}

const fn only(from: Tier, to: Tier, text: &'static str) -> Prompt {
    Prompt { from, to, text }
}

use Tier::{AtRisk, Extreme, Moderate, Satisfactory, Severe};

pub const STEPS: [Step; 5] = [
    Step {
        key: "learn",
        title: "Learn",
        aim: "Get to know the family, before anything about days.",
        key_points: &["Ask open questions and listen", "Hopes first, for student and family", "Write down strengths"],
        prompts: &[
            all("What do you hope {name} will be doing in a few years?"),
            all("{name}, what do you look forward to on a school day?"),
            all("What has been interesting this year? What has been hard?"),
            only(Moderate, Extreme, "How has the last while been for all of you?"),
            only(Severe, Extreme, "What should we know so that we can be of use?"),
        ],
    },
    Step {
        key: "share",
        title: "Share",
        aim: "Tell what you enjoy about this student, and what you wish for them.",
        key_points: &[
            "Something true that you saw yourself",
            "What you would love to see this year",
            "Coming is a habit we build together",
        ],
        prompts: &[
            all("Last week I saw {name} do something that I want to tell you about."),
            all("This year I would love to see {name} …"),
            only(Moderate, Extreme, "Class is different when {name} is away. Others ask."),
        ],
    },
    Step {
        key: "inform",
        title: "Inform",
        aim: "Look at the calendar together, and at what was missed.",
        key_points: &[
            "Progress first",
            "Show the days on a calendar, and let the family read it",
            "Name what was taught on those days, and tie it to their hopes",
        ],
        prompts: &[
            only(Satisfactory, Satisfactory, "{name} has been here nearly every day. What makes that work at home?"),
            only(
                AtRisk,
                AtRisk,
                "Here are the days so far. A few more like this would add up: shall we look at which they were?",
            ),
            only(AtRisk, Extreme, "Do these days match what you remember?"),
            only(
                Moderate,
                Moderate,
                "These days come to about one in ten or more. That is the point at which we look for help together.",
            ),
            only(Moderate, Extreme, "Some of these days fall together. What are those mornings like?"),
            only(
                Severe,
                Severe,
                "{name} has missed a fifth of the days or more. We would like to understand it, and we will not do this with letters.",
            ),
            only(
                Extreme,
                Extreme,
                "{name} has been away more than here. Let us begin with one thing that would make coming back possible.",
            ),
            only(AtRisk, Extreme, "On these days the class worked on … Here is how we could make up for it."),
        ],
    },
    Step {
        key: "discuss",
        title: "Discuss",
        aim: "Find out what helps and what gets in the way, and who could step in.",
        key_points: &[
            "What already works on good days",
            "Reasons, without judging them",
            "Ways to catch up in class and at home",
            "Fill in the help bank together",
        ],
        prompts: &[
            only(Satisfactory, AtRisk, "What would make an ordinary morning easier?"),
            only(Moderate, Extreme, "What makes it hard to come? What happens on a day that goes well?"),
            all("Who could bring {name} when you cannot?"),
            all("What helps {name} to catch up?"),
            only(Severe, Extreme, "Is there anything at school that {name} would rather not face?"),
            only(Severe, Extreme, "Who else is already helping you? Would it help if we talked to each other?"),
        ],
    },
    Step {
        key: "agree",
        title: "Agree on a plan",
        aim: "Settle a few steps for family, student and school, and a day to look again.",
        key_points: &[
            "Steps that are small and certain",
            "At least one step that is the school’s",
            "Offer services, and ask before passing anything on",
            "A copy for the family, a date to look again",
        ],
        prompts: &[
            all("What are you still wondering about?"),
            all("What can we do from our side?"),
            only(AtRisk, Extreme, "Which one step would help most in the next two weeks?"),
            only(Moderate, Extreme, "Would it help to work with …?"),
            only(Severe, Extreme, "Shall we look again in a week, not in a month?"),
            all("When shall we talk again, and how do you like to be reached?"),
        ],
    },
];

impl Step {
    /// The prompts for a student of this tier, with the student's name in place. Without a tier,
    /// those that fit everyone.
    #[must_use]
    pub fn prompts_for(&self, tier: Option<Tier>, name: &str) -> Vec<String> {
        self.prompts
            .iter()
            .filter(|p| match tier {
                Some(tier) => p.from <= tier && tier <= p.to,
                None => p.from == Satisfactory && p.to == Extreme,
            })
            .map(|p| p.text.replace("{name}", name))
            .collect()
    }
}

/// From an attitude that looks at the problem to one that looks for partnership; stands beside
/// the prompts.
pub const ATTITUDES: [(&str, &str); 4] = [
    ("Calling only when something is wrong", "Getting to know each other first, while nothing is"),
    ("Telling families", "Asking and listening first: hopes, strengths, needs"),
    ("Counting what is missing", "Building on what the student and family are good at"),
    ("Knowing what is best for them", "Working it out together, from what matters to them"),
];

/// After a conversation, or a role play of one.
pub const DEBRIEF: [&str; 4] = [
    "What did you learn that you did not know?",
    "When did it get easier, and when harder?",
    "What did the family offer?",
    "What will you do differently next time?",
];

/// The four circles of the help bank, for staff; the family's words are on the family page.
pub const HELP_BANK: [(&str, &str); 4] = [
    ("household", "Who lives at home"),
    ("everyday", "People who can take or fetch the child on most days"),
    ("occasional", "People who can step in now and then"),
    ("potential", "People nearby who might, if they were asked"),
];

/// An invented case for practising, with a part for each of two people.
pub const ROLE_PLAY: [(&str, &str); 2] = [
    (
        "You teach Dana, grade 6",
        "Dana draws in every margin and helps others. In eleven weeks Dana missed nine days, most of them Mondays, and came late often.",
    ),
    (
        "You are Dana’s grandfather",
        "Dana’s mother works nights at weekends, and Dana gets a small brother ready on Mondays. Nobody at school has asked about it.",
    ),
];
