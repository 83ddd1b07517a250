//! The 26 interventions of the Attendance Playbook, by tier, described in our own words, with the
//! families of reasons they answer. No ratings: a team looks evidence up and fills it in.

use crate::plans::model::{Evidence, Family, StrategyTier};

/// One intervention of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub key: &'static str,
    pub tier: StrategyTier,
    pub name: &'static str,
    pub what: &'static str,
    pub families: &'static [Family],
    /// Keys of the example reasons that it answers most directly.
    pub reasons: &'static [&'static str],
}

const M: Family = Family::Misconceptions;
const B: Family = Family::Barriers;
const A: Family = Family::Aversion;
const D: Family = Family::Disengagement;

const fn s(
    key: &'static str,
    tier: StrategyTier,
    name: &'static str,
    what: &'static str,
    families: &'static [Family],
    reasons: &'static [&'static str],
) -> Entry {
    Entry { key, tier, name, what, families, reasons }
}

use StrategyTier::{One, Three, Two};

/// In the Playbook's order.
pub const STRATEGIES: [Entry; 26] = [
    s(
        "nudging",
        One,
        "Nudging parents and students",
        "Short messages that tell a family how many days were missed and what today holds.",
        &[M],
        &["two_a_month", "sporadic", "excused_is_fine"],
    ),
    s(
        "home_visits",
        One,
        "Home visits",
        "Two adults from school visit by arrangement, to get to know the family first.",
        &[M, A, D],
        &["parents_past", "not_welcome", "early_grades"],
    ),
    s(
        "positive_messaging",
        One,
        "Positive messaging",
        "The whole school says why days count, in every home language, without warnings.",
        &[M],
        &["excused_is_fine", "early_grades", "two_a_month", "sporadic"],
    ),
    s(
        "incentives",
        One,
        "Incentives",
        "Small shared rewards for coming more often, open to those who are improving.",
        &[D, M],
        &["no_activities", "friends_away"],
    ),
    s(
        "healthy_buildings",
        One,
        "Healthy school buildings",
        "Air, heat, damp and cleaning are checked where illness clusters.",
        &[B],
        &["illness"],
    ),
    s(
        "school_health",
        One,
        "School-based health services",
        "A nurse or clinic at school sees to what would otherwise cost a day.",
        &[B],
        &["illness", "dental"],
    ),
    s(
        "telehealth",
        One,
        "Telehealth",
        "A clinician sees the student by video from school.",
        &[B],
        &["illness", "anxiety", "dental"],
    ),
    s(
        "buses_transit",
        One,
        "School buses and public transit",
        "Routes, times and passes are fitted to where students live.",
        &[B],
        &["transport"],
    ),
    s(
        "safer_walk",
        One,
        "A safer walk to school",
        "Adults along the way, or groups that walk together.",
        &[B],
        &["safe_route", "transport"],
    ),
    s(
        "breakfast",
        One,
        "Breakfast for all",
        "Breakfast where students already are when the day starts.",
        &[B],
        &["food_clothes"],
    ),
    s("laundry", One, "Laundry at school", "A washing machine that students may use quietly.", &[B], &["food_clothes"]),
    s(
        "curriculum",
        One,
        "Relevant and culturally relevant curriculum",
        "Lessons take up students’ lives, languages and plans.",
        &[D],
        &["not_relevant", "not_welcome"],
    ),
    s(
        "greetings",
        One,
        "Threshold greetings",
        "A teacher at the door greets each student by name.",
        &[D, A],
        &["no_adult", "not_welcome"],
    ),
    s(
        "recess",
        One,
        "Rethinking recess",
        "Organized games and calm places make the yard safe for all.",
        &[A],
        &["bullying", "no_activities"],
    ),
    s(
        "restorative",
        One,
        "Restorative discipline practices",
        "Harm is talked through and repaired, and nobody is sent away for small things.",
        &[A],
        &["discipline", "bullying"],
    ),
    s(
        "early_warning",
        Two,
        "Early warning systems",
        "A weekly list of students whose absences rise, and an adult for each.",
        &[M, B, A, D],
        &["sporadic", "struggling"],
    ),
    s(
        "mentors",
        Two,
        "Mentors",
        "One adult or older student who checks in, week after week.",
        &[D, A],
        &["no_adult", "struggling", "friends_away"],
    ),
    s(
        "youth_engagement",
        Two,
        "Youth engagement",
        "Students who miss days help to find out why and what to change.",
        &[D],
        &["not_relevant", "no_activities", "friends_away"],
    ),
    s(
        "asthma",
        Two,
        "Addressing asthma",
        "Action plans, medicine at school, and help with triggers at home.",
        &[B],
        &["illness"],
    ),
    s(
        "targeted_transport",
        Two,
        "Targeted transportation",
        "Rides for the students whom no route reaches.",
        &[B],
        &["transport", "housing"],
    ),
    s(
        "disabilities",
        Two,
        "Students with disabilities",
        "The education plan names attendance, and what in the day makes coming hard.",
        &[B, A],
        &["illness", "struggling", "bullying"],
    ),
    s(
        "school_refusal",
        Two,
        "School refusal",
        "Small steps back, agreed with the student and a counsellor.",
        &[A],
        &["anxiety"],
    ),
    s(
        "immigration",
        Two,
        "Immigration enforcement",
        "Families learn their rights, and who stands by them on the way.",
        &[B],
        &["immigration"],
    ),
    s(
        "truancy_courts",
        Three,
        "Truancy courts",
        "Where the law brings a family to court: a court that solves problems and does not punish.",
        &[B, A, D],
        &["no_credit", "no_adult"],
    ),
    s(
        "case_management",
        Three,
        "Interagency case management",
        "One person joins up what school, health and social services do for a family.",
        &[B, A, D],
        &["housing", "care_duties", "illness"],
    ),
    s(
        "housing",
        Three,
        "Housing challenges",
        "School and housing agencies keep families housed, and children in their school.",
        &[B],
        &["housing"],
    ),
];

#[must_use]
pub fn entry(key: &str) -> Option<&'static Entry> {
    STRATEGIES.iter().find(|entry| entry.key == key)
}

#[must_use]
pub const fn tier_name(tier: StrategyTier) -> &'static str {
    match tier {
        StrategyTier::One => "Tier I: for everyone",
        StrategyTier::Two => "Tier II: early, for some",
        StrategyTier::Three => "Tier III: for a few, intensive",
    }
}

/// The legend of evidence levels.
#[must_use]
pub const fn evidence_name(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::NotLookedUp => "Not looked up yet",
        Evidence::Strong => "Strong: a well-made experiment",
        Evidence::Moderate => "Moderate: a well-made comparison",
        Evidence::Promising => "Promising: it goes together, with other causes allowed for",
        Evidence::Emerging => "Emerging: good grounds, and somebody is studying it",
    }
}
