//! The page that a family takes home: in English or Spanish, on at most two sheets.

use super::form::deed;
use crate::attendance::day::MONTHS_IN_FULL;
use crate::browser::document;
use crate::compare::days_left::days_left;
use crate::plans::family_days::{FamilyDay, FamilyDays, family_days, key, of_days};
use crate::plans::family_page::{Facts, FamilyPage, page};
use crate::plans::personal::{Conversation, Language};
use crate::plans::{Id, PersonalBody};
use crate::state::plans::{Plans, use_plans};
use crate::ui::components::{Button, ButtonKind, PageHead, Sheet, SheetSection};
use leptos::prelude::*;

const MONTHS: [[&str; 12]; 2] = [
    MONTHS_IN_FULL,
    [
        "Enero",
        "Febrero",
        "Marzo",
        "Abril",
        "Mayo",
        "Junio",
        "Julio",
        "Agosto",
        "Septiembre",
        "Octubre",
        "Noviembre",
        "Diciembre",
    ],
];
const WEEK: [[&str; 5]; 2] = [["Mo", "Tu", "We", "Th", "Fr"], ["Lu", "Ma", "Mi", "Ju", "Vi"]];

const fn class(was: FamilyDay) -> &'static str {
    match was {
        FamilyDay::School => "day",
        FamilyDay::NoSchool => "day day--none",
        FamilyDay::Ahead => "day is-ahead",
        FamilyDay::Excused => "day day--excused",
        FamilyDay::Unexcused | FamilyDay::KindNotGiven => "day day--unexcused",
        FamilyDay::Suspended => "day day--suspended",
        FamilyDay::Late => "day day--late",
    }
}

#[component]
pub fn FamilySheet(id: String) -> impl IntoView {
    let plans = use_plans();
    let id = Id(id);
    let talk = {
        let id = id.clone();
        Memo::new(move |_| {
            if !plans.is_team() {
                return None;
            }
            plans.personal.with(|p| match p.get(&id) {
                Some(PersonalBody::Conversation(t)) => Some((**t).clone()),
                _ => None,
            })
        })
    };
    let blank = id.0 == "blank";
    let back = if blank { "#/plans/worksheets".to_owned() } else { format!("#/plans/talk/{id}") };
    let set = id.clone();
    let language = move |language: Language| {
        plans.edit_personal(&set, "Changed the language", |body| {
            if let PersonalBody::Conversation(t) = body {
                t.language = language;
            }
        });
    };
    let blank_in = RwSignal::new(Language::English);
    let (english, spanish) = (language.clone(), language);
    let sheet = move || {
        let talk =
            if blank { Some(Conversation { language: blank_in.get(), ..Conversation::default() }) } else { talk.get() };
        match talk {
            Some(talk) => view! { <FamilyView talk plans /> }.into_any(),
            None => view! { <p>"This page belongs to a conversation that is not open in this tab, or this is Share mode."</p> }.into_any(),
        }
    };
    view! {
        <div class="no-print">
            <PageHead title="Page for the family" above=move || view! { <a class="small" href=back.clone()>"Back"</a> } />
            <p class="row plans-tools plans-tools--above">
                <Button kind=ButtonKind::Go on_click=move |()| document::print()>"Print"</Button>
                {deed("English", move || { blank_in.set(Language::English); english(Language::English); })}
                {deed("Spanish", move || { blank_in.set(Language::Spanish); spanish(Language::Spanish); })}
            </p>
        </div>
        {sheet}
    }
}

