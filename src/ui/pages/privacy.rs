//! What stays where, how to check it, how to remove everything.

use crate::state::use_state;
use crate::ui::components::{Button, ButtonKind, Dialog, PageHead, Section};
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;

#[component]
pub fn PrivacyPage() -> impl IntoView {
    let state = use_state();
    let asking = RwSignal::new(false);
    let version = RwSignal::new(0u32);
    let kept = Signal::derive(move || {
        let _ = version.get();
        state.kept()
    });
    let keep_button = move || {
        view! {
            <Button kind=ButtonKind::Removes on_click=move |()| {
                state.wipe();
                asking.set(false);
                version.update(|v| *v += 1);
            }>"Wipe"</Button>
            <Button on_click=move |()| asking.set(false)>"Keep everything"</Button>
        }
    };
    view! {
        <PageHead
            title="Privacy"
            finding=Prose::from("Your files are read inside this browser and stay on this device. The page has nowhere to send them, and the browser stops it from trying.")
        />
        <Section title="What stays where">
            <div class="data-table">
                <table>
                    <caption class="visually-hidden">"What this product keeps and where"</caption>
                    <thead><tr><th scope="col">"What"</th><th scope="col">"Where"</th><th scope="col">"Until"</th></tr></thead>
                    <tbody>
                        <tr><th scope="row">"Your attendance files"</th><td>"Where they are. The page reads them and never copies them."</td><td>"You move or delete them"</td></tr>
                        <tr><th scope="row">"Students, days, names"</th><td>"In this tab’s memory only"</td><td>"You close or reload the tab"</td></tr>
                        <tr><th scope="row">"Settings: definition, what columns and codes mean"</th><td>"This browser’s own storage; no cell of a row is in it"</td><td>"You wipe it below"</td></tr>
                        <tr><th scope="row">"Files you download"</th><td>"Your downloads folder"</td><td>"You delete them"</td></tr>
                    </tbody>
                </table>
            </div>
        </Section>
        <Section title="Check it yourself" note="Five minutes, with nothing but the browser.">
            <ol class="steps">
                <li><strong>"Read the policy."</strong>" View the page’s source: the line that starts with Content-Security-Policy lists every address the page may use. Nothing outside this site is among them; in the one-file version nothing at all."</li>
                <li><strong>"Watch the network."</strong>" Open the browser’s developer tools (F12), choose Network, then load a file here. No line appears that carries it anywhere."</li>
                <li><strong>"Turn the network off."</strong>" Load the page, switch off Wi-Fi, then read a file. Everything works."</li>
                <li><strong>"Try to break it."</strong>" In the tools’ console, type "<code>"fetch('https://example.com')"</code>". The browser refuses and says which rule forbids it."</li>
                <li><strong>"Compare the checksum."</strong>" The one-file version has a SHA-256 checksum beside it in SHA256SUMS: the file you run is the file that was published."</li>
            </ol>
        </Section>
        <Section title="Kept in this browser" note="Sizes in characters. None of it holds a student’s row.">
            {move || {
                let kept = kept.get();
                if kept.is_empty() {
                    view! { <p>"Nothing is kept in this browser."</p> }.into_any()
                } else {
                    let rows = kept.into_iter().map(|(key, size)| view! {
                        <tr><th scope="row"><code>{format!("bright-spots.{key}")}</code></th><td class="number">{format::count(size as u64)}</td></tr>
                    }).collect_view();
                    view! {
                        <div class="data-table"><table>
                            <caption class="visually-hidden">"Keys kept in this browser"</caption>
                            <thead><tr><th scope="col">"Name"</th><th scope="col" class="number">"Characters"</th></tr></thead>
                            <tbody>{rows}</tbody>
                        </table></div>
                    }.into_any()
                }
            }}
            <p class="section__actions"><Button kind=ButtonKind::Removes on_click=move |()| asking.set(true)>"Wipe this device"</Button></p>
        </Section>
        <Dialog open=asking on_close=move |()| asking.set(false) title="Wipe this device?" actions=keep_button>
            <p>"This removes the settings, code maps and everything else that Bright Spots keeps in this browser, and what is loaded now. Files you saved are not touched."</p>
        </Dialog>
    }
}
