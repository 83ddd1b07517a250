//! Version 1 of the stored documents, frozen on release: never edited afterwards. A change of the
//! model makes `v2.rs` with its own declarations; then this file's conversions lead to `v2`.

use super::super::document as d;
use super::super::{model, movement, personal};
use super::frozen::{Date, Frozen, choices, is_default, records, unions};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Today's model, which this version is converted from and to.
mod m {
    pub use super::d::Link;
    pub use super::model::*;
    pub use super::movement::Standing;
    pub use super::personal::*;
    pub use crate::attendance::Tier;
}

/// A whole document: `{"format":…,"version":1,"id":…,"items":{…}}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File<B> {
    pub format: String,
    pub version: u32,
    pub id: String,
    pub items: BTreeMap<String, Item<B>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item<B> {
    /// Changes contained, by actor.
    pub v: BTreeMap<String, u32>,
    /// Milliseconds since 1970 by the clock of the device.
    pub t: i64,
    #[serde(default, skip_serializing_if = "is_default")]
    pub links: Vec<Link>,
    /// Absent once the item was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<B>,
}

impl<M, B: Frozen<M>> Frozen<d::Item<M>> for Item<B> {
    fn freeze(model: &d::Item<M>) -> Self {
        Item {
            v: Frozen::freeze(&model.versions),
            t: Frozen::freeze(&model.changed),
            links: Frozen::freeze(&model.links),
            body: Frozen::freeze(&model.body),
        }
    }
    fn thaw(self) -> Result<d::Item<M>, String> {
        Ok(d::Item {
            versions: self.v.thaw()?,
            changed: self.t.thaw()?,
            links: self.links.thaw()?,
            body: self.body.thaw()?,
        })
    }
}

unions! {
    Link {
        Item(String) = "item", School(String) = "school", Condition(String) = "condition",
        Grade(String) = "grade", Finding(String) = "finding",
    }
    Body {
        Team(Team) = "team", Meeting(Meeting) = "meeting", Assessment(Assessment) = "assessment",
        Priority(Priority) = "priority", Reason(Reason) = "reason", Strategy(Strategy) = "strategy",
        Alignment(Alignment) = "alignment", PartnerList(PartnerList) = "partner_list", Partner(Partner) = "partner",
        Case(Case) = "case", Organising(Organising) = "organising", Outreach(Outreach) = "outreach",
        Test(Box<Test>) = "test", Measure(Measure) = "measure", PeerSupport(PeerSupport) = "peer_support",
        Network(Network) = "network", Visit(Visit) = "visit", Shared(Shared) = "shared",
        Profile(Profile) = "profile", Recognition(Recognition) = "recognition", Finding(Finding) = "finding",
        Annotation(Annotation) = "annotation", Difference(Difference) = "difference",
    }
    PersonalBody {
        Contact(Contact) = "contact", Conversation(Box<Conversation>) = "conversation", Chosen(Chosen) = "chosen",
        Consent(Consent) = "consent", InPlan(InPlan) = "in_plan", Snapshot(Snapshot) = "snapshot",
        Difference(Difference) = "difference",
    }
}

choices! {
    Tier { Satisfactory = "satisfactory", AtRisk = "at_risk", Moderate = "moderate", Severe = "severe", Extreme = "extreme" }
    Stage { ToDo = "to_do", Running = "running", Check = "check", Done = "done" }
    FindingKind {
        School = "school", Condition = "condition", Grade = "grade", Pattern = "pattern", Movement = "movement",
        Test = "test",
    }
    Level {
        DontKnow = "dont_know", StronglyInPlace = "strongly_in_place", MeasurableProgress = "measurable_progress",
        NeedsImprovement = "needs_improvement", UrgentGap = "urgent_gap",
    }
    Family {
        Barriers = "barriers", Misconceptions = "misconceptions", Aversion = "aversion",
        Disengagement = "disengagement",
    }
    AddresserKind { InSchool = "in_school", CouldInSchool = "could_in_school", Partner = "partner" }
    StrategyTier { One = "one", Two = "two", Three = "three" }
    Evidence {
        NotLookedUp = "not_looked_up", Strong = "strong", Moderate = "moderate", Promising = "promising",
        Emerging = "emerging",
    }
    PartnerStatus { Potential = "potential", Active = "active", Ended = "ended" }
    Sharing { Nothing = "nothing", Aggregate = "aggregate", Groups = "groups", NamedWithConsent = "named_with_consent" }
    State { ToDo = "to_do", Running = "running", Check = "check", Done = "done" }
    Act { Adapt = "adapt", Adopt = "adopt", Expand = "expand", Abandon = "abandon" }
    Against {
        NotCompared = "not_compared", AsPredicted = "as_predicted", Better = "better", LessGood = "less_good",
        Mixed = "mixed", CannotTell = "cannot_tell",
    }
    Taking { ByHand = "by_hand", FromTheData = "from_the_data" }
    SupportKind {
        PeerPartners = "peer_partners", LearningWalk = "learning_walk", ActionResearch = "action_research",
        FollowUp = "follow_up",
    }
    Language { English = "en", Spanish = "es" }
}

