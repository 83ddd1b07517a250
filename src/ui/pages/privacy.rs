//! What stays where, how to check it, the lock tried live, and how to remove everything.

use crate::browser::lock::{Attempt, try_to_connect};
use crate::state::share::use_share;
use crate::state::use_state;
use crate::ui::components::{Button, ButtonKind, Dialog, Notice, NoticeKind, PageHead, Section};
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// An address that belongs to nobody's data and that anyone may ask.
const OUTSIDE: &str = "https://example.com/";

#[component]
pub fn PrivacyPage() -> impl IntoView {
    view! {
        <PageHead
            title="Privacy"
            finding=Prose::from("Your files are read inside this browser and stay on this device. The page has nowhere to send them, and the browser stops it from trying.")
        />
        <Stays />
        <Lock />
        <Checks />
        <Kept />
    }
}

#[component]
fn Stays() -> impl IntoView {
    view! {
        <Section title="What stays, what leaves">
            <div class="data-table" role="region" tabindex="0" aria-label="What this product keeps and where">
                <table>
                    <caption class="visually-hidden">"What this product keeps and where"</caption>
                    <thead><tr><th scope="col">"What"</th><th scope="col">"Where"</th><th scope="col">"Until"</th></tr></thead>
                    <tbody>
                        <tr><th scope="row">"Your attendance files"</th><td>"Where they are. The page reads them and never copies them."</td><td>"You move or delete them"</td></tr>
                        <tr><th scope="row">"Students, days, names"</th><td>"In this tab’s memory only"</td><td>"You close or reload the tab"</td></tr>
                        <tr><th scope="row">"Settings: definition, what columns and codes mean"</th><td>"This browser’s own storage; no cell of a row is in it"</td><td>"You wipe it below"</td></tr>
                        <tr><th scope="row">"Plans, meetings, tests and conversations"</th><td>"This browser’s own storage. What names a person is in this tab’s memory only, or locked with your passphrase."</td><td>"You delete them or wipe them below"</td></tr>
                        <tr><th scope="row">"Workshop notes and sessions"</th><td>"This browser’s own storage: what you type beside a step, and where the session stands"</td><td>"You wipe it below"</td></tr>
                        <tr><th scope="row">"Words of practice profiles, and notes on the conditions page"</th><td>"This browser’s own storage, as you typed them"</td><td>"You wipe it below"</td></tr>
                        <tr><th scope="row">"Exports you shared"</th><td>"This browser’s own storage: only the numbers that were shown, so that later exports cannot be compared with them"</td><td>"You wipe or forget them"</td></tr>
                        <tr><th scope="row">"Files you download"</th><td>"Your downloads folder. Files with students in them have “student-data” in their name."</td><td>"You delete them"</td></tr>
                        <tr><th scope="row">"Anything else"</th><td>"Nothing is sent, counted or logged anywhere. There is no account, no cookie and no server to ask."</td><td>"Never leaves"</td></tr>
                    </tbody>
                </table>
            </div>
        </Section>
    }
}

/// The live proof: the page tries to connect out, and the browser refuses.
#[component]
fn Lock() -> impl IntoView {
    let state = use_state();
    let attempt = RwSignal::new(None::<Attempt>);
    let is_trying = RwSignal::new(false);
    let try_it = move |()| {
        if is_trying.get_untracked() {
            return;
        }
        is_trying.set(true);
        attempt.set(None);
        spawn_local(async move {
            let found = try_to_connect(OUTSIDE).await;
            state.announcement.set(title(&found).to_owned());
            attempt.set(Some(found));
            is_trying.set(false);
        });
    };
    view! {
        <Section title="Try the lock" note="The browser, not our word, keeps the page from connecting. It reads its rules before the first line of our code runs, and the page cannot change them.">
            <div class="reading">
                <p>"This button makes the page call an outside address, " <code>{OUTSIDE}</code> ", with nothing in the call. A locked page is refused before anything goes out."</p>
                <p><Button kind=ButtonKind::Go on_click=try_it>"Try to connect out"</Button></p>
            </div>
            <Show when=move || is_trying.get()><p class="small" role="status">"Trying."</p></Show>
            {move || attempt.get().map(|attempt| view! { <Found attempt /> })}
        </Section>
    }
}

fn title(attempt: &Attempt) -> &'static str {
    match attempt {
        Attempt::Refused(_) => "The browser refused",
        Attempt::Silent => "Nothing went out, but no rule was named",
        Attempt::Answered => "The call went out: this page is not locked",
    }
}

