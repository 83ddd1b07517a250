//! The bar on top of every page: mark, pages, and who may be looking.

use super::mark::Mark;
use super::mode_switch::{Mode, ModeSwitch};
use leptos::html;
use leptos::prelude::*;

/// Where the masthead leads, in groups: (address, name).
pub const PAGES: [&[(&str, &str)]; 4] = [
    &[("#/", "Data")],
    &[("#/tiers", "Tiers"), ("#/schools", "Schools"), ("#/conditions", "Conditions"), ("#/students", "Students")],
    &[("#/plans", "Plans"), ("#/workshop", "Workshop")],
    &[("#/share", "Share"), ("#/privacy", "Privacy")],
];

/// The name of the page at `address`, or of the page above it (`#/schools/3` is under Schools).
#[must_use]
pub fn page_name(address: &str) -> Option<&'static str> {
    PAGES.iter().flat_map(|group| group.iter()).find(|&&(page, _)| is_current(page, address)).map(|&(_, name)| name)
}

fn is_current(page: &str, address: &str) -> bool {
    let address = address.split('?').next().unwrap_or(address);
    if page == "#/" {
        return matches!(address, "" | "#" | "#/");
    }
    address.strip_prefix(page).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// `current` is the address of the page shown, such as `#/tiers` or `#/schools/3`.
#[component]
pub fn Masthead(
    #[prop(into)] current: Signal<String>,
    #[prop(into)] mode: Signal<Mode>,
    #[prop(into)] on_mode: Callback<Mode>,
) -> impl IntoView {
    let menu = NodeRef::<html::Details>::new();
    let summary = NodeRef::<html::Summary>::new();
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let is_open = menu.get_untracked().is_some_and(|menu| menu.open());
        if event.key() == "Escape" && is_open {
            close();
            if let Some(summary) = summary.get_untracked() {
                // A summary always takes focus; were it gone, there would be nowhere to return to.
                let _ = summary.focus();
            }
        }
    };
    let here = move || {
        let page = page_name(&current.get()).unwrap_or("Menu");
        format!("{page} · {}", mode.get().label())
    };
    view! {
        <header class="masthead" class:masthead--team=move || mode.get() == Mode::Team>
            <div class="wrap masthead__bar">
                <a class="masthead__home" href="#/"><Mark />"Bright Spots"</a>
                <nav class="masthead__nav" aria-label="Pages"><Links current on_follow=|| () /></nav>
                <div class="masthead__mode"><ModeSwitch mode on_mode /></div>
                <details class="masthead__menu" node_ref=menu on:keydown=on_key>
                    <summary node_ref=summary>{here}</summary>
                    <div class="masthead__panel">
                        <nav class="masthead__nav" aria-label="Pages"><Links current on_follow=close /></nav>
                        <ModeSwitch mode on_mode />
                    </div>
                </details>
            </div>
        </header>
    }
}

/// `on_follow` runs as a link is followed, so that the menu closes behind it.
#[component]
fn Links(current: Signal<String>, #[prop(into)] on_follow: Callback<()>) -> impl IntoView {
    let link = move |&(page, name): &'static (&'static str, &'static str)| {
        let marked = move || current.with(|address| is_current(page, address)).then_some("page");
        view! { <a class="masthead__link" href=page aria-current=marked on:click=move |_| on_follow.run(())>{name}</a> }
    };
    PAGES
        .iter()
        .map(|group| view! { <div class="masthead__group">{group.iter().map(link).collect_view()}</div> })
        .collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_below_another_belongs_to_it() {
        for (address, name) in [
            ("", Some("Data")),
            ("#/", Some("Data")),
            ("#/tiers", Some("Tiers")),
            ("#/schools/3?sort=rate", Some("Schools")),
            ("#/sharetree", None),
            ("#/components", None),
        ] {
            assert_eq!(page_name(address), name, "{address}");
        }
    }
}
