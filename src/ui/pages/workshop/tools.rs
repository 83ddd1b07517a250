//! The tool that answers a step's question, beside it: live where data are loaded, of the invented
//! district where none are, or the lists that a team works with.

use super::map::TopicList;
use super::predict::{PredictionFigure, exhibit_width};
use crate::charts::workshop::Setting;
use crate::plans::content::spanish::spanish;
use crate::plans::content::{assessment, conversation, partners, peers, reasons, strategies, team, tests_of_change};
use crate::plans::model::{Family, FamilySet, Sharing, StrategyTier};
use crate::state::workshop::use_workshop;
use crate::ui::components::FigureWords;
use crate::ui::figure::Figure;
use crate::workshop::catalogue::series;
use crate::workshop::chart_words::chart_in;
use crate::workshop::exhibits::{self, Look, tool_chart};
use crate::workshop::figures::Origin;
use crate::workshop::gather::Participant;
use crate::workshop::peter::peters_calendar;
use crate::workshop::words::Word;
use crate::workshop::{Language, Step, Tool};
use leptos::prelude::*;

/// The page on which a tool lives, and its name.
#[must_use]
pub(super) const fn full_page(tool: Tool) -> (&'static str, &'static str) {
    match tool {
        Tool::Tiers => ("#/tiers", "Tiers"),
        Tool::Schools | Tool::ThreeSchools => ("#/schools", "Schools"),
        Tool::Conditions { .. } | Tool::Exhibit { .. } => ("#/conditions", "Conditions"),
        Tool::Students | Tool::Conversation | Tool::ConversationAt { .. } => ("#/students", "Students"),
        Tool::Sharing => ("#/share", "Share"),
        Tool::SeriesMap => ("#/workshop", "Workshop"),
        Tool::Reasons
        | Tool::Strategies
        | Tool::Partners
        | Tool::Assessment
        | Tool::Pdsa
        | Tool::Measuring
        | Tool::PeerSupports
        | Tool::SiteVisit
        | Tool::Network
        | Tool::TeamFunctions => ("#/plans", "Plans"),
    }
}

/// The tool of a step. `people` are the room, where a facilitator looks.
#[component]
pub(super) fn ToolBeside(
    step: Step,
    tool: Tool,
    language: Language,
    #[prop(optional_no_strip)] people: Option<Signal<Vec<Participant>>>,
) -> impl IntoView {
    let workshop = use_workshop();
    let predicts = step.predictions().is_some();
    let id = step.id.clone();
    let open = Memo::new(move |_| !predicts || workshop.run.with(|run| run.is_revealed(&id)));
    let first = predicts.then(|| view! { <PredictionFigure step=step.clone() language people /> });
    let (href, name) = full_page(tool);
    let on_page = match language {
        Language::English => format!("Open the whole tool: {name}"),
        Language::Spanish => format!("Abrir la herramienta completa (en inglés): {name}"),
    };
    if language == Language::Spanish {
        provide_context(FigureWords {
            view_as_table: "Ver como tabla",
            download: "Descargar",
            picture: "Imagen",
            table: "Tabla",
        });
    }
    view! {
        <section class="workshop__exhibit" aria-label=language.pick("Tool for this step", "Herramienta para este paso")>
            {first}
            <Show when=move || open.get()><Exhibit tool language predicts /></Show>
            <p class="exhibit-note"><a href=href>{on_page}</a></p>
        </section>
    }
}

/// The third of the five steps of a caring conversation.
const INFORM: u8 = 3;

/// `predicts`: the step's prediction stands above and has said already whose figures these are.
#[component]
fn Exhibit(tool: Tool, language: Language, predicts: bool) -> impl IntoView {
    let workshop = use_workshop();
    match tool {
        Tool::Tiers | Tool::Schools | Tool::ThreeSchools | Tool::Conditions { .. } => {
            let has_chart = Memo::new(move |_| chart_of(tool).is_some());
            let chart = Signal::derive(move || chart_in(language, chart_of(tool).unwrap_or_default()));
            let invented = move || {
                workshop
                    .figures
                    .with(|figures| figures.origin == Origin::Invented && !predicts)
                    .then(|| view! { <p class="exhibit-note">{Word::InventedDistrict.get(language)}</p> })
            };
            view! {
                <Show
                    when=move || has_chart.get()
                    fallback=move || view! { <p class="exhibit-note">{language.pick(
                        "The loaded data hold nothing for this drawing. The question works without it.",
                        "Los datos cargados no alcanzan para esta gráfica. La pregunta funciona sin ella.",
                    )}</p> }
                >
                    <Figure chart name="workshop-exhibit" />
                </Show>
                {invented}
            }
            .into_any()
        }
        // Informing about absences begins with a calendar to look at together.
        Tool::ConversationAt { first, last } if (first..=last).contains(&INFORM) => {
            let chart = Signal::derive(move || chart_in(language, peters_calendar(exhibit_width())));
            view! { <Figure chart name="calendar" /><Lists tool language /> }.into_any()
        }
        // The published three stand in the prediction itself.
        Tool::Exhibit { .. } => ().into_any(),
        other => view! { <Lists tool=other language /> }.into_any(),
    }
}

fn chart_of(tool: Tool) -> Option<crate::charts::Chart> {
    let workshop = use_workshop();
    let look = Look { audience: workshop.audience(), width: exhibit_width(), setting: Setting::Page };
    workshop.figures.with(|figures| tool_chart(tool, figures, look))
}

/// A heading with pairs of a name and what it means.
pub(super) type Group = (String, Vec<(String, String)>);

