//! The colours a chart may use: roles, written as the light theme's values.
//!
//! `style/charts.css` maps each value back to its token, so that dark and print follow; a test
//! keeps the two lists together.

use crate::attendance::Tier;
use plotters_backend::BackendColor;

/// What a colour means. Never a colour of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Paper,
    Sunk,
    Ink,
    Ink2,
    Line,
    LineStrong,
    Accent,
    AccentSoft,
    /// Marigold: a bright spot and nothing else.
    Bright,
    Tier(Tier),
    /// The outline of the two pale tiers.
    TierEdge,
    /// Text on tiers 3 to 5, on ink and on accent. For text only.
    OnDark,
}

impl Role {
    pub const ALL: [Role; 16] = [
        Role::Paper,
        Role::Sunk,
        Role::Ink,
        Role::Ink2,
        Role::Line,
        Role::LineStrong,
        Role::Accent,
        Role::AccentSoft,
        Role::Bright,
        Role::Tier(Tier::Satisfactory),
        Role::Tier(Tier::AtRisk),
        Role::Tier(Tier::Moderate),
        Role::Tier(Tier::Severe),
        Role::Tier(Tier::Extreme),
        Role::TierEdge,
        Role::OnDark,
    ];

    /// The light theme's value (`shared/look/look.md`, tokens).
    #[must_use]
    pub const fn rgb(self) -> (u8, u8, u8) {
        match self {
            Role::Paper | Role::OnDark => (0xff, 0xff, 0xff),
            Role::Sunk => (0xf2, 0xf5, 0xf6),
            Role::Ink => (0x14, 0x20, 0x2a),
            Role::Ink2 => (0x4a, 0x5a, 0x66),
            Role::Line => (0xd3, 0xdb, 0xe0),
            Role::LineStrong => (0x7b, 0x8a, 0x95),
            Role::Accent => (0x0a, 0x5c, 0x63),
            Role::AccentSoft => (0xe3, 0xf0, 0xf0),
            Role::Bright => (0xf2, 0xb2, 0x00),
            Role::Tier(Tier::Satisfactory) => (0xdc, 0xe6, 0xeb),
            Role::Tier(Tier::AtRisk) => (0x9c, 0xb6, 0xc5),
            Role::Tier(Tier::Moderate) => (0xb9, 0x56, 0x2b),
            Role::Tier(Tier::Severe) => (0x84, 0x27, 0x18),
            Role::Tier(Tier::Extreme) => (0x3d, 0x0b, 0x15),
            Role::TierEdge => (0x5c, 0x74, 0x84),
        }
    }

    /// The token that the style sheet maps this role to.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Role::Paper => "--paper",
            Role::Sunk => "--sunk",
            Role::Ink => "--ink",
            Role::Ink2 => "--ink-2",
            Role::Line => "--line",
            Role::LineStrong => "--line-strong",
            Role::Accent => "--accent",
            Role::AccentSoft => "--accent-soft",
            Role::Bright => "--bright",
            Role::Tier(Tier::Satisfactory) => "--tier-1",
            Role::Tier(Tier::AtRisk) => "--tier-2",
            Role::Tier(Tier::Moderate) => "--tier-3",
            Role::Tier(Tier::Severe) => "--tier-4",
            Role::Tier(Tier::Extreme) => "--tier-5",
            Role::TierEdge => "--tier-edge",
            Role::OnDark => "--on-3",
        }
    }

    /// The value as it stands in the SVG, `#14202a`.
    #[must_use]
    pub fn hex(self) -> String {
        let (r, g, b) = self.rgb();
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    pub(super) fn color(self) -> BackendColor {
        BackendColor { alpha: 1.0, rgb: self.rgb() }
    }

    /// The role of text written on a tier's fill.
    #[must_use]
    pub const fn on(tier: Tier) -> Role {
        match tier {
            Tier::Satisfactory | Tier::AtRisk => Role::Ink,
            Tier::Moderate | Tier::Severe | Tier::Extreme => Role::OnDark,
        }
    }

    /// The outline of a tier's fill: the pale ones need it, the others are their own.
    #[must_use]
    pub const fn edge(tier: Tier) -> Role {
        match tier {
            Tier::Satisfactory | Tier::AtRisk => Role::TierEdge,
            dark => Role::Tier(dark),
        }
    }
}
