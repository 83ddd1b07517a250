//! Every component in every state, on one page: `#/components`. For people who build and check the app.

use super::gallery_plans::Plans;
use super::gallery_samples as sample;
use super::toast::{ToastBody, ToastPlace};
use super::*;
use crate::attendance::Tier;
use crate::ui::prose::Prose;
use leptos::prelude::*;

#[component]
pub fn GalleryPage() -> impl IntoView {
    view! {
        <div class="page gallery">
            <PageHead
                title="Components and states"
                finding=Prose::from("Every state is visible without colour: by weight, border, shape or words.")
            />
            <Marks />
            <Buttons />
            <Fields />
            <Files />
            <Notices />
            <Dialogs />
            <Modes />
            <Readings />
            <Tables />
            <Charts />
            <Plans />
            <Starts />
        </div>
    }
    .into_any()
}

#[component]
pub(super) fn GalleryRow(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="gallery__row">
            <h2 class="gallery__name">{name}</h2>
            <div class="gallery__samples">{children()}</div>
        </section>
    }
}

#[component]
fn Sample(#[prop(optional)] under: &'static str, children: Children) -> impl IntoView {
    view! { <div class="gallery__sample">{children()}<span class="gallery__under">{under}</span></div> }
}

#[component]
fn Marks() -> impl IntoView {
    let tiers = Tier::ALL.map(|tier| view! { <Sample under=tier.bounds()><TierBadge tier /></Sample> });
    let verdicts = Verdict::ALL.map(|verdict| view! { <Sample under=verdict.key()><VerdictMark verdict /></Sample> });
    view! {
        <GalleryRow name="Tiers">{tiers}</GalleryRow>
        <GalleryRow name="Verdicts">{verdicts}</GalleryRow>
        <GalleryRow name="Keys"><TierKey /><ComparisonKey /></GalleryRow>
    }
    .into_any()
}

#[component]
fn Buttons() -> impl IntoView {
    let presses = RwSignal::new(0_u32);
    let press = move || presses.update(|n| *n += 1);
    let why = Some(Reason {
        text: "1 question left:".to_owned(),
        go_to: Some(("what does FT mean?".to_owned(), CodeRow::control_id(0, 4))),
    });
    view! {
        <GalleryRow name="Button">
            <Sample under="go"><Button kind=ButtonKind::Go on_click=press>"Use this reading"</Button></Sample>
            <Sample under="hover"><span class="button button--go is-hovered">"Use this reading"</span></Sample>
            <Sample under="focus"><span class="button button--go is-focused">"Use this reading"</span></Sample>
            <Sample under="pressed"><span class="button button--go is-pressed">"Use this reading"</span></Sample>
            <Sample under="disabled, always with a reason">
                <Button kind=ButtonKind::Go disabled_because=why on_click=press>"Use this reading"</Button>
            </Sample>
            <Sample under="plain"><Button on_click=press>"Cancel"</Button></Sample>
            <Sample under="removes something">
                <Button kind=ButtonKind::Removes on_click=press>"Wipe this device"</Button>
            </Sample>
            <Sample under="small"><Button size=ButtonSize::Small on_click=press>"Download"</Button></Sample>
            <Sample under="link"><LinkButton on_click=press>"Download the list"</LinkButton></Sample>
            <Sample under="a link that looks like a button"><ButtonLink href="#/tiers">"See the tiers"</ButtonLink></Sample>
            <Sample under="menu">
                <Menu label="Download" choices=sample::downloads() on_choose=Callback::new(move |_: String| press()) />
            </Sample>
            <p class="quiet small" role="status">{move || format!("Pressed {} times", presses.get())}</p>
        </GalleryRow>
    }
    .into_any()
}

#[component]
fn Fields() -> impl IntoView {
    let title = RwSignal::new("Two by ten".to_owned());
    let empty = RwSignal::new(String::new());
    let now = RwSignal::new("adapt".to_owned());
    let notes = RwSignal::new(String::new());
    let minimum = RwSignal::new("10".to_owned());
    let view_as = RwSignal::new(Some("board".to_owned()));
    let status = RwSignal::new(None::<String>);
    let adjust = RwSignal::new(vec!["grade".to_owned(), "sped".to_owned()]);
    let needed = move || empty.with(String::is_empty).then(|| "Write a prediction before the test starts".to_owned());
    view! {
        <GalleryRow name="Field">
            <div class="gallery__fields">
                <Field label="Test title" hint="A few words the team will recognise" value=title on_input=move |text: String| title.set(text) />
                <Field label="Prediction" hint="One for each question" error=Signal::derive(needed) value=empty on_input=move |text: String| empty.set(text) />
                <SelectField label="What now?" hint="Native select" choices=sample::decisions() value=now on_change=move |value: String| now.set(value) />
                <Field label="Minimum" hint="Whole number of days" kind=FieldKind::Whole value=minimum on_input=move |text: String| minimum.set(text) />
                <TextArea label="Notes" hint="Kept in memory only" value=notes on_input=move |text: String| notes.set(text) />
            </div>
        </GalleryRow>
        <GalleryRow name="Segmented">
            <Segmented question="Show the plans as" choices=sample::views() value=view_as on_change=move |value: String| view_as.set(Some(value)) />
            <Segmented question="What does A mean?" choices=sample::statuses() value=status on_change=move |value: String| status.set(Some(value)) />
            <span class="quiet small">{move || if status.with(Option::is_none) { "nothing chosen: an open question" } else { "answered" }}</span>
        </GalleryRow>
        <GalleryRow name="Check list">
            <CheckList
                legend="Adjust for"
                choices=sample::adjustments()
                chosen=adjust
                on_toggle=move |(value, ticked): (String, bool)| adjust.update(|chosen| {
                    chosen.retain(|other| *other != value);
                    if ticked {
                        chosen.push(value);
                    }
                })
            />
        </GalleryRow>
    }
    .into_any()
}

