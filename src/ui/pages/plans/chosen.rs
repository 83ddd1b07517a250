//! The students whom a test is for, one by one: kept apart from the plans.

use crate::plans::personal::{Chosen, StudentRef};
use crate::plans::{Change, Id, PersonalBody};
use crate::state::plans::{Plans, use_plans};
use crate::ui::components::{Button, ButtonSize, Field};
use leptos::prelude::*;

/// The students whom a test is about: in the part about persons, never in the plans.
#[component]
pub fn ChosenStudents(id: Id) -> impl IntoView {
    let plans = use_plans();
    let draft = RwSignal::new(String::new());
    let trouble = RwSignal::new(None::<String>);
    let at = id.clone();
    let list = Memo::new(move |_| plans.personal.with(|p| chosen(p, &at)).map(|(_, c)| c.students).unwrap_or_default());
    let adding = id.clone();
    let add = move |()| {
        let asked: Vec<String> = draft
            .get_untracked()
            .split([',', ';', '\n', '\t'])
            .map(str::trim)
            .filter(|t| !t.is_empty())
            .map(str::to_owned)
            .collect();
        let mut missing = Vec::new();
        let mut found = Vec::new();
        for text in asked {
            match find_student(plans, &text) {
                Some(student) => found.push(student),
                None if plans.app.loaded.with_untracked(Option::is_none) => {
                    found.push(StudentRef { id: text, ..StudentRef::default() });
                }
                None => missing.push(text),
            }
        }
        put_students(plans, &adding, |all| {
            for student in found {
                if !all.iter().any(|s| s.id == student.id) {
                    all.push(student);
                }
            }
        });
        trouble.set((!missing.is_empty()).then(|| format!("Not in the loaded data: {}", missing.join(", "))));
        draft.set(missing.join(", "));
    };
    let rows = {
        let id = id.clone();
        move || {
            let students = list.get();
            students
                .into_iter()
                .map(|s| {
                    let (id, gone) = (id.clone(), s.id.clone());
                    let name = if s.name.is_empty() { s.id.clone() } else { s.name.clone() };
                    let label = format!("Take {name} out");
                    let remove = move |_| {
                        let gone = gone.clone();
                        put_students(plans, &id, |all| all.retain(|s| s.id != gone));
                    };
                    view! { <li class="tie"><span class="quiet small">{s.school}</span><span>{name}</span><button type="button" class="link" aria-label=label on:click=remove>"Take out"</button></li> }
                })
                .collect_view()
        }
    };
    let sentence = move || match list.with(Vec::len) {
        0 => "No students chosen: the evidence then follows the group above.".to_owned(),
        1 => "1 student is chosen.".to_owned(),
        n => format!("{n} students are chosen."),
    };
    view! {
        <Show when=move || plans.is_team() fallback=|| view! { <p class="small quiet">"Chosen students show in Team mode only."</p> }>
            <details class="plans-group no-print">
                <summary class="link">"Students chosen for this test"</summary>
                <div class="stack">
                    <p class="small quiet">{sentence}" They are kept apart from the plans: in this tab, or locked on this device."</p>
                    <ul class="ties">{rows.clone()}</ul>
                    <div class="plans-fields">
                        <Field label="Ids or names" hint="As in the file, with commas between" value=draft on_input=move |t| draft.set(t) error=trouble />
                        <Button size=ButtonSize::Small on_click=add.clone()>"Add students"</Button>
                    </div>
                </div>
            </details>
        </Show>
    }
}

/// The chosen students of a test.
#[must_use]
pub fn chosen(personal: &crate::plans::Personal, test: &Id) -> Option<(Id, Chosen)> {
    personal.live().find_map(|(id, body)| match body {
        PersonalBody::Chosen(c) if c.test == *test => Some((id.clone(), c.clone())),
        _ => None,
    })
}

/// A student of the loaded data by id, or by name where only one is called so.
#[must_use]
pub fn find_student(plans: Plans, text: &str) -> Option<StudentRef> {
    let loaded = plans.app.loaded.get_untracked()?;
    let data = &loaded.outcome.dataset;
    let at = data.students.iter().position(|s| s.id == text).or_else(|| {
        let mut same =
            data.students.iter().enumerate().filter(|(_, s)| s.name.eq_ignore_ascii_case(text)).map(|(n, _)| n);
        same.next().filter(|_| same.next().is_none())
    })?;
    let school = data
        .stays
        .iter()
        .find(|s| s.student as usize == at)
        .map_or(String::new(), |s| data.schools[usize::from(s.school)].name.clone());
    Some(StudentRef { id: data.students.at(at).id.to_string(), name: data.students.at(at).name.to_string(), school })
}

fn put_students(plans: Plans, test: &Id, change: impl FnOnce(&mut Vec<StudentRef>)) {
    let (id, mut now) = plans
        .personal
        .with_untracked(|p| chosen(p, test))
        .unwrap_or_else(|| (plans.new_id(), Chosen { test: test.clone(), ..Chosen::default() }));
    change(&mut now.students);
    plans.apply_personal(Change::put("Changed the chosen students", id, Vec::new(), PersonalBody::Chosen(now)));
}
