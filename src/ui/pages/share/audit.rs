//! What the attacker tried, in words; a refusal with the coarser table that can be tried instead.

use super::export::shown_of;
use crate::state::share::{Offer, job, use_share};
use crate::state::{Shared, stamp};
use crate::ui::components::{Button, ButtonKind, Notice, NoticeKind, Section};
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;

#[component]
pub fn AuditSection() -> impl IntoView {
    let share = use_share();
    let offer = Memo::new(move |_| share.offer());
    let sentence = Signal::derive(move || {
        offer.with(|o| o.as_ref().map(|o| Prose::from(format!("{}.", o.report.sentence()))).unwrap_or_default())
    });
    view! {
        <Show when=move || offer.with(Option::is_some)>
            <Section
                title="What the attacker found"
                sentence
                note="It knows every number shown, every sum, every range, the rules, and the exports remembered on this device."
            >
                {move || offer.get().map(|offer| view! { <Findings offer /> })}
            </Section>
        </Show>
    }
}

#[component]
fn Findings(offer: Shared<Offer>) -> impl IntoView {
    let (shown, coded) = shown_of(&offer);
    let report = &offer.report;
    let earlier = match report.earlier {
        0 => "none of this school year".to_owned(),
        n => format::plural(n.into(), "export", "exports"),
    };
    let facts = [
        ("Numbers shown", format::count(shown)),
        ("Numbers hidden or told as a range", format::count(report.hidden.into())),
        ("Ranges such as “under 5 %”", format::count(coded)),
        (
            "Closest a hidden group size can be found",
            report.closest_size.map_or_else(|| "none is hidden".to_owned(), values_wide),
        ),
        (
            "Closest a hidden count of chronically absent students can be found",
            report.closest_outcome.map_or_else(|| "none is hidden".to_owned(), values_wide),
        ),
        ("Earlier exports taken into account", earlier),
    ];
    let rows = facts
        .into_iter()
        .map(|(what, number)| view! { <tr><th scope="row">{what}</th><td class="number">{number}</td></tr> })
        .collect_view();
    let coarser = (!offer.coarser.is_empty()).then(|| {
        let items = offer.coarser.iter().map(|words| view! { <li>{words.clone()}</li> }).collect_view();
        view! {
            <div class="reading share-coarser">
                <h3>"Told more coarsely, so that it is safe"</h3>
                <ul>{items}</ul>
            </div>
        }
    });
    let again = offer.again.clone().map(|again| {
        view! {
            <Notice kind=NoticeKind::Question title="The last export’s numbers stay">
                <p>{format!("{}.", again.why)}</p>
                <p>{format!("{} Every page shows these numbers, with this definition and these days, until new ones can go out.", stamp::of_earlier(&again.of))}</p>
            </Notice>
        }
    });
    let refusal = (!report.passes()).then(|| view! { <Refusal offer=offer.clone() /> });
    view! {
        {again}
        {refusal}
        <div class="data-table">
            <table>
                <caption class="visually-hidden">"What the audit counted"</caption>
                <thead class="visually-hidden"><tr><th scope="col">"What"</th><th scope="col">"Number"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {coarser}
    }
}

fn values_wide(width: i64) -> String {
    format!("within {}", format::count(width.unsigned_abs()))
}

/// Where it leaks, and what to do instead.
#[component]
fn Refusal(offer: Shared<Offer>) -> impl IntoView {
    let share = use_share();
    let places = offer.report.too_narrow.iter().map(|place| view! { <li>{place.clone()}</li> }).collect_view();
    let more = (offer.report.n_too_narrow as usize).saturating_sub(offer.report.too_narrow.len());
    let more = (more > 0).then(|| view! { <li>{format!("and {} more", format::count(more as u64))}</li> });
    let next = share.wish.with_untracked(|wish| job::coarser(wish, &offer.report, &offer.release));
    let offered = next.map(|(wish, words)| {
        view! {
            <Button kind=ButtonKind::Go on_click=move |()| share.wish.set(wish.clone())>{words}</Button>
        }
    });
    view! {
        <Notice kind=NoticeKind::Problem title="Not handed over" actions=move || offered>
            <p>"These hidden numbers could be found too closely:"</p>
            <ul class="share-places">{places}{more}</ul>
        </Notice>
    }
}
