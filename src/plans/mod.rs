//! The workspace of the team: pure model, stored versions, evidence.
