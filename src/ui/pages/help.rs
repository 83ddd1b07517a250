//! Help: the way through, what each page answers, what words and marks mean, and what to do when a
//! number looks wrong. Every sentence holds for every file.

use crate::attendance::Tier;
use crate::ui::components::{Cell, Column, Content, DataTable, PageHead, Row, Section, TableData, TableShape, Verdict};
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// From a file to a plan.
const STEPS: [(&str, &str); 5] = [
    (
        "Drop a file.",
        "Any export with one row per student, per student and day, or per absence. If something can be read in two ways, the page asks.",
    ),
    (
        "Read how it was read.",
        "Data shows the columns, codes and days in use, and every row set aside with its reason. Change what is wrong.",
    ),
    (
        "Look at the tiers.",
        "How many students have missed how much, by school and by grade, with the number of students beside each share.",
    ),
    (
        "Compare fairly.",
        "Schools sets each school beside what students like its own show elsewhere, and says where numbers are too small to tell.",
    ),
    (
        "Try something small.",
        "Plans takes a finding to a reason, a strategy, a partner and a test; the next export shows what happened.",
    ),
];

/// A question, the page's title and its address.
const PAGES: [(&str, &str, &str); 12] = [
    ("How was my file read, and which rows were not used?", "Data", "#/"),
    ("How many students are in each tier?", "Tiers", "#/tiers"),
    ("Which school does better than expected?", "Schools", "#/schools"),
    ("Which conditions go with absence here?", "Conditions", "#/conditions"),
    ("Whom do we call, and who moved?", "Students", "#/students"),
    ("Any two things against each other?", "Explore", "#/explore"),
    ("What in the file looks unlike attendance?", "Checks", "#/checks"),
    ("What if chronic absence were defined differently?", "Definition", "#/definition"),
    ("Why does another report say something else?", "Another report", "#/reconcile"),
    ("What do we try, with whom, and did it work?", "Plans", "#/plans"),
    ("How do thirty people work on this in an hour?", "Workshop", "#/workshop"),
    ("What may leave this device, and in which form?", "Share", "#/share"),
];

const TIERS: [&str; 5] = ["under 5 %", "5 to under 10 %", "10 to under 20 %", "20 to under 50 %", "50 % or more"];

/// What each verdict says, in the order of the marks.
const VERDICTS: [&str; 7] = [
    "Far fewer chronically absent students than students like these would lead one to expect; an ordinary school does this less than once in a thousand.",
    "Clearly fewer than expected, and an ordinary school does this less than once in forty. Worth a visit, not yet proven.",
    "Within what ordinary schools differ by. Most schools are here, and that is a finding too.",
    "More than expected, as an ordinary school does less than once in forty.",
    "Far more than expected, as an ordinary school does less than once in four thousand.",
    "So few students, or so few like them elsewhere, that even half of what is expected could be luck.",
    "Something about the recording needs a look before anybody is praised or worried.",
];

const WORDS: [(&str, &str); 9] = [
    ("Enrolled days", "Days on which a student was on the roll and school was held. Some systems say membership."),
    (
        "Chronically absent",
        "Missed 10 % or more of enrolled days, for any reason. The line above each page says which definition is in use.",
    ),
    ("n", "The number of students that a share is of. Here no share stands without it."),
    (
        "95 % interval",
        "The line through a dot. Were the same school to draw such students again and again, about 19 of 20 such lines would hold its true rate.",
    ),
    (
        "Expected",
        "What the rate would be if the school’s students were absent as often as students like them in the other schools.",
    ),
    ("Bright spot", "A school, grade or class with clearly less absence than expected: someone to learn from."),
    ("Hidden", "A number about so few students that it could point at one. It is unknown, never zero."),
    (
        "Team and Share mode",
        "Team shows names to the school’s own team. Share shows nobody’s name or number, and nothing about fewer than 11 students.",
    ),
    ("Test of change", "Plan, do, study, act: one idea, a few people, a prediction written first."),
];

