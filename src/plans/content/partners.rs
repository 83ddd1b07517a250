//! Sixteen types of partners, coalitions, ways to find partners, audiences and their arguments,
//! the table of reasons, and what may be shared.

use super::{Prompt, p};
use crate::plans::model::Sharing;

pub const TYPES: [Prompt; 16] = [
    p("businesses", "Businesses", "Shifts that let parents and students keep school hours; rewards; goods"),
    p("community_schools", "Community schools initiatives", "A coordinator who brings services into the building"),
    p("family_support", "Family support organizations", "Someone to sit down with a family and sort things out"),
    p("early_childhood", "Early childhood providers", "Habits that begin before kindergarten"),
    p("faith", "Faith-based organizations", "Trusted voices, rooms, volunteers"),
    p("health", "Health and mental health providers", "Asthma, teeth, glasses, anxiety, at or near school"),
    p("housing", "Housing agencies", "Staying housed, and staying in the same school after a move"),
    p("hunger", "Hunger relief organizations", "Food for weekends and breaks"),
    p("higher_education", "Institutes of higher education", "Tutors, interns, help with studying what works"),
    p("government", "Local and tribal governments", "Transit, safe streets, services under one roof"),
    p("volunteers", "National service, volunteers and mentors", "Steady adults, week after week"),
    p("out_of_school", "Out-of-school time providers", "A reason to come, and care after the bell"),
    p("social_emotional", "Social and emotional learning providers", "Calm, friendship, ways through conflict"),
    p("social_services", "Social services", "Benefits, child care, care for relatives"),
    p(
        "population",
        "Organizations for one population, or civic groups",
        "People who share a language, a history, a street",
    ),
    p("philanthropy", "Philanthropy, with foundations and United Ways", "Money to start, and a voice in town"),
];

/// Where a group may already be working on the same thing.
pub const COALITIONS: [Prompt; 4] = [
    p("cradle_to_career", "Cradle to career alliances", "One set of goals from birth to work"),
    p(
        "grade_level_reading",
        "Campaign for Grade-Level Reading network",
        "Reading by third grade, attendance among its aims",
    ),
    p("grad_nation", "Grad Nation coalitions", "Graduation in a town or a state"),
    p("united_way", "United Way initiatives", "Local giving around shared goals"),
];

/// Ways to find partners that are not known yet.
pub const WAYS_TO_FIND: [Prompt; 4] = [
    p("211", "United Way 211", "By phone or on the web: services near a postcode"),
    p("findhelp", "findhelp.org", "A directory of services, by postcode"),
    p("ask_families", "Families", "Where do they already go for help?"),
    p("ask_staff", "Staff", "Who at school belongs to a club, a congregation, a board?"),
];

/// Audiences, each with a start for the argument. The team restates it in its own words.
pub const AUDIENCES: [Prompt; 10] = [
    p(
        "officials",
        "Mayor and elected officials",
        "Days in school now are graduates, taxpayers and safe streets later.",
    ),
    p("boards", "Superintendents and school boards", "Nothing else the district pays for works on an empty chair."),
    p("schools", "School principals and teachers", "Fewer gaps to fill, and a class that moves together."),
    p("out_of_school", "Out-of-school time programs", "Students who come to school come to the program."),
    p("early_educators", "Early childhood educators", "The habit you build is the one that lasts."),
    p("businesses", "Businesses and chambers of commerce", "Being there is what employers ask for first."),
    p("funders", "Local philanthropy", "What you fund reaches only the children who are there."),
    p("community", "Community organizations and faith-based groups", "You know families whom we have yet to reach."),
    p("health", "Health care providers", "A missed day is often the first sign of a health problem."),
    p("housing", "Housing authorities", "Stable homes and steady schooling hold each other up."),
];

/// One row of the table that a team starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    pub key: &'static str,
    pub reason: &'static str,
    pub interventions: &'static [&'static str],
    pub partners: &'static [&'static str],
}

/// The rows of the sources' table, in our words; partners by name as there.
pub const ALIGNMENT: [Row; 4] = [
    Row {
        key: "anxiety",
        reason: "Anxiety",
        interventions: &[
            "People whom families trust talk with them about being safe and well",
            "Time with a counselor, social worker or psychologist",
            "Small groups in which students practise calming down",
        ],
        partners: &["Local pediatricians", "Promotoras (community health workers)", "NAMI, for online courses"],
    },
    Row {
        key: "disengaged",
        reason: "Disengaged",
        interventions: &[
            "A mentor from a group of peers",
            "A learning plan of the student’s own",
            "Something after school: art, music, STEM",
            "Another way to earn missing credits",
        ],
        partners: &["MENTOR", "Parks and recreation program", "Boys & Girls Club"],
    },
    Row {
        key: "responsibilities",
        reason: "Family and work responsibilities",
        interventions: &[
            "Someone else to look after an older relative or younger children",
            "A changed timetable",
            "Shifts agreed with employers nearby",
        ],
        partners: &["Adult day care", "Child care referral networks"],
    },
    Row {
        key: "transport",
        reason: "Transportation barriers",
        interventions: &["A walking school bus", "Free passes for city buses", "Carpools"],
        partners: &["Parents", "AmeriCorps program", "City government"],
    },
];

/// What an organising meeting has to settle.
pub const ORGANISING: [Prompt; 5] = [
    p("leads", "Who leads, and who helps?", "A name for each, and someone to step in"),
    p("goals", "What do we want to reach, and who is what part of it?", "Small enough to be true in a year"),
    p("resources", "What does each bring?", "People, rooms, money, trust, time"),
    p("timeframe", "By when?", "A first result within weeks"),
    p("commitments", "Who does what, by which day?", "Said aloud, written down, read out at the next meeting"),
];

/// What makes a partnership good: to think about before asking anyone.
pub const QUALITIES: [&str; 4] = [
    "Both sides gain something they can name",
    "Each knows what the other can and cannot do",
    "Families were asked",
    "Someone keeps in touch when nothing is wrong",
];

/// What a sharing level allows.
#[must_use]
pub const fn sharing(level: Sharing) -> Prompt {
    match level {
        Sharing::Nothing => p("nothing", "Nothing yet", "No numbers are shared."),
        Sharing::Aggregate => p("aggregate", "Totals", "Rates of the whole school or district."),
        Sharing::Groups => {
            p("groups", "Groups of more than 10", "Rates by group, where each group has 11 students or more.")
        }
        Sharing::NamedWithConsent => {
            p("named", "Named students, with consent", "Only students with a recorded consent that holds today.")
        }
    }
}
