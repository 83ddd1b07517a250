//! Families of reasons, both sets, and examples to start from.

use crate::plans::model::{Family, FamilySet};

/// What a family is called in a set.
#[must_use]
pub const fn name(set: FamilySet, family: Family) -> &'static str {
    match (set, family) {
        (FamilySet::Three, Family::Misconceptions) => "Myths",
        (FamilySet::Four, Family::Misconceptions) => "Misconceptions",
        (_, Family::Barriers) => "Barriers",
        (_, Family::Aversion) => "Aversion",
        (_, Family::Disengagement) => "Disengagement",
    }
}

/// What the family is about, as a question to the team.
#[must_use]
pub const fn question(family: Family) -> &'static str {
    match family {
        Family::Misconceptions => "What do people here believe about absence that is not so?",
        Family::Barriers => "What stands in the way of families who want to come?",
        Family::Aversion => "What about school makes a student want to stay away?",
        Family::Disengagement => "Why might a student feel that coming does not matter?",
    }
}

/// A common reason. A start for the team's own list, never a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    pub key: &'static str,
    pub family: Family,
    pub text: &'static str,
}

const fn e(key: &'static str, family: Family, text: &'static str) -> Example {
    Example { key, family, text }
}

pub const EXAMPLES: [Example; 24] = [
    e("excused_is_fine", Family::Misconceptions, "Excused days are thought not to count"),
    e("early_grades", Family::Misconceptions, "Missing kindergarten is thought to do no harm"),
    e("two_a_month", Family::Misconceptions, "Two days a month do not feel like many"),
    e("sporadic", Family::Misconceptions, "Only days in a row are thought to matter"),
    e("illness", Family::Barriers, "Long or repeated illness, asthma among it"),
    e("transport", Family::Barriers, "No sure way to get to school"),
    e("safe_route", Family::Barriers, "The way to school is not safe"),
    e("care_duties", Family::Barriers, "Students look after younger or older relatives"),
    e("work", Family::Barriers, "Students work, or work hours of parents clash with school hours"),
    e("housing", Family::Barriers, "Families move, or have no home of their own"),
    e("food_clothes", Family::Barriers, "No breakfast, or no clean clothes"),
    e("immigration", Family::Barriers, "Fear of immigration enforcement"),
    e("dental", Family::Barriers, "Toothache, glasses and other care that has to wait"),
    e("anxiety", Family::Aversion, "Anxiety, or school refusal"),
    e("bullying", Family::Aversion, "Bullying, or not feeling safe"),
    e("struggling", Family::Aversion, "Falling behind and being ashamed of it"),
    e("discipline", Family::Aversion, "Being sent away, or feeling treated unfairly"),
    e("parents_past", Family::Aversion, "Parents whose own schooldays were bad"),
    e("no_adult", Family::Disengagement, "No adult at school who knows the student well"),
    e("not_relevant", Family::Disengagement, "Lessons that seem to lead nowhere"),
    e("not_welcome", Family::Disengagement, "Not feeling welcome, or not seeing oneself in what is taught"),
    e("friends_away", Family::Disengagement, "Friends who stay away too"),
    e("no_credit", Family::Disengagement, "Too few credits left to hope for graduation"),
    e("no_activities", Family::Disengagement, "Nothing at school to look forward to"),
];