#[component]
fn Files() -> impl IntoView {
    let picked = RwSignal::new(0_usize);
    let pasting = RwSignal::new(false);
    view! {
        <GalleryRow name="File drop">
            <div class="duo gallery__wide">
                <div>
                    <FileDrop
                        id="gallery-files"
                        hint="or choose them"
                        on_files=Callback::new(move |files: crate::browser::PickedFiles| picked.set(files.len()))
                    >
                        <LinkButton on_click=move || pasting.set(true)>"Paste a table"</LinkButton>
                    </FileDrop>
                    <Show when=move || pasting.get()>
                        <PasteBox on_paste=move |_: String| pasting.set(false) on_close=move || pasting.set(false) />
                    </Show>
                    <p class="quiet small" role="status">{move || format!("{} files chosen", picked.get())}</p>
                </div>
                <div class="file-drop file-drop--over">
                    <p class="file-drop__title">"Let go to read 2 files"</p>
                    <p class="file-drop__hint">"They stay on this device"</p>
                </div>
            </div>
        </GalleryRow>
        <GalleryRow name="Progress, empty">
            <div class="duo gallery__wide">
                <ProgressPanel progress=sample::progress() on_stop=|| () />
                <EmptyState title="No second file yet" text="Load a newer export to see who moved between tiers.">
                    <a href="#/">"Choose a file"</a>
                </EmptyState>
            </div>
        </GalleryRow>
    }
    .into_any()
}

#[component]
fn Notices() -> impl IntoView {
    view! {
        <GalleryRow name="Notices">
            <div class="duo gallery__wide gallery__notices">
                <Notice title="What does FT mean?" kind=NoticeKind::Question>"408 rows wait for your answer."</Notice>
                <Notice title="This file isn’t text" kind=NoticeKind::Problem>
                    "attendance.xlsx is a workbook. In Excel, save the sheet as CSV and drop that."
                </Notice>
                <Notice title="Every row is accounted for" kind=NoticeKind::Done>
                    "265,214 in, 265,160 used, 54 set aside."
                </Notice>
                <Notice title="Good to know">"Early in the year two absences are already 10 %."</Notice>
            </div>
        </GalleryRow>
    }
    .into_any()
}

#[component]
fn Dialogs() -> impl IntoView {
    let open = RwSignal::new(false);
    let toast = RwSignal::new(None::<ToastMessage>);
    let moved = || ToastMessage { text: "Card moved to Done".to_owned(), undo: Undo::Offered };
    view! {
        <GalleryRow name="Dialog, toast">
            <div class="duo gallery__wide">
                <div class="dialog dialog--still">
                    <p class="dialog__title"><strong>"Wipe this device?"</strong></p>
                    <p class="dialog__text">{sample::WIPE}</p>
                    <div class="dialog__actions">
                        <Button kind=ButtonKind::Removes on_click=move || open.set(true)>"Wipe"</Button>
                        <Button on_click=move || toast.set(Some(moved()))>"Keep everything"</Button>
                    </div>
                </div>
                <div><ToastBody message=moved() on_undo=Callback::new(|()| ()) on_dismiss=Callback::new(|()| ()) place=ToastPlace::InTheText /></div>
            </div>
            <Dialog
                open
                on_close=move || open.set(false)
                title="Wipe this device?"
                actions=move || view! {
                    <Button kind=ButtonKind::Removes on_click=move || open.set(false)>"Wipe"</Button>
                    <Button on_click=move || open.set(false)>"Keep everything"</Button>
                }
            >
                <p>{sample::WIPE}</p>
            </Dialog>
            <Toast message=toast on_undo=move || toast.set(None) on_dismiss=move || toast.set(None) />
        </GalleryRow>
    }
    .into_any()
}

