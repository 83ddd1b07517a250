//! The end of a participant's session: a name if one likes, and the answers as a file, a QR code or
//! a line of text.

use super::address;
use crate::browser::{clipboard, document};
use crate::state::use_state;
use crate::state::workshop::use_workshop;
use crate::ui::components::{Button, ButtonKind, ButtonLink, Field, Notice, NoticeKind, ids};
use crate::workshop::payload::{answers_qr_svg, to_line};
use crate::workshop::words::Word;
use leptos::prelude::*;

#[component]
pub(super) fn HandIn() -> impl IntoView {
    let workshop = use_workshop();
    let state = use_state();
    let language = Memo::new(move |_| workshop.language());
    let word = move |word: Word| word.get(language.get());
    let pick = move |en: &'static str, es: &'static str| language.get().pick(en, es);
    let id = untrack(|| workshop.session.with(|session| session.id.clone()));
    let n = Memo::new(move |_| workshop.run.with(|run| run.answers.n_answers()));
    let name = Signal::derive(move || workshop.run.with(|run| run.answers.name.clone()));
    let team = Signal::derive(move || workshop.run.with(|run| run.answers.team.clone()));
    let qr_shown = RwSignal::new(false);
    let text_shown = RwSignal::new(false);
    let copied = RwSignal::new(None::<bool>);
    let line = Memo::new(move |_| {
        workshop.session.with(|session| workshop.run.with(|run| to_line(session, &run.answers))).unwrap_or_default()
    });
    let save = move |()| {
        let (name, text) = workshop.run.with_untracked(|run| (run.answers.file_name(), run.answers.encode()));
        state.save(&name, "application/json", &text);
        state.announcement.set(language.get_untracked().pick("The file is saved.", "El archivo está guardado.").into());
    };
    let copy = move |()| {
        text_shown.set(true);
        leptos::task::spawn_local(async move {
            let text = line.get_untracked();
            copied.set(Some(clipboard::copy(&text).await));
        });
    };
    let summary = move || {
        let n = n.get();
        match language.get() {
            crate::workshop::Language::English if n == 1 => "1 answer on this device.".to_owned(),
            crate::workshop::Language::English => format!("{n} answers on this device."),
            crate::workshop::Language::Spanish if n == 1 => "1 respuesta en este dispositivo.".to_owned(),
            crate::workshop::Language::Spanish => format!("{n} respuestas en este dispositivo."),
        }
    };
    let qr = move || {
        qr_shown.get().then(|| {
            let svg = workshop.session.with(|session| workshop.run.with(|run| answers_qr_svg(session, &run.answers)));
            match svg {
                // Made by `payload` from letters and digits alone.
                Some(svg) => view! { <div class="qr" inner_html=svg></div> }.into_any(),
                None => view! { <p class="exhibit-note">{word(Word::TooLongForQr)}</p> }.into_any(),
            }
        })
    };
    let text_id = ids::unique("answers-line");
    let text = move || {
        let id = text_id.clone();
        text_shown.get().then(|| {
            let words = move || match copied.get() {
                Some(true) => pick("Copied. Paste it where your facilitator collects answers.", "Copiado. Péguelo donde se reúnen las respuestas."),
                Some(false) => pick("This browser did not copy it by itself. Select the text and copy it.", "Este navegador no lo copió solo. Seleccione el texto y cópielo."),
                None => "",
            };
            view! {
                <div class="field">
                    <label class="field__label" for=id.clone()>{move || pick("Your answers as one line", "Sus respuestas en una línea")}</label>
                    <textarea class="field__control mono" readonly=true rows="5" id=id prop:value=move || line.get()></textarea>
                    <p class="field__hint" role="status">{words}</p>
                </div>
            }
        })
    };
    let back = address(&id, "step");
    let pages = address(&id, "pages?own=1");
    let trouble = move || {
        workshop
            .trouble
            .get()
            .map(|trouble| view! { <Notice kind=NoticeKind::Problem><p>{trouble.message()}</p></Notice> })
    };
    view! {
        <div class="workshop" lang=move || language.get().code()>
            <div>
                <h1 class="workshop__title" tabindex="-1">{move || pick("Hand over your answers", "Entregue sus respuestas")}</h1>
                <p class="workshop__lead">{move || word(Word::NothingIsSent)}</p>
                <div class="answers">
                    <Field label=Signal::derive(move || word(Word::YourName).to_owned()) hint=Signal::derive(move || word(Word::NameIsOptional).to_owned()) value=name
                        on_change=Callback::new(move |text: String| workshop.change(|run, _, _| run.answers.set_name(&text))) />
                    <Field label=Signal::derive(move || word(Word::YourTeam).to_owned()) hint=Signal::derive(move || word(Word::NameIsOptional).to_owned()) value=team
                        on_change=Callback::new(move |text: String| workshop.change(|run, _, _| run.answers.set_team(&text))) />
                </div>
            </div>
            <div>
                <div class="workshop__exhibit hand-in">
                    {trouble}
                    <p><strong>{summary}</strong></p>
                    <div class="button-row">
                        <Button kind=ButtonKind::Go on_click=save>{move || word(Word::SaveAnswers)}</Button>
                        <Button on_click=move |()| qr_shown.update(|shown| *shown = !*shown)>{move || word(Word::ShowQr)}</Button>
                        <Button on_click=copy>{move || word(Word::CopyText)}</Button>
                    </div>
                    {qr}
                    {text}
                </div>
                <div class="workshop__moves">
                    <ButtonLink href=back>{move || word(Word::Back)}</ButtonLink>
                    <a href=pages>{move || pick("See and print my own page", "Ver e imprimir mi propia página")}</a>
                    <button type="button" class="link" on:click=move |_| document::scroll_to_top()>{move || pick("To the top", "Arriba")}</button>
                </div>
            </div>
        </div>
    }
}
