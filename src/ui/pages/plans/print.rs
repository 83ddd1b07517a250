//! Worksheets on paper, filled in or blank.

use super::print_kinds::{self, Paper, Part};
use crate::browser::document;
use crate::plans::Id;
use crate::state::plans::use_plans;
use crate::ui::components::{Button, ButtonKind, PageHead, Section, Sheet, SheetSection};
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// Every worksheet: word in the address, name, what it is for.
pub const SHEETS: [(&str, &str, &str); 15] = [
    ("agenda", "Agenda", "The next meeting, made from what is due"),
    ("meeting", "Minutes", "What was said and decided, by whom, by when"),
    ("assessment", "Self-assessment", "Eleven elements, a level for each, and how you know"),
    ("reasons", "Reasons", "By family, with who addresses each"),
    ("strategy", "Strategy", "What, for whom, with whom, by when"),
    ("partners", "List of partners", "Who gives what to whom, and when it was checked"),
    ("case", "Making the case", "One argument for one audience"),
    ("organising", "Organising partners", "Who leads, what each brings, who does what by when"),
    ("test", "Test of change", "Plan, do, study, act"),
    ("supports", "Supports menu", "Four ways in which colleagues help each other"),
    ("support", "Peer support", "Goal, process, measure"),
    ("network", "Network", "Members, strands, questions, pilots"),
    ("visit", "Visit", "Why, whom to invite, the question kit, what each will test"),
    ("profile", "Practice profile", "One page about what a school does"),
    ("measure", "Four questions", "How much, how well, what difference"),
];

#[component]
pub fn WorksheetsPage() -> impl IntoView {
    let rows = SHEETS
        .iter()
        .map(|(word, name, about)| {
            view! {
                <li class="tie">
                    <strong>{*name}</strong>
                    <span>{*about}</span>
                    <a href=format!("#/plans/print/{word}") aria-label=format!("Blank worksheet: {name}")>"Blank"</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <PageHead title="Worksheets" finding=Prose::from("Every form on paper, blank here, or filled in from the plan it belongs to.") />
        <Section title="Blank worksheets" note="For a table without a computer. Filled in ones are printed from each plan.">
            <ul class="ties">
                {rows}
                <li class="tie">
                    <strong>"Page for the family"</strong>
                    <span>"What was agreed, who can help, when we look again; English or Spanish"</span>
                    <a href="#/plans/family/blank" aria-label="Blank worksheet: page for the family">"Blank"</a>
                </li>
            </ul>
        </Section>
    }
}

#[component]
pub fn PrintPage(what: String, id: String) -> impl IntoView {
    let plans = use_plans();
    let id = (!id.is_empty()).then_some(Id(id));
    let back = id.as_ref().map_or("#/plans/worksheets".to_owned(), super::href);
    let sheet = move || match print_kinds::paper(plans, &what, id.as_ref()) {
        Some(paper) => {
            // Short or many parts stand side by side.
            let class = match what.as_str() {
                "visit" => "plans-paper plans-paper--pairs",
                "profile" => "plans-paper plans-paper--profile",
                _ => "plans-paper",
            };
            paper_view(paper, class).into_any()
        }
        None => view! { <p>"There is no such worksheet."</p> }.into_any(),
    };
    view! {
        <div class="no-print">
            <PageHead title="Print" above=move || view! { <a class="small" href=back.clone()>"Back"</a> } />
            <p class="plans-tools plans-tools--above"><Button kind=ButtonKind::Go on_click=move |()| document::print()>"Print"</Button></p>
        </div>
        {sheet}
    }
}

fn paper_view(paper: Paper, class: &'static str) -> impl IntoView {
    let parts = paper.parts.into_iter().map(part_view).collect_view();
    view! {
        <Sheet kicker=paper.kicker title=paper.title stamp=paper.stamp sentence=paper.sentence
            foot="Bright Spots. Plans hold no student names." page="">
            <div class=class>{parts}</div>
        </Sheet>
    }
}

fn part_view(part: Part) -> AnyView {
    match part {
        Part::Text { title, text, lines } => {
            let body = if text.trim().is_empty() {
                (0..lines).map(|_| view! { <div class="sheet__blank"></div> }).collect_view().into_any()
            } else {
                view! { <p class="sheet__answer sheet__text">{text}</p> }.into_any()
            };
            view! { <SheetSection title>{body}</SheetSection> }.into_any()
        }
        Part::Facts { title, facts } => {
            let rows = facts.into_iter().map(
                |(name, value)| view! { <tr><th scope="row">{name}</th><td class="sheet__answer">{value}</td></tr> },
            );
            view! { <SheetSection title><table class="sheet__facts"><tbody>{rows.collect_view()}</tbody></table></SheetSection> }.into_any()
        }
        Part::Chart { title, svg, summary, words } => view! {
            <SheetSection title>
                <div class="sheet__chart" role="img" aria-label=summary inner_html=svg></div>
                <p class="sheet__line-name">
                    "Dot: chronically absent. Line: 95 % interval. Tick: expected for its students. Below expected is no proof of why."
                </p>
                <p class="sheet__answer sheet__text">{words}</p>
            </SheetSection>
        }
        .into_any(),
        Part::Table { title, heads, rows, blank } => {
            let width = heads.len();
            let heads = heads.into_iter().map(|h| view! { <th scope="col">{h}</th> }).collect_view();
            let filled = rows
                .into_iter()
                .map(|row| view! { <tr>{row.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> })
                .collect_view();
            let empty = (0..blank)
                .map(|_| view! { <tr class="sheet__empty">{(0..width).map(|_| view! { <td></td> }).collect_view()}</tr> })
                .collect_view();
            view! { <SheetSection title><table><thead><tr>{heads}</tr></thead><tbody>{filled}{empty}</tbody></table></SheetSection> }.into_any()
        }
    }
}
