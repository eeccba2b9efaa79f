//! How dates, money and figures are written for people (`[locale]` in `pmo.toml`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How dates, money and figures are written for people; programs read the same whatever is said here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LocaleConfig {
    /// The language and country, such as `de-DE`; the words of reports stay English.
    pub language: Language,
}

/// A language of a country, by its tag (BCP 47).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum Language {
    /// `14 Sep 2026`, `1 250 000.50`, `3.20 M`, `48 %`.
    #[default]
    #[serde(rename = "en-GB")]
    EnGb,
    /// `14 Sept 2026`, `1,250,000.50`, `3.20 M`, `48%`.
    #[serde(rename = "en-IE")]
    EnIe,
    /// `Sep 14, 2026`, `1,250,000.50`, `3.20 M`, `48%`.
    #[serde(rename = "en-US")]
    EnUs,
    /// `14. Sept. 2026`, `1.250.000,50`, `3,20 Mio.`, `48 %`.
    #[serde(rename = "de-DE")]
    DeDe,
    /// `14. Sep. 2026`, `1 250 000,50`, `3,20 Mio.`, `48 %`.
    #[serde(rename = "de-AT")]
    DeAt,
    /// `14. Sept. 2026`, `1'250'000.50`, `3.20 Mio.`, `48 %`.
    #[serde(rename = "de-CH")]
    DeCh,
    /// `14 sept. 2026`, `1 250 000,50`, `3,20 M`, `48 %`.
    #[serde(rename = "fr-FR")]
    FrFr,
    /// `14 sep 2026`, `1.250.000,50`, `3,20 mln.`, `48 %`.
    #[serde(rename = "nl-NL")]
    NlNl,
    /// `14. sep. 2026`, `1.250.000,50`, `3,20 mio.`, `48 %`.
    #[serde(rename = "da-DK")]
    DaDk,
    /// `14 sep. 2026`, `1 250 000,50`, `3,20 mn`, `48 %`.
    #[serde(rename = "sv-SE")]
    SvSe,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::EnGb,
        Self::EnIe,
        Self::EnUs,
        Self::DeDe,
        Self::DeAt,
        Self::DeCh,
        Self::FrFr,
        Self::NlNl,
        Self::DaDk,
        Self::SvSe,
    ];

    /// Its tag, such as `de-DE`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::EnGb => "en-GB",
            Self::EnIe => "en-IE",
            Self::EnUs => "en-US",
            Self::DeDe => "de-DE",
            Self::DeAt => "de-AT",
            Self::DeCh => "de-CH",
            Self::FrFr => "fr-FR",
            Self::NlNl => "nl-NL",
            Self::DaDk => "da-DK",
            Self::SvSe => "sv-SE",
        }
    }

    /// The tag of the English that a page in this language is written in.
    pub fn of_words(self) -> &'static str {
        match self {
            Self::EnGb | Self::EnIe | Self::EnUs => self.tag(),
            _ => "en-GB",
        }
    }
}
