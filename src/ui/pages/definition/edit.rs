//! The definition in force, part by part. Changing a part makes it one's own.

use crate::attendance::{DayRule, Days, Definition, GradeRange, Kind, Preset};
use crate::state::use_state;
use crate::ui::components::{CheckList, Choice, Field, FieldKind, Legend, Section, Segmented, SelectField};
use leptos::prelude::*;

/// Kinds that a definition may count or not; being late never makes a day absent.
const KINDS: [Kind; 6] =
    [Kind::Unknown, Kind::Excused, Kind::Unexcused, Kind::Suspended, Kind::InSchoolSuspension, Kind::Remote];

const RULES: [(DayRule, &str, &str); 3] = [
    (DayRule::AsRecorded, "recorded", "As recorded: parts of a day add up"),
    (DayRule::HalfOrMore, "half", "Half a day or more is a whole one"),
    (DayRule::WholeOnly, "whole", "Only whole days"),
];

const GRADES: [(GradeRange, &str, &str); 3] = [
    (GradeRange::All, "all", "All grades"),
    (GradeRange::KTo12, "k12", "Kindergarten to grade 12"),
    (GradeRange::KTo8, "k8", "Kindergarten to grade 8"),
];

fn choices<T>(of: &[(T, &str, &str)]) -> Vec<Choice> {
    of.iter().map(|(_, key, words)| Choice::new(*key, *words)).collect()
}

fn words(kind: Kind) -> &'static str {
    if kind == Kind::Unknown { "Absent, no reason given" } else { kind.label() }
}

#[component]
pub fn EditSection() -> impl IntoView {
    let state = use_state();
    let definition = state.definition;
    let presets: Vec<Choice> =
        Preset::NAMED.into_iter().chain([Preset::Own]).map(|p| Choice::new(p.key(), p.label())).collect();
    let value = Signal::derive(move || definition.with(|d| d.preset.key().to_string()));
    let choose = move |key: String| match Preset::from_key(&key) {
        // One's own starts from what holds now.
        Some(Preset::Own) => definition.update(|d| d.preset = Preset::Own),
        Some(preset) => definition.set(preset.definition()),
        None => {}
    };
    let change = move |change: &dyn Fn(&mut Definition)| {
        definition.update(|d| {
            change(d);
            d.preset = Preset::Own;
        });
    };
    let (percent_error, days_error) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let share_error = RwSignal::new(None::<String>);
    let percent = move |text: String| match Days::parse(text.trim_end_matches('%')).map(Days::thousandths) {
        Some(thousandths @ 1..=100_000) => {
            percent_error.set(None);
            change(&|d| d.threshold = thousandths as u32);
        }
        _ => percent_error.set(Some("Write a percent above 0 and up to 100.".into())),
    };
    let days = move |text: String| match Days::parse(&text) {
        Some(days) if (Days::ZERO..=Days::whole(366)).contains(&days) => {
            days_error.set(None);
            change(&|d| d.minimum = days);
        }
        _ => days_error.set(Some("Write a number of days, such as 10.".into())),
    };
    let share = move |text: String| match text.trim().trim_end_matches('%').trim().parse::<u8>() {
        Ok(share @ 0..=100) => {
            share_error.set(None);
            change(&|d| d.minimum_share = share);
        }
        _ => share_error.set(Some("Write a percent from 0 to 100; 0 for none.".into())),
    };
    let kinds: Vec<Choice> = KINDS.iter().map(|k| Choice::new(format!("{k:?}"), words(*k))).collect();
    let counted = Signal::derive(move || {
        definition.with(|d| KINDS.iter().filter(|k| d.counts(**k)).map(|k| format!("{k:?}")).collect::<Vec<_>>())
    });
    let toggle = move |(key, on): (String, bool)| {
        if let Some(kind) = KINDS.into_iter().find(|k| format!("{k:?}") == key) {
            change(&|d| d.set_kind(kind, on));
        }
    };
    let remark = move || definition.with(|d| d.preset.remark());
    view! {
        <Section
            title="In force"
            note="Choose one that is named, or change any part of it: then it is your own."
        >
            <div class="definition">
                <SelectField label="What counts as chronic absence" choices=Signal::stored(presets) value on_change=choose />
                <p class="section__note">{remark}</p>
                <div class="definition__parts">
                    <Field
                        label="Chronic from this percent of enrolled days"
                        kind=FieldKind::Decimal
                        value=Signal::derive(move || definition.with(|d| d.percent().to_string()))
                        on_change=Callback::new(percent)
                        error=percent_error
                    />
                    <Segmented
                        question="A student exactly there"
                        choices=vec![Choice::new("in", "is chronically absent"), Choice::new("out", "is not")]
                        value=Signal::derive(move || Some(definition.with(|d| if d.inclusive { "in" } else { "out" }).to_string()))
                        on_change=move |value: String| change(&|d| d.inclusive = value == "in")
                        legend=Legend::Shown
                    />
                    <Field
                        label="Students with fewer enrolled days are counted apart"
                        kind=FieldKind::Decimal
                        value=Signal::derive(move || definition.with(|d| d.minimum.as_f64().to_string()))
                        on_change=Callback::new(days)
                        error=days_error
                    />
                    <Field
                        label="And with less than this percent of the longest enrolment"
                        kind=FieldKind::Whole
                        value=Signal::derive(move || definition.with(|d| d.minimum_share.to_string()))
                        on_change=Callback::new(share)
                        error=share_error
                    />
                    <Segmented
                        question="Students who were never present"
                        choices=vec![Choice::new("counted", "are counted"), Choice::new("apart", "are counted apart")]
                        value=Signal::derive(move || Some(definition.with(|d| if d.present_once { "apart" } else { "counted" }).to_string()))
                        on_change=move |value: String| change(&|d| d.present_once = value == "apart")
                        legend=Legend::Shown
                    />
                    <SelectField
                        label="Which grades"
                        choices=Signal::stored(choices(&GRADES))
                        value=Signal::derive(move || definition.with(|d| {
                            GRADES.iter().find(|g| g.0 == d.grades).map_or("", |g| g.1).to_string()
                        }))
                        on_change=move |value: String| {
                            if let Some(range) = GRADES.iter().find(|g| g.1 == value) {
                                change(&|d| d.grades = range.0);
                            }
                        }
                    />
                    <SelectField
                        label="What counts as an absent day"
                        hint="Where the file has a row for each day."
                        choices=Signal::stored(choices(&RULES))
                        value=Signal::derive(move || definition.with(|d| {
                            RULES.iter().find(|r| r.0 == d.day_rule).map_or("", |r| r.1).to_string()
                        }))
                        on_change=move |value: String| {
                            if let Some(rule) = RULES.iter().find(|r| r.1 == value) {
                                change(&|d| d.day_rule = rule.0);
                            }
                        }
                    />
                </div>
                <CheckList legend="Which kinds count as absence" choices=Signal::stored(kinds) chosen=counted on_toggle=toggle />
            </div>
        </Section>
    }
}