const WRONG: [(&str, &str); 6] = [
    (
        "A number differs from another report",
        "Open Another report, type that number, and see what the difference is made of.",
    ),
    (
        "A code is read wrongly",
        "Change it on Data. The reading is remembered for files with the same header, and can be saved for a colleague.",
    ),
    (
        "Whole days are missing",
        "Checks names the school and the days. Left out or counted as present: you decide on Data.",
    ),
    (
        "The file does not open",
        "The message says the file, the line and what to do. Export it as CSV, or paste the table.",
    ),
    ("The page says that it could not save", "Plans stay in this tab. Save a workspace file before you close it."),
    (
        "The data are gone after a reload",
        "They were only in memory, as promised. Choose the file again; its reading is remembered.",
    ),
];

#[component]
pub fn HelpPage() -> impl IntoView {
    let finding = Prose::from(
        "From an export to a number you can trust takes about a minute. From the number to a plan takes a conversation.",
    );
    let steps = STEPS.map(|(what, how)| view! { <li><strong>{what}</strong>" "{how}</li> }).collect_view();
    view! {
        <PageHead title="Help" finding=Signal::stored(finding) />
        <Section title="The way through"><ol class="help-steps">{steps}</ol></Section>
        <Section title="Which page answers what" id="pages"><DataTable table=Signal::stored(pages()) shape=TableShape::Stacks /></Section>
        <Section title="The five tiers" note="Shares of enrolled days missed. The lower end belongs to the tier: exactly 10 % is chronic.">
            <DataTable table=Signal::stored(tiers()) shape=TableShape::Stacks />
        </Section>
        <Section title="What a verdict says" note="About the numbers of a school, never about its people. Nothing here says why.">
            <DataTable table=Signal::stored(verdicts()) shape=TableShape::Stacks />
        </Section>
        <Section title="Words" id="words"><DataTable table=Signal::stored(pairs("Words and what they mean", ["Word", "What it means"], &WORDS)) shape=TableShape::Stacks /></Section>
        <Section title="When something looks wrong">
            <DataTable table=Signal::stored(pairs("What to do when something looks wrong", ["What you see", "What to do"], &WRONG)) shape=TableShape::Stacks />
        </Section>
        <Section title="Without a network, on paper, by keyboard">
            <ul class="share-how">
                <li>"The file bright-spots.html holds everything. Open it by double click; it needs no network at all."</li>
                <li>"Every page prints. Worksheets, the family’s page and the report are made for paper, in black and white."</li>
                <li>"Tab goes on, Shift and Tab back, Enter and Space press. The first Tab on a page offers to skip the menu. Every chart has its numbers under “View as table”."</li>
                <li>"Your plans are in this browser only. Save a workspace file now and then: a cleaned browser forgets."</li>
                <li><a href="#/privacy">"How to check that nothing leaves this device"</a></li>
            </ul>
        </Section>
    }
}

fn pages() -> TableData {
    TableData {
        caption: "Questions and the page that answers each".into(),
        columns: vec![Column::words("Question"), Column::words("Page")],
        rows: PAGES
            .iter()
            .map(|(question, title, address)| Row::new(vec![Cell::text(*question), Cell::link(*title, *address)]))
            .collect(),
    }
}

fn tiers() -> TableData {
    TableData {
        caption: "The five tiers".into(),
        columns: vec![Column::words("Tier"), Column::words("Days missed")],
        rows: Tier::ALL
            .iter()
            .zip(TIERS)
            .map(|(tier, share)| Row::new(vec![Cell::new(Content::Tier(*tier)), Cell::text(share)]))
            .collect(),
    }
}

fn verdicts() -> TableData {
    TableData {
        caption: "Verdicts and what each says".into(),
        columns: vec![Column::words("Verdict"), Column::words("What it says")],
        rows: Verdict::ALL
            .into_iter()
            .zip(VERDICTS)
            .map(|(verdict, words)| {
                let mark = Content::Verdict { verdict, reason: String::new() };
                Row::new(vec![Cell::new(mark), Cell::text(words)])
            })
            .collect(),
    }
}

fn pairs(caption: &str, head: [&str; 2], rows: &[(&str, &str)]) -> TableData {
    TableData {
        caption: caption.into(),
        columns: head.map(Column::words).to_vec(),
        rows: rows.iter().map(|(a, b)| Row::new(vec![Cell::strong(*a), Cell::text(*b)])).collect(),
    }
}
