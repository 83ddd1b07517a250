//! A box for rows copied out of a spreadsheet.

use super::button::{Button, ButtonKind, LinkButton, Reason};
use super::text_area::TextArea;
use leptos::prelude::*;

/// `on_paste` gives the text as it stands; `on_close` puts the box away.
#[component]
pub fn PasteBox(#[prop(into)] on_paste: Callback<String>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let why = move || text.with(|text| text.trim().is_empty()).then(|| Reason::from("Paste the rows first"));
    view! {
        <div class="paste-box">
            <TextArea
                label="Rows from a spreadsheet"
                hint="Select the cells with their header row in Excel or Sheets, copy, and paste here."
                id="pasted-table"
                value=text
                on_input=move |typed: String| text.set(typed)
            />
            <div class="paste-box__actions">
                <Button
                    kind=ButtonKind::Go
                    disabled_because=Signal::derive(why)
                    on_click=move || on_paste.run(text.get_untracked())
                >
                    "Read this table"
                </Button>
                <LinkButton on_click=on_close>"Close"</LinkButton>
            </div>
        </div>
    }
}
