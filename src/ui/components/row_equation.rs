//! Every row is accounted for: rows in = used + waiting + set aside.

use super::button::LinkButton;
use crate::ui::format;
use leptos::prelude::*;

/// The account of one reading; the three parts add up to `rows`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowAccount {
    pub rows: u64,
    pub used: u64,
    pub waiting: u64,
    /// What the waiting rows wait for, such as `code FT`; shown while any wait.
    pub waiting_for: String,
    pub set_aside: u64,
}

/// `on_download` saves the list of rows set aside; offered while there are any.
#[component]
pub fn RowEquation(
    #[prop(into)] account: Signal<RowAccount>,
    #[prop(optional, into)] on_download: Option<Callback<()>>,
) -> impl IntoView {
    let terms = move || {
        let account = account.get();
        let waiting = (account.waiting > 0)
            .then(|| term("+", account.waiting, format!("waiting for {}", account.waiting_for).into_any()));
        let aside = match on_download.filter(|_| account.set_aside > 0) {
            Some(on_click) => view! { "set aside, " <LinkButton on_click>"download the list"</LinkButton> }.into_any(),
            None => "set aside".into_any(),
        };
        view! {
            {term("", account.rows, "rows in".into_any())}
            {term("=", account.used, "used".into_any())}
            {waiting}
            {term("+", account.set_aside, aside)}
        }
    };
    view! { <div class="row-equation">{terms}</div> }
}

fn term(sign: &'static str, amount: u64, name: AnyView) -> impl IntoView {
    let sign = (!sign.is_empty()).then(|| view! { <span class="row-equation__sign">{sign}</span> });
    view! {
        <div class="row-equation__term">
            {sign}
            <span>
                <span class="row-equation__amount">{format::count(amount)}</span>
                <span class="row-equation__name">{name}</span>
            </span>
        </div>
    }
}