#[component]
fn FamilyView(talk: Conversation, plans: Plans) -> impl IntoView {
    let facts =
        Facts { school: talk.student.school.clone(), until: None, may_still_miss: may_still_miss(plans, &talk) };
    let days = plans.app.loaded.get().map_or_else(FamilyDays::new, |loaded| {
        plans.app.definition.with(|d| family_days(&loaded.outcome.dataset, d, &talk.student.id))
    });
    let FamilyPage {
        language,
        title,
        made,
        lead,
        days_heading,
        agreed_heading,
        agreed_columns,
        agreed,
        learning_heading,
        learning,
        referrals_heading,
        referrals,
        help_heading,
        help,
        again_heading,
        again,
        questions,
        signatures,
        foot,
    } = page(&talk, &facts);
    let side = usize::from(language == Language::Spanish);
    let word = ["Page", "Hoja"][side];
    let calendar = (!days.is_empty()).then(|| {
        let letters = key(language, &days);
        let grids =
            months(days).into_iter().map(|(month, days)| month_view(language, side, month, &days)).collect_view();
        view! {
            <SheetSection title=days_heading.unwrap_or_default()>
                <div class="calendar family-calendar">{grids}</div>
                <p class="sheet__line-name">{letters}</p>
            </SheetSection>
        }
    });
    let empty = 4_usize.saturating_sub(agreed.len());
    let rows = agreed
        .into_iter()
        .map(|a| view! { <tr><td>{a.who}</td><td>{a.what}</td><td>{a.when}</td></tr> })
        .collect_view();
    let blanks = (0..empty).map(|_| view! { <tr class="sheet__empty"><td></td><td></td><td></td></tr> }).collect_view();
    let list = |title: &'static str, lines: Vec<String>| {
        (!lines.is_empty()).then(|| {
            view! { <SheetSection title><ul class="sheet__answer">{lines.into_iter().map(|l| view! { <li>{l}</li> }).collect_view()}</ul></SheetSection> }
        })
    };
    let heads = agreed_columns.map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    let help = help
        .into_iter()
        .map(|(label, names)| view! { <tr><th scope="row">{label}</th><td class="sheet__answer">{names}</td></tr> })
        .collect_view();
    view! {
        <div lang=["en", "es"][side]>
            <Sheet title stamp=made sentence=lead.join(" ") foot page=format!("{word} 1")>
                {calendar}
                <SheetSection title=agreed_heading>
                    <table><thead><tr>{heads}</tr></thead><tbody class="sheet__answer">{rows}{blanks}</tbody></table>
                </SheetSection>
                {list(learning_heading, learning)}
                {list(referrals_heading, referrals)}
                <div class="sheet__pair">
                    <SheetSection title=help_heading><table><tbody>{help}</tbody></table></SheetSection>
                    <SheetSection title=again_heading>
                        <p class="sheet__answer">{again}</p>
                        <p class="sheet__line-name">{questions}</p>
                        {signatures.map(|name| view! { <div class="sheet__blank"></div><p class="sheet__line-name">{name}</p> }).collect_view()}
                    </SheetSection>
                </div>
            </Sheet>
        </div>
    }
}

/// Days that can still be missed this year, where somebody said how many days the year has.
fn may_still_miss(plans: Plans, talk: &Conversation) -> Option<u32> {
    let loaded = plans.app.loaded.get()?;
    let data = &loaded.outcome.dataset;
    let school = data.schools.iter().position(|s| s.name == talk.student.school)?;
    let remaining = plans.app.analysis.remaining(data, u16::try_from(school).ok()?)?;
    days_left(talk.enrolled?, talk.absent?, remaining)?.may_still_miss
}

/// The days month by month.
fn months(days: FamilyDays) -> Vec<((i32, u8), FamilyDays)> {
    let mut all: Vec<((i32, u8), FamilyDays)> = Vec::new();
    for (day, was) in days {
        let (year, month, _) = day.ymd();
        match all.last_mut() {
            Some((key, list)) if *key == (year, month) => {
                let _ = list.insert(day, was);
            }
            _ => all.push(((year, month), FamilyDays::from([(day, was)]))),
        }
    }
    all
}

fn month_view(language: Language, side: usize, (_, month): (i32, u8), days: &FamilyDays) -> impl IntoView + use<> {
    let mut weeks: Vec<[Option<(u8, FamilyDay)>; 5]> = Vec::new();
    for (day, (was, _)) in days {
        let weekday = usize::from(day.weekday());
        if weekday < 5 {
            if weekday == 0 || weeks.is_empty() {
                weeks.push([None; 5]);
            }
            if let Some(week) = weeks.last_mut() {
                week[weekday] = Some((day.ymd().2, *was));
            }
        }
    }
    let heads = WEEK[side].map(|name| view! { <th scope="col">{name}</th> }).collect_view();
    let rows = weeks
        .into_iter()
        .map(|week| {
            let cells = week.map(|cell| match cell {
                None => view! { <td class="is-outside"></td> }.into_any(),
                Some((number, was)) => {
                    view! { <td class=class(was)>{number}" "<span class="calendar__letter">{was.letter(language)}</span></td> }.into_any()
                }
            });
            view! { <tr>{cells.collect_view()}</tr> }
        })
        .collect_view();
    let told = of_days(language, days);
    view! {
        <div class="calendar__month">
            <table class="calendar__grid">
                <caption class="calendar__name">{MONTHS[side][usize::from(month) - 1]} " " <span>{told}</span></caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
