//! Pages to take away: one for each team, and the packet of the whole session.

use super::address;
use crate::browser::document;
use crate::state::share::use_share;
use crate::state::use_state;
use crate::state::workshop::use_workshop;
use crate::ui::components::{Button, ButtonKind, ButtonLink, Choice, Legend, Segmented};
use crate::workshop::exhibits::reveals;
use crate::workshop::figures::Audience;
use crate::workshop::gather::{Gathering, Participant};
use crate::workshop::takeaway::{Block, Section, Sheet, packet, team_page};
use crate::workshop::{Language, Session};
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    TeamPages,
    Packet,
    Both,
}

/// The teams of a session: those collected, or this device alone.
fn teams(
    session: &Session,
    gathering: &Gathering,
    own: Option<Participant>,
    language: Language,
) -> Vec<(String, Vec<Participant>)> {
    match own {
        Some(own) => {
            let team = [&own.answers.team, &own.answers.name].into_iter().find(|text| !text.is_empty()).cloned();
            vec![(team.unwrap_or_else(|| session.title.get(language).to_owned()), vec![own])]
        }
        None => gathering.teams(language),
    }
}

#[component]
pub(super) fn Pages() -> impl IntoView {
    let state = use_state();
    let workshop = use_workshop();
    let language = Memo::new(move |_| workshop.language());
    let which = RwSignal::new(Which::Both);
    let id = untrack(|| workshop.session.with(|session| session.id.clone()));
    // Its rates are those of the export, which is made ready where it is not yet.
    use_share().prepare(state);
    let asked_own = state.route.with_untracked(|route| route.get("own").is_some());
    let own = Memo::new(move |_| {
        let nothing = workshop.gathering.with(Gathering::is_empty);
        (asked_own || nothing).then(|| workshop.run.with(|run| run.answers.clone()))
    });
    let sheets = Memo::new(move |_| {
        let language = language.get();
        let own = own.get().map(|answers| {
            let label = if answers.name.is_empty() {
                language.pick("This device", "Este dispositivo").to_owned()
            } else {
                answers.name.clone()
            };
            Participant { label: label.clone(), neutral_label: label, answers, files: Vec::new() }
        });
        workshop.session.with(|session| {
            workshop.gathering.with(|gathering| {
                let mut sheets = Vec::new();
                if which.get() != Which::Packet {
                    for (team, members) in teams(session, gathering, own.clone(), language) {
                        sheets.push(team_page(session, &team, &members, language));
                    }
                }
                if which.get() != Which::TeamPages {
                    let mut all = gathering.clone();
                    if let Some(own) = &own {
                        all = Gathering::new();
                        all.add(session, "this device", own.answers.encode().as_bytes());
                    }
                    // A packet is handed round: others read it, whatever the mode of this page.
                    let told = |about| workshop.figures.with(|figures| reveals(about, figures, Audience::Others));
                    sheets.push(packet(session, &all, told, language));
                }
                sheets
            })
        })
    });
    let save = move |()| {
        let text = sheets.with_untracked(|sheets| sheets.iter().map(Sheet::to_text).collect::<Vec<_>>().join("\n\n"));
        let name = workshop.session.with_untracked(|session| format!("packet-{}.txt", session.id));
        state.save(&name, "text/plain", &text);
    };
    let choices = vec![
        Choice::new("both", "Team pages and packet"),
        Choice::new("teams", "Team pages"),
        Choice::new("packet", "Packet"),
    ];
    let value = Signal::derive(move || {
        Some(
            match which.get() {
                Which::Both => "both",
                Which::TeamPages => "teams",
                Which::Packet => "packet",
            }
            .to_owned(),
        )
    });
    let choose = move |value: String| {
        which.set(match value.as_str() {
            "teams" => Which::TeamPages,
            "packet" => Which::Packet,
            _ => Which::Both,
        });
    };
    let languages = Language::ALL.map(|language| Choice::new(language.code(), language.own_name())).to_vec();
    let speak = move |code: String| {
        let wanted = Language::ALL.into_iter().find(|language| language.code() == code).unwrap_or_default();
        workshop.change(|run, _, _| run.language = wanted);
    };
    let back = address(&id, if asked_own { "hand-in" } else { "answers" });
    let title = move || workshop.session.with(|session| session.title.get(language.get()).to_owned());
    view! {
        <div class="pages-bar no-print">
            <h1 tabindex="-1">"Pages to take away"</h1>
            <p class="quiet">{title}</p>
            <div class="button-row">
                <Segmented question="Which pages" choices value on_change=Callback::new(choose) />
                <Segmented question="Language of the pages" choices=languages legend=Legend::Hidden
                    value=Signal::derive(move || Some(language.get().code().to_owned())) on_change=Callback::new(speak) />
                <Button kind=ButtonKind::Go on_click=move |()| document::print()>"Print"</Button>
                <Button on_click=save>"Save as text"</Button>
                <ButtonLink href=back>"Back"</ButtonLink>
            </div>
        </div>
        {move || sheets.get().into_iter().map(|sheet| view! { <OneSheet sheet /> }).collect_view()}
    }
}

#[component]
fn OneSheet(sheet: Sheet) -> impl IntoView {
    let state = use_state();
    let sections = sheet.sections.into_iter().map(|section| view! { <SheetSection section /> }).collect_view();
    view! {
        <article class="sheet" class=("sheet--one", sheet.one_page) class=("sheet--long", !sheet.one_page) lang=sheet.language.code()>
            <header class="sheet__head">
                <div>
                    <p class="sheet__kicker">{sheet.subtitle}</p>
                    <h2 class="sheet__title">{sheet.title}</h2>
                </div>
                <p class="sheet__kicker">{state.today()}</p>
            </header>
            {sections}
            <footer class="sheet__foot"><span>"Bright Spots"</span></footer>
        </article>
    }
}

#[component]
fn SheetSection(section: Section) -> impl IntoView {
    let blocks = section
        .blocks
        .into_iter()
        .map(|block| match block {
            Block::Answer { question, lines } => {
                let lines = lines.into_iter().map(|line| view! { <p class="sheet__answer">{line}</p> }).collect_view();
                view! { <div class="sheet__said"><p class="sheet__line-name">{question}</p>{lines}</div> }.into_any()
            }
            Block::Paragraph(text) => view! { <p class="sheet__paragraph">{text}</p> }.into_any(),
            Block::List(items) => {
                let items = items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
                view! { <ul class="bullets">{items}</ul> }.into_any()
            }
            Block::Table { head, rows } => {
                let head = head.into_iter().map(|cell| view! { <th scope="col">{cell}</th> }).collect_view();
                let rows = rows
                    .into_iter()
                    .map(|row| {
                        let blank = row.iter().all(String::is_empty);
                        let cells = row.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view();
                        view! { <tr class:is-blank=blank>{cells}</tr> }
                    })
                    .collect_view();
                view! { <table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table> }.into_any()
            }
            Block::Blank(n) => (0..n).map(|_| view! { <div class="sheet__blank"></div> }).collect_view().into_any(),
        })
        .collect_view();
    view! { <section class="sheet__section"><h3>{section.heading}</h3>{blocks}</section> }
}