records! {
    Who { label: String, contact: Option<String> }
    Step { id: String, what: String, who: Who, by: Option<Date>, when: String, done: Option<Date> }
    Tick { id: String, what: String, done: Option<Date> }
    Note { id: String, text: String }
    Group { schools: Vec<String>, grades: Vec<String>, tiers: Vec<Tier>, conditions: Vec<String>, words: String }
    Finding {
        kind: FindingKind, sentence: String, stamp: String, school: String, condition: String, counted: Option<u32>,
        chronic: Option<u32>, expected: Option<u32>, verdict: String, seen: Option<Date>,
    }
    Annotation { text: String, from: Option<Date>, to: Option<Date>, schools: Vec<String> }
    Difference { item: String, path: String, field: String, kept: String, other: String }

    Team {
        name: String, school: String, district: String, members: Vec<TeamMember>, meets: String,
        next_meeting: Option<Date>, functions: Vec<FunctionNote>,
    }
    TeamMember { id: String, who: Who, role: String }
    FunctionNote { id: String, lead: Who, note: String, looked_at: Option<Date> }
    Meeting {
        on: Option<Date>, place: String, present: Vec<Who>, agenda: Vec<AgendaLine>, minutes: String,
        decisions: Vec<Decision>, held: bool,
    }
    AgendaLine { id: String, what: String, minutes: u32, leads: Who, about: Option<String>, dropped: bool }
    Decision { id: String, what: String, owner: Who, by: Option<Date>, done: Option<Date>, about: Option<String> }

    Assessment { on: Option<Date>, school: String, ratings: Vec<Rating>, own_elements: Vec<OwnElement> }
    OwnElement { id: String, what: String }
    Rating { id: String, rater: String, element: String, level: Level, how_known: String }
    Priority {
        what: String, element: String, assessment: Option<String>, why: String, owner: Who, due: Option<Date>,
        stage: Stage,
    }

    Reason {
        family: Family, text: String, how_known: String, named_by: Option<u32>, addressed_by: Vec<Addresser>,
        catalogue: String,
    }
    Addresser { id: String, who: String, kind: AddresserKind, partner: Option<String> }
    Strategy {
        catalogue: String, name: String, what: String, tier: StrategyTier, families: Vec<Family>, group: Group,
        impact: Option<u8>, effort: Option<u8>, evidence: Evidence, evidence_link: String, evidence_note: String,
        adults: Option<u32>, students_each: Option<u32>, minutes_each: Option<u32>, reach_by_hand: Option<u32>,
        steps: Vec<Step>, owner: Who, due: Option<Date>, stage: Stage, assessed: String,
    }
    Outreach {
        title: String, group: Group, planned: Option<u32>, held: Option<u32>, owner: Who, due: Option<Date>,
        stage: Stage, notes: String,
    }

    Alignment { reason: String, interventions: Vec<Note>, partners: Vec<Note>, order: u32 }
    PartnerList { school: String, district: String, primary: Who }
    Partner {
        name: String, kind: String, status: PartnerStatus, contact: Who, provides: String, serves: String,
        period: String, established_by: Who, last_updated: Option<Date>, mission: String, alignment: String,
        wanted: String, sharing: Sharing, sharing_agreement: String, notes: String, owner: Who, due: Option<Date>,
    }
    Case {
        audience: String, partner: Option<String>, their_goals: String, argument: String, numbers: Vec<CaseNumber>,
        ask: String, messenger: Who,
    }
    CaseNumber { id: String, text: String, n: Option<u32> }
    Organising {
        title: String, on: Option<Date>, partners: Vec<String>, leads: Who, helpers: Vec<Who>, goals: Vec<Note>,
        resources: Vec<Note>, timeframe: String, commitments: Vec<Step>, stage: Stage,
    }

    Question { id: String, text: String, prediction: String, result: String, against: Against }
    Datum { id: String, what: String, who: Who, taking: Taking, collected: Option<Date> }
    Test {
        title: String, testers: Vec<Who>, cycle: u32, change_idea: String, begins: Option<Date>, ends: Option<Date>,
        goal: String, driver: String, reflections: Vec<Note>, questions: Vec<Question>, steps: Vec<Step>,
        data: Vec<Datum>, group: Group, strategy: Option<String>, state: State, started: Option<Date>,
        finished: Option<Date>, invited: Option<u32>, took_part: Option<u32>, happened: String, surprises: String,
        obstacles: String, successes: String, measured: Option<Measured>, act: Option<Act>,
        modifications: Vec<Note>, decided: Option<Date>, previous: Option<String>, next: Option<String>,
    }
    Measured {
        sentence: String, stamp: String, on: Option<Date>, chosen: u32, compared: u32, windows: Vec<MeasuredWindow>,
        difference: Option<i64>, lower: Option<i64>, upper: Option<i64>,
    }
    MeasuredWindow { id: String, from: Option<Date>, to: Option<Date>, chosen: Option<i64>, compared: Option<i64> }
    Measure {
        title: String, school: String, from: Option<Date>, to: Option<Date>, tests: Vec<String>, how_much: String,
        how_well: String, difference_for_served: String, difference_for_school: String, conclusion: String,
    }

    PeerSupport {
        kind: SupportKind, goal: String, focus: String, duration: String, with: Vec<Who>, process: Vec<Tick>,
        measured_by: String, artifacts: Vec<Note>, reflection: String, begins: Option<Date>, ends: Option<Date>,
        owner: Who, stage: Stage,
    }
    Network {
        name: String, purpose: String, members: Vec<Member>, strands: Vec<Note>, meetings: Vec<NetworkMeeting>,
        pilots: Vec<Pilot>,
    }
    Member { id: String, who: Who, from: String, role: String }
    NetworkMeeting {
        id: String, on: Option<Date>, strand: String, question: String, brought_by: Who, guest: Who, notes: String,
    }
    Pilot {
        id: String, what: String, at: String, learned_from: String, checklist: Vec<Tick>, from: Option<Date>,
        to: Option<Date>, result: String,
    }
    Visit {
        school: String, why: Vec<String>, why_in_words: String, on: Option<Date>, invite: Vec<Member>,
        produce: Vec<Note>, kit: Vec<KitAnswer>, own_questions: Vec<KitAnswer>, notes: String,
        visitor_tests: Vec<VisitorTest>, owner: Who, stage: Stage,
    }
    KitAnswer { id: String, question: String, answer: String, left_out: bool }
    VisitorTest {
        id: String, who: Who, will_test: String, with_whom: String, predicts: String, look_again: Option<Date>,
        test: Option<String>,
    }
    Shared { title: String, products: Vec<Product> }
    Product {
        id: String, kind: String, what: String, for_whom: String, who: Who, by: Option<Date>, done: Option<Date>,
    }
    Profile {
        title: String, school: String, sentence: String, evidence: Vec<String>, what_they_do: String,
        what_it_takes: String, how_they_know: String, may_not_travel: String, ask_them: String, made: Option<Date>,
    }
    Recognition {
        who: String, school: String, proposed_by: Who, evidence: Vec<String>, practices: String,
        criteria: Vec<Criterion>, how_to_thank: String, on: Option<Date>,
    }
    Criterion { id: String, what: String, met_by: String }

    Contact { name: String, title: String, email: String, phone: String, notes: String }
    StudentRef { id: String, name: String, school: String }
    Chosen { test: String, students: Vec<StudentRef>, how: String }
    Snapshot { covers_to: Option<Date>, stamp: String, standings: Vec<Standing> }
    Standing { student: String, school: String, tier: Option<Tier> }
    InPlan { student: StudentRef, plan: String, note: String }
    Consent {
        student: StudentRef, partner: String, scope: String, given_by: String, given_on: Option<Date>,
        expires: Option<Date>, withdrawn: Option<Date>, form_kept: String,
    }
    Conversation {
        student: StudentRef, outreach: Option<String>, planned: Option<Date>, with: String, by: String,
        language: Language, tier: Option<Tier>, enrolled: Option<i64>, absent: Option<i64>, strengths: String,
        hopes: String, steps: Vec<StepNote>, told_us: String, reasons: Vec<String>, help_bank: HelpBank,
        plan: SuccessPlan, reflection: String,
    }
    StepNote { id: String, notes: String, done: Option<Date> }
    HelpBank {
        household: Vec<Note>, everyday: Vec<Note>, occasional: Vec<Note>, potential: Vec<Note>,
        backups: Vec<Backup>,
    }
    Backup { id: String, name: String, number: String }
    SuccessPlan {
        goal: String, made: Option<Date>, family_steps: Vec<Step>, student_steps: Vec<Step>,
        school_steps: Vec<Step>, referrals: Vec<Note>, learning: Vec<Note>, check_in: Option<Date>,
        check_in_how: String, checked: Option<Date>, check_in_notes: String, copy_given: Option<Date>,
        questions_to: String,
    }
}