#[component]
fn Found(attempt: Attempt) -> impl IntoView {
    let said = title(&attempt);
    match attempt {
        Attempt::Refused(refusal) => {
            let rules = refusal.policy.split(';').map(str::trim).filter(|rule| !rule.is_empty());
            let rows = rules
                .map(|rule| {
                    let (name, value) = rule.split_once(' ').unwrap_or((rule, ""));
                    let words = meaning(name, value);
                    view! { <tr><th scope="row"><code>{name.to_owned()}</code></th><td><code>{value.to_owned()}</code></td><td>{words}</td></tr> }
                })
                .collect_view();
            view! {
                <Notice kind=NoticeKind::Done title=said>
                    <p>"The call to " <code>{refusal.address}</code> " was stopped by the rule " <code>{refusal.rule}</code> ". Nothing left this device."</p>
                </Notice>
                <div class="data-table share-policy" role="region" tabindex="0" aria-label="The policy in force on this page">
                    <table>
                        <caption>"The policy in force on this page"</caption>
                        <thead><tr><th scope="col">"Rule"</th><th scope="col">"Value"</th><th scope="col">"In plain words"</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
        }
        Attempt::Silent => view! {
            <Notice kind=NoticeKind::Remark title=said>
                <p>"The call failed without a word from the browser about its rules. There may be no network. Try again with a network to see the rule at work."</p>
            </Notice>
        }
        .into_any(),
        Attempt::Answered => view! {
            <Notice kind=NoticeKind::Problem title=said>
                <p>"Someone who serves this page has changed it, or an extension has removed its policy. Do not open student data here. Use the one-file version and compare its checksum."</p>
            </Notice>
        }
        .into_any(),
    }
}

/// What a rule of the policy means.
fn meaning(name: &str, value: &str) -> &'static str {
    let nothing = value.trim() == "'none'";
    match (name, nothing) {
        ("default-src", true) => "What no other rule allows is forbidden.",
        ("connect-src", true) => "The page may connect to nobody, not even to where it came from.",
        ("form-action", true) => "No form may send anything anywhere.",
        ("base-uri", true) => "Addresses in the page cannot be bent elsewhere.",
        ("frame-ancestors", true) => "No other site may show this page inside its own.",
        ("script-src", _) => "Only this product’s own program runs.",
        ("style-src", _) => "Only this product’s own styles apply.",
        ("img-src", _) => "Pictures come from the page itself.",
        ("worker-src", _) => "Helpers that read files are part of the page, under the same rules.",
        _ => "",
    }
}

#[component]
fn Checks() -> impl IntoView {
    view! {
        <Section title="Check it in five minutes" note="For a privacy officer, with nothing but the browser.">
            <ol class="privacy-checks">
                <li><strong>"Read the policy."</strong>" View the page’s source: the line that starts with Content-Security-Policy lists every address the page may use. Nothing outside this site is among them; in the one-file version nothing at all."</li>
                <li><strong>"Watch the network."</strong>" Open the browser’s developer tools (F12), choose Network, then load a file here. No line appears that carries it anywhere."</li>
                <li><strong>"Turn the network off."</strong>" Load the page, open any page but Data and Tiers once so that the whole program is here, switch off Wi-Fi, then read a file. Everything works. With the one-file version there is nothing to load at all."</li>
                <li><strong>"Try to break it."</strong>" Press the button above, or type "<code>"fetch('https://example.com')"</code>" in the tools’ console. The browser refuses and says which rule forbids it."</li>
                <li><strong>"Compare the checksum."</strong>" The one-file version has a SHA-256 checksum beside it in SHA256SUMS: the file you run is the file that was published."</li>
            </ol>
            <p class="small privacy-limits">"What no page can promise: an extension that may read this site can read what it shows; who uses the same account on this computer can open what the browser keeps; and a file that you saved or sent is out of our hands."</p>
        </Section>
    }
}

/// What each kept key holds, in words.
fn holds(key: &str) -> &'static str {
    match key.split('.').next().unwrap_or(key) {
        "settings" => "Your definition, and what columns and codes mean",
        "exports" => "Numbers that you shared, as they were shown",
        "profiles" => "What you wrote for practice profiles",
        "workshop" => "Workshop notes",
        "notes" => "Notes on schools and visits",
        name if name.starts_with("plan") => "Plans, meetings and tests",
        _ => "Work that you kept in another part of Bright Spots",
    }
}

#[component]
fn Kept() -> impl IntoView {
    let state = use_state();
    let share = use_share();
    let asking = RwSignal::new(false);
    let version = RwSignal::new(0u32);
    let kept = Signal::derive(move || {
        let _ = version.get();
        state.kept()
    });
    let list = move || {
        let rows = kept.get().into_iter().map(|(key, size)| {
            let words = holds(&key);
            view! {
                <tr>
                    <th scope="row">{words}</th>
                    <td><code>{format!("bright-spots.{key}")}</code></td>
                    <td class="number">{format::count(size as u64)}</td>
                </tr>
            }
        });
        rows.collect_view()
    };
    let goes = move || {
        let mut names: Vec<&str> = kept.get().iter().map(|(key, _)| holds(key)).collect();
        names.dedup();
        names.into_iter().map(|name| view! { <li>{name}</li> }).collect_view()
    };
    let is_empty = Memo::new(move |_| kept.with(Vec::is_empty));
    let actions = move || {
        view! {
            <Button kind=ButtonKind::Removes on_click=move |()| {
                state.wipe();
                share.forget_all();
                asking.set(false);
                version.update(|v| *v += 1);
            }>"Wipe"</Button>
            <Button on_click=move |()| asking.set(false)>"Keep everything"</Button>
        }
    };
    view! {
        <Section title="Kept in this browser" note="Sizes in characters.">
            <Show when=move || !is_empty.get() fallback=|| view! { <p>"Nothing is kept in this browser."</p> }>
                <div class="data-table" role="region" tabindex="0" aria-label="Keys kept in this browser">
                    <table>
                        <caption class="visually-hidden">"Keys kept in this browser"</caption>
                        <thead><tr><th scope="col">"What it holds"</th><th scope="col">"Name"</th><th scope="col" class="number">"Characters"</th></tr></thead>
                        <tbody>{list}</tbody>
                    </table>
                </div>
            </Show>
            <p class="section__actions"><Button kind=ButtonKind::Removes on_click=move |()| asking.set(true)>"Wipe this device"</Button></p>
        </Section>
        <Dialog open=asking on_close=move |()| asking.set(false) title="Wipe this device?" actions>
            <p>"This removes everything that Bright Spots keeps in this browser, and what is loaded now. Files you saved are not touched."</p>
            <Show when=move || !is_empty.get()>
                <ul class="share-how">{goes}</ul>
            </Show>
            <p>"What was shared is forgotten too: later exports can then no longer be compared with it."</p>
        </Dialog>
    }
}