fn prompts(list: &[crate::plans::content::Prompt]) -> Vec<(String, String)> {
    list.iter().map(|prompt| (prompt.title.to_owned(), prompt.hint.to_owned())).collect()
}

/// The lists in a language; a name and its meaning keep apart what they are made of.
#[must_use]
pub(super) fn lists_in(tool: Tool, language: Language) -> Vec<Group> {
    let say = |text: String| match language {
        Language::English => text,
        Language::Spanish => match spanish(&text) {
            Some(words) => words.to_owned(),
            // A heading made of two texts.
            None => match text.split_once(": ").and_then(|(a, b)| Some(format!("{}: {}", spanish(a)?, spanish(b)?))) {
                Some(words) => words,
                None => text,
            },
        },
    };
    let groups = lists(tool).into_iter();
    groups
        .map(|(title, items)| {
            let items = items.into_iter().map(|(name, hint)| (say(name), say(hint))).collect();
            (say(title), items)
        })
        .collect()
}

/// The lists of a tool that is words: what the pages of plans work with.
#[must_use]
fn lists(tool: Tool) -> Vec<Group> {
    let one = |title: &str, list: Vec<(String, String)>| vec![(title.to_owned(), list)];
    match tool {
        Tool::Reasons => [Family::Misconceptions, Family::Barriers, Family::Aversion, Family::Disengagement]
            .into_iter()
            .map(|family| {
                let examples = reasons::EXAMPLES.iter().filter(|example| example.family == family);
                let title = format!("{}: {}", reasons::name(FamilySet::Four, family), reasons::question(family));
                (title, examples.map(|example| (example.text.to_owned(), String::new())).collect())
            })
            .collect(),
        Tool::Strategies => [StrategyTier::One, StrategyTier::Two, StrategyTier::Three]
            .into_iter()
            .map(|tier| {
                let entries = strategies::STRATEGIES.iter().filter(|entry| entry.tier == tier);
                (
                    strategies::tier_name(tier).to_owned(),
                    entries.map(|entry| (entry.name.to_owned(), entry.what.to_owned())).collect(),
                )
            })
            .collect(),
        Tool::Partners => vec![
            ("Kinds of partners".to_owned(), prompts(&partners::TYPES)),
            ("Ways to find them".to_owned(), prompts(&partners::WAYS_TO_FIND)),
        ],
        Tool::Sharing => one(
            "What may be shared",
            prompts(
                &[Sharing::Nothing, Sharing::Aggregate, Sharing::Groups, Sharing::NamedWithConsent]
                    .map(partners::sharing),
            ),
        ),
        Tool::Assessment => one("Eleven things that hold attendance up", prompts(&assessment::ELEMENTS)),
        Tool::Pdsa => one("One small test on a page", prompts(&tests_of_change::FIELDS)),
        Tool::Measuring => one("Four questions", prompts(&tests_of_change::QUESTIONS)),
        Tool::PeerSupports => one(
            peers::PURPOSE,
            peers::SUPPORTS.iter().map(|support| (support.name.to_owned(), support.what.to_owned())).collect(),
        ),
        Tool::SiteVisit => peers::KIT.iter().map(|part| (part.title.to_owned(), prompts(part.questions))).collect(),
        Tool::Network => one("A network needs", prompts(&peers::NETWORK)),
        Tool::TeamFunctions => one("Five jobs of a team", prompts(&team::FUNCTIONS)),
        Tool::Conversation | Tool::ConversationAt { .. } => conversation::STEPS
            .iter()
            .map(|step| {
                let points = step.key_points.iter().map(|point| ((*point).to_owned(), String::new()));
                (format!("{}: {}", step.title, step.aim), points.collect())
            })
            .collect(),
        Tool::Students => one(
            "What the call list shows in team mode",
            vec![
                ("Who changed tier".to_owned(), "Since the last file, worst first".to_owned()),
                ("Days left".to_owned(), "How many days a student can still miss and be on track".to_owned()),
                ("The calendar".to_owned(), "Which days of the week, which kind, how long".to_owned()),
            ],
        ),
        Tool::Tiers
        | Tool::Schools
        | Tool::ThreeSchools
        | Tool::Conditions { .. }
        | Tool::Exhibit { .. }
        | Tool::SeriesMap => Vec::new(),
    }
}

#[component]
fn Lists(tool: Tool, language: Language) -> impl IntoView {
    let workshop = use_workshop();
    if tool == Tool::SeriesMap {
        return view! { <TopicList title="Thirteen topics" topics=series() /> }.into_any();
    }
    let groups = lists_in(tool, language);
    // Many groups fold; one or two stand open, and of a talk the steps that are played.
    let open = match tool {
        Tool::ConversationAt { first, last } => usize::from(first).saturating_sub(1)..usize::from(last),
        _ if groups.len() <= 2 => 0..2,
        _ => 0..1,
    };
    let shared = (tool == Tool::Sharing).then_some(
        move || view! { <p class="exhibit-note">{workshop.figures.with(|f| exhibits::sharing_words(f, language))}</p> },
    );
    let shown = groups
        .into_iter()
        .enumerate()
        .map(|(at, (title, items))| {
            let items = items
                .into_iter()
                .map(|(name, hint)| {
                    let hint = (!hint.is_empty()).then(|| view! { <span class="tool-list__hint">{hint}</span> });
                    view! { <li><span class="tool-list__name">{name}</span>{hint}</li> }
                })
                .collect_view();
            view! { <details class="tool-list" open=open.contains(&at)><summary>{title}</summary><ul>{items}</ul></details> }
        })
        .collect_view();
    view! { {shared} <div>{shown}</div> }.into_any()
}
