//! The answers that are possible whatever the scaffold: for help, questions, references and schemas alike.

use super::{Field, LICENSES};
use crate::model::{Documents, Expose, Layout, Missing, Nixpkgs, Source, Storage, System, With};

impl Field {
    /// The few possible answers, each with what it means; empty where the answers are free or depend on the scaffold.
    pub fn choices(self) -> Vec<(&'static str, &'static str)> {
        macro_rules! all {
            ($choices:ident) => {
                $choices::ALL
                    .iter()
                    .map(|choice| (choice.name(), choice.note()))
                    .collect()
            };
        }
        match self {
            Self::Source => all!(Source),
            Self::Layout => all!(Layout),
            Self::Missing => all!(Missing),
            Self::Nixpkgs => all!(Nixpkgs),
            Self::Expose => all!(Expose),
            Self::Storage => all!(Storage),
            Self::Documents => all!(Documents),
            Self::With => all!(With),
            Self::Lock => vec![("yes", ""), ("no", "")],
            Self::Systems => System::ALL
                .iter()
                .map(|system| (system.name(), ""))
                .collect(),
            Self::License => LICENSES.iter().map(|license| (*license, "")).collect(),
            _ => Vec::new(),
        }
    }
}
