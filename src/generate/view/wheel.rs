//! A wheel as the templates see it.

use crate::model::{LockedOrigin, LockedWheel, System};
use serde::Serialize;

/// A wheel as `fetchPypi` wants it: what all systems share, and what each has of its own.
#[derive(Serialize)]
pub(super) struct WheelView {
    name: String,
    /// The tags that are the same everywhere, `python`, `abi`, `platform`, without those that `fetchPypi` supposes.
    shared: Vec<(&'static str, String)>,
    /// The hash, where there is one wheel for all.
    hash: Option<String>,
    /// By system; empty where there is one wheel for all.
    systems: Vec<SystemView>,
    /// The names of a system's values.
    own: Vec<&'static str>,
    /// Whether it carries machine code.
    native: bool,
    /// Where that is for Linux.
    linux: Linux,
}

impl WheelView {
    pub(super) fn is_native(&self) -> bool {
        self.native
    }

    /// What its file is called with, beside what every file is.
    pub(super) fn arguments(&self) -> Vec<&'static str> {
        match (self.linux, self.systems.is_empty()) {
            (Linux::Never, true) => Vec::new(),
            (Linux::Never, false) => vec!["stdenv"],
            (Linux::Partly | Linux::Only, _) => vec!["autoPatchelfHook", "stdenv"],
        }
    }
}

/// Whether machine code is for Linux, where it has to be told where libraries are.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Linux {
    Never,
    Partly,
    Only,
}

#[derive(Serialize)]
struct SystemView {
    system: &'static str,
    values: Vec<(&'static str, String)>,
}

/// The tags of a wheel by the names of `fetchPypi`'s arguments.
fn tags(wheel: &LockedWheel) -> [(&'static str, &str, &'static str); 4] {
    // The third is what is supposed where nothing is said.
    [
        ("dist", &wheel.python, "py2.py3"),
        ("python", &wheel.python, "py2.py3"),
        ("abi", &wheel.abi, "none"),
        ("platform", &wheel.platform, "any"),
    ]
}

/// The view of the wheels of an origin; `None` where it is no wheel.
pub(super) fn view(origin: &LockedOrigin) -> Option<WheelView> {
    let wheels: Vec<(Option<System>, &LockedWheel)> = match origin {
        LockedOrigin::Path(_) | LockedOrigin::Sdist(_) => return None,
        LockedOrigin::Wheel(wheel) => vec![(None, wheel)],
        LockedOrigin::Wheels(wheels) => {
            let each = wheels.iter().map(|(system, wheel)| (Some(*system), wheel));
            each.collect()
        }
    };
    let (_, first) = *wheels.first()?;
    let same = |at: usize| {
        wheels
            .iter()
            .all(|(_, wheel)| tags(wheel).get(at) == tags(first).get(at))
    };
    let (mut shared, mut own) = (Vec::new(), Vec::new());
    for (at, (key, value, supposed)) in tags(first).into_iter().enumerate() {
        if !same(at) {
            own.push(key);
        } else if value != supposed {
            shared.push((key, value.to_owned()));
        }
    }
    let systems = wheels.iter().filter_map(|(system, wheel)| {
        let tags = tags(wheel).into_iter();
        let values = tags.filter(|(key, ..)| own.contains(key));
        let values = values.map(|(key, value, _)| (key, value.to_owned()));
        Some(SystemView {
            system: (*system)?.name(),
            values: values.chain([("hash", wheel.hash.clone())]).collect(),
        })
    });
    let systems: Vec<SystemView> = systems.collect();
    let limits = origin.systems();
    let linux = |system: &System| system.name().ends_with("linux");
    Some(WheelView {
        name: first.name.clone(),
        hash: systems.is_empty().then(|| first.hash.clone()),
        own: if systems.is_empty() {
            Vec::new()
        } else {
            own.into_iter().chain(["hash"]).collect()
        },
        shared,
        systems,
        native: !limits.is_empty(),
        linux: match (limits.iter().any(linux), limits.iter().all(linux)) {
            (false, _) => Linux::Never,
            (true, false) => Linux::Partly,
            (true, true) => Linux::Only,
        },
    })
}
