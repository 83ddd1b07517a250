//! The eleven elements of a school's self-assessment and how they are rated.

use super::{Prompt, p};

/// Paraphrased from the public self-assessment of schools (field guide, section 7).
pub const ELEMENTS: [Prompt; 11] = [
    p("entry", "Attendance is recorded correctly every day", "Who notices when a class was not recorded?"),
    p("policy", "The attendance policy is clear to everyone", "Could a new family explain it after reading it once?"),
    p(
        "team",
        "A team that includes a school leader looks at attendance by grade, group and classroom",
        "When did it last meet, and what did it decide?",
    ),
    p("learning", "Lessons are worth coming for", "What would students say they would miss?"),
    p("recognition", "Good and improved attendance is noticed", "Is getting better noticed as much as being perfect?"),
    p(
        "families",
        "Families know why days matter and help one another",
        "What have families heard from us this term that was not about a problem?",
    ),
    p("outreach", "Someone gets in touch early and kindly", "What happens after a second or third missed day?"),
    p("partners", "Community partners help students and families come", "Which need has nobody to turn to?"),
    p(
        "individual",
        "Students who miss many days have a plan of their own",
        "How many of them have one that was looked at this month?",
    ),
    p("discipline", "Discipline keeps students in school", "How many days did our own decisions take away?"),
    p("improvement", "Attendance is in the school improvement plan", "With a number, a date and a name?"),
];

pub const HOW_KNOWN: &str = "How do you know?";
