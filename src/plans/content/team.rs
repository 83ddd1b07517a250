//! The five functions of an attendance team, in the order of its page.

use super::{Prompt, p};

/// One page heading each.
pub const FUNCTIONS: [Prompt; 5] = [
    p("organise", "Organize", "Is there support for everyone, for some, and for a few, starting before days are lost?"),
    p("examine", "Look at the data", "Which groups miss more days, which miss fewer, and who changed since last time?"),
    p(
        "understand",
        "Understand",
        "What helps students come here, what keeps them away, and what could we do about it?",
    ),
    p("mobilise", "Bring people in", "Who else can help: staff, families, partners? Who has not been asked yet?"),
    p("learn", "See what changed", "Did it make a difference, for whom, and how do we know?"),
];
