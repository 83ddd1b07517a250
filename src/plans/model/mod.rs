//! What the items of a workspace say: every worksheet of the field, field by field. A table in
//! `docs/worksheets.md` says which worksheet each field comes from.

mod assessment;
mod common;
mod partners;
mod peers;
mod reasons;
mod team;
mod tests_of_change;

pub use assessment::{Assessment, Level, OwnElement, Priority, Rating};
pub use common::{Annotation, Difference, Finding, FindingKind, Group, Note, Stage, Step, Tick, Who};
pub use partners::{Alignment, Case, CaseNumber, Organising, Partner, PartnerList, PartnerStatus, Sharing};
pub use peers::{
    Criterion, KitAnswer, Member, Network, NetworkMeeting, PeerSupport, Pilot, Product, Profile, Recognition, Shared,
    SupportKind, Visit, VisitorTest,
};
pub use reasons::{Addresser, AddresserKind, Evidence, Family, FamilySet, Outreach, Reason, Strategy, StrategyTier};
pub use team::{AgendaLine, Decision, FunctionNote, Meeting, Team, TeamMember};
pub use tests_of_change::{Act, Against, Datum, Measure, Measured, MeasuredWindow, Question, State, Taking, Test};

use super::document::{Content, Id};

/// The content of one item of the workspace.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    Team(Team),
    Meeting(Meeting),
    Assessment(Assessment),
    Priority(Priority),
    Reason(Reason),
    Strategy(Strategy),
    Alignment(Alignment),
    PartnerList(PartnerList),
    Partner(Partner),
    Case(Case),
    Organising(Organising),
    Outreach(Outreach),
    Test(Box<Test>),
    Measure(Measure),
    PeerSupport(PeerSupport),
    Network(Network),
    Visit(Visit),
    Shared(Shared),
    Profile(Profile),
    Recognition(Recognition),
    Finding(Finding),
    Annotation(Annotation),
    Difference(Difference),
}

impl Body {
    /// What this kind of item is called.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Body::Team(_) => "Team",
            Body::Meeting(_) => "Meeting",
            Body::Assessment(_) => "Self-assessment",
            Body::Priority(_) => "Priority",
            Body::Reason(_) => "Reason",
            Body::Strategy(_) => "Strategy",
            Body::Alignment(_) => "Reason, interventions, partners",
            Body::PartnerList(_) => "Partner list",
            Body::Partner(_) => "Partner",
            Body::Case(_) => "Making the case",
            Body::Organising(_) => "Organising",
            Body::Outreach(_) => "Conversations",
            Body::Test(_) => "Test",
            Body::Measure(_) => "Measuring",
            Body::PeerSupport(_) => "Peer support",
            Body::Network(_) => "Network",
            Body::Visit(_) => "Visit",
            Body::Shared(_) => "What we will share",
            Body::Profile(_) => "Practice profile",
            Body::Recognition(_) => "Recognition",
            Body::Finding(_) => "Finding",
            Body::Annotation(_) => "Note on a trend",
            Body::Difference(_) => "Two versions",
        }
    }

    /// A line that tells this item from its neighbours. Never empty.
    #[must_use]
    pub fn title(&self) -> String {
        let text = match self {
            Body::Team(x) => x.name.clone(),
            Body::Meeting(x) => x.on.map_or(String::new(), |day| format!("Meeting of {day}")),
            Body::Assessment(x) => x.on.map_or(String::new(), |day| format!("Self-assessment of {day}")),
            Body::Priority(x) => x.what.clone(),
            Body::Reason(x) => x.text.clone(),
            Body::Strategy(x) => x.name.clone(),
            Body::Alignment(x) => x.reason.clone(),
            Body::PartnerList(x) => x.school.clone(),
            Body::Partner(x) => x.name.clone(),
            Body::Case(x) => x.audience.clone(),
            Body::Organising(x) => x.title.clone(),
            Body::Outreach(x) => x.title.clone(),
            Body::Test(x) => x.title.clone(),
            Body::Measure(x) => x.title.clone(),
            Body::PeerSupport(x) => x.goal.clone(),
            Body::Network(x) => x.name.clone(),
            Body::Visit(x) => x.school.clone(),
            Body::Shared(x) => x.title.clone(),
            Body::Profile(x) => x.title.clone(),
            Body::Recognition(x) => x.who.clone(),
            Body::Finding(x) => x.sentence.clone(),
            Body::Annotation(x) => x.text.clone(),
            Body::Difference(x) => x.field.clone(),
        };
        let text = text.trim();
        if text.is_empty() { format!("{} without a title", self.kind()) } else { text.to_owned() }
    }
}

impl Content for Body {
    fn references(&self) -> Vec<Id> {
        let mut ids: Vec<Id> = match self {
            Body::Meeting(x) => x
                .agenda
                .iter()
                .map(|a| &a.about)
                .chain(x.decisions.iter().map(|d| &d.about))
                .flatten()
                .cloned()
                .collect(),
            Body::Priority(x) => x.assessment.iter().cloned().collect(),
            Body::Reason(x) => x.addressed_by.iter().filter_map(|a| a.partner.clone()).collect(),
            Body::Case(x) => x.partner.iter().cloned().collect(),
            Body::Organising(x) => x.partners.clone(),
            Body::Test(x) => x.previous.iter().chain(&x.next).chain(&x.strategy).cloned().collect(),
            Body::Measure(x) => x.tests.clone(),
            Body::Visit(x) => {
                x.why.iter().cloned().chain(x.visitor_tests.iter().filter_map(|v| v.test.clone())).collect()
            }
            Body::Profile(x) => x.evidence.clone(),
            Body::Recognition(x) => x.evidence.clone(),
            Body::Difference(x) => vec![x.item.clone()],
            _ => Vec::new(),
        };
        ids.sort();
        ids.dedup();
        ids
    }
}