#[component]
fn Modes() -> impl IntoView {
    let banner = |mode: Mode, words: &'static str| {
        view! {
            <div class="masthead gallery__banner" class:masthead--team=mode == Mode::Team>
                <div class="gallery__bar">
                    <span class="masthead__home"><Mark />"Bright Spots"</span>
                    <ModeSwitch mode words on_mode=Callback::new(|_| ()) />
                </div>
            </div>
        }
    };
    view! {
        <GalleryRow name="Mode banner">
            {banner(Mode::Team, "Names can show. Don’t project this.")}
            {banner(Mode::Share, "No names, nothing about fewer than 11 students")}
        </GalleryRow>
    }
    .into_any()
}

#[component]
fn Readings() -> impl IntoView {
    let codes = RwSignal::new(sample::codes());
    let columns = RwSignal::new(sample::columns());
    let decide = move |(code, meaning): (String, String)| {
        codes.update(|codes| {
            if let Some(row) = codes.iter_mut().find(|row| row.code == code) {
                row.meaning = Some(meaning);
            }
        });
    };
    let read_as = move |(at, role): (usize, String)| {
        columns.update(|columns| {
            if let Some(column) = columns.get_mut(at) {
                column.role = role;
            }
        });
    };
    let open = move || codes.with(|codes| codes.iter().position(|row| row.meaning.is_none()));
    let why = move || {
        open().map(|at| Reason {
            text: "1 question left:".to_owned(),
            go_to: Some(("what does FT mean?".to_owned(), CodeRow::control_id(0, at))),
        })
    };
    view! {
        <Section title="Rows" note="Nothing is dropped silently.">
            <RowEquation account=sample::account() on_download=|| () />
        </Section>
        <Section title="Codes in “Status”" note="We never guess what an unknown code means. Your answers are kept for next month’s file.">
            <CodeMapTable codes meanings=sample::meanings() on_change=Callback::new(decide) />
        </Section>
        <Section title="Columns" note="Each column as written in your file, and what we take it for. Change any of them.">
            <ColumnMapTable columns roles=sample::roles() on_change=Callback::new(read_as) />
        </Section>
        <Section title="Set aside" note="These rows are left out until you fix them in the source and load again.">
            <ProblemList problems=sample::problems() />
        </Section>
        <ActionBar way_out=|| view! { <a href="#/">"Cancel and choose another file"</a> }>
            <Button kind=ButtonKind::Go disabled_because=Signal::derive(why) on_click=|| ()>"Use this reading"</Button>
        </ActionBar>
    }
    .into_any()
}

#[component]
fn Tables() -> impl IntoView {
    let sorted_by = RwSignal::new(Some(SortedBy { column: 1, direction: Direction::Descending }));
    let table = move || sample::schools(sorted_by.get());
    let order = RwSignal::new(ComparisonOrder { column: ComparisonColumn::Rate, direction: Direction::Ascending });
    view! {
        <Section title="All students" note="Each student once, days from all schools added up. 37 students with fewer than 10 enrolled days are counted apart.">
            <TierTable counts=sample::tiers() caption="All students by tier" />
        </Section>
        <Section title="Rate against expected" shape=SectionShape::Full key=|| view! { <ComparisonKey /> }>
            <SchoolComparison
                rows=move || sample::comparison(order.get())
                order
                on_sort=Callback::new(move |column| order.update(|by| *by = by.press(column)))
            />
        </Section>
        <Section title="Data table" shape=SectionShape::Full>
            <DataTable
                table=Signal::derive(table)
                sorted_by
                on_sort=Callback::new(move |column| {
                    sorted_by.update(|by| *by = Some(SortedBy::press(*by, column, Direction::Ascending)));
                })
            />
        </Section>
    }
    .into_any()
}

#[component]
fn Charts() -> impl IntoView {
    view! {
        <Section title="Chart figure" sentence=Prose::from("Small schools look uncertain because they are.")>
            <ChartFigure
                title="Chronic absence in two schools"
                summary="Birch has 9 %, Fern anything from 5 to 26 %."
                svg=sample::DRAWING
                table=sample::chart_table()
                stamp="Example district, 2 Sep 2025 – 13 Feb 2026. Federal definition, 10 % or more. n = 429."
                downloads=sample::downloads()
                on_download=Callback::new(|_: String| ())
                key=Some(ViewFnOnce::from(|| view! { <TierKey /> }))
            />
        </Section>
    }
    .into_any()
}

#[component]
fn Starts() -> impl IntoView {
    view! {
        <Section title="Which file do I need?" note="Ask for any one of these from your student information system. Extra columns are ignored; condition columns (grade, homeroom, disability, English learner…) make comparisons fairer.">
            <FileShapes />
        </Section>
        <Section title="No file today?"><NoFileToday on_open_workspace=|| () /></Section>
        <div class="duo"><HowToRead /><div><Promise /></div></div>
    }
    .into_any()
}
