//! The prompts of a test of change and of the four measuring questions.

use super::{Prompt, p};

pub const FIELDS: [Prompt; 14] = [
    p("testers", "Testers", "Who tries it out"),
    p("title", "Title", "A short name that the team will remember"),
    p("cycle", "Cycle", "1 for the first time"),
    p("change_idea", "Change idea", "What exactly will be done differently, by whom, how often"),
    p("dates", "Dates", "First and last day. Two weeks are often enough."),
    p("goal", "Goal", "What gets better, for whom"),
    p("driver", "Driver", "Why this should work: the part of school life it changes"),
    p("questions", "Learning questions", "What do you want to know by the end?"),
    p("steps", "Steps", "What happens first, next, last; who does each"),
    p(
        "predictions",
        "Predictions",
        "Write down what you expect for each question. The test cannot start without them.",
    ),
    p("data", "Data to collect", "What will tell you, and who writes it down"),
    p("do", "What happened", "Surprises, obstacles, what went well, what was hard to collect"),
    p("study", "Against the predictions", "For each question: what you saw, and whether you expected it"),
    p("act", "What now", "Adapt, adopt, expand or abandon, and what changes next time"),
];

pub const QUESTIONS: [Prompt; 4] = [
    p("how_much", "How much did we do?", "Students reached, meetings held, tests run"),
    p("how_well", "How well did we do it?", "Did it happen as planned? What did those who took part say?"),
    p("served", "What difference did it make for those we served?", "Beside similar students, who change as well"),
    p("school", "What changed for the whole school?", "Rates and movement between tiers, with what else happened"),
];
