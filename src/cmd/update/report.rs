//! What an update changes, as it is told: a title, sections, and what deserves care.

use super::Found;
use crate::changes::{Changes, Section, Step, sections};
use crate::cmd::repository::{Planned, Repository};
use crate::python::Version;

/// The report.
pub(super) struct Report {
    /// What it is, in one line: the subject of a commit, the title of a pull request.
    pub(super) title: String,
    /// The release before.
    pub(super) before: String,
    pub(super) changes: Changes,
    pub(super) sections: Vec<Section>,
    /// What has to be said, one sentence each.
    pub(super) notes: Vec<String>,
    /// The command, as a person would type it again.
    pub(super) command: String,
    /// The address of the notes on the release, where it moves.
    pub(super) changelog: Option<String>,
}

impl Report {
    pub(super) fn of(before: &Repository, planned: &Planned, found: &Found) -> Self {
        let scaffold = found.scaffold.as_ref().unwrap_or(&before.scaffold);
        let now = &planned.lock.release.version;
        let (was, changes) = if let Some(lock) = &before.lock {
            let changes = Changes::between(lock, &planned.lock, scaffold);
            (&lock.release.version, changes)
        } else {
            // Without a lock there is nothing to compare with but the release.
            let changes = Changes {
                release: Step::between(&before.intent.release, now),
                ..Changes::default()
            };
            (&before.intent.release, changes)
        };
        let changelog = changes.release.as_ref();
        let upstream = &scaffold.catalogue.upstream;
        let source = planned.lock.release.source.as_ref();
        let commit = source.filter(|source| !source.rev.is_empty());
        // Nobody wrote notes on a commit.
        let changelog = changelog.map(|step| match commit {
            Some(source) => format!("{}{}", upstream.tree, source.rev),
            None => format!("{}{}", upstream.changelog, upstream.tag(&step.to)),
        });
        let mut notes = found.notes.clone();
        // Where nothing changes, nothing new is to be known of what is there.
        if !planned.plan.is_empty() {
            notes.extend(planned.notes.clone());
        }
        Self {
            before: was.clone(),
            title: title(&changes),
            sections: sections(&changes),
            changes,
            notes,
            command: found.command.clone(),
            changelog,
        }
    }

    /// What deserves care or is only told here, without what the sections say already.
    pub(super) fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }
}

/// Whether a step leads to an older release.
fn is_back(step: &Step) -> bool {
    let version = |text: &str| text.parse::<Version>().ok();
    version(&step.to) < version(&step.from)
}

fn title(changes: &Changes) -> String {
    let third_parties = [
        changes.third_parties_came.len(),
        changes.third_parties_went.len(),
        changes.third_parties_moved.len(),
    ];
    match (&changes.release, &changes.index) {
        (Some(step), _) if is_back(step) => format!("Go back to {}", step.to),
        (Some(step), _) => format!("Update to {}", step.to),
        (None, Some(step)) => format!("Follow nixpkgs: {}", step.to),
        (None, None) if third_parties.iter().any(|count| *count > 0) => {
            "Update third parties".to_owned()
        }
        (None, None) => "Bring the files up to date".to_owned(),
    }
}
