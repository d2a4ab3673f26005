//! Every step of writing into a directory fails once, and the process dies before every step once: afterwards the directory is as it was,
//! or holds the whole project, never something between, and nothing of the run's own.

use super::{Before, Existing, GIT, Into, Recovered, WORK, look_into, recover_into};
use crate::disk::error::DiskError;
use crate::disk::gate::Gate;
use crate::disk::root::Root;
use crate::expand::{Staged, StagedFile};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::rc::Rc;

/// Which steps fail.
#[derive(Clone, Copy, Debug)]
enum Fault {
    None,
    /// This one.
    Once(usize),
    /// This one and all that follow: the process is gone.
    From(usize),
}

/// A run in a directory, and the number of steps that came to its gate.
fn begin(place: &Path, fault: Fault) -> (Into, Rc<Cell<usize>>) {
    let mut root = Root::open(place).unwrap();
    let count = Rc::new(Cell::new(0));
    let counted = Rc::clone(&count);
    root.gate = Gate::asking(move |_| {
        let step = counted.get();
        counted.set(step + 1);
        let fails = match fault {
            Fault::None => false,
            Fault::Once(at) => step == at,
            Fault::From(at) => step >= at,
        };
        if fails {
            return Err(std::io::Error::from_raw_os_error(28));
        }
        Ok(())
    });
    (Into::begin_at(root).unwrap(), count)
}

/// All that is in a directory, with kinds, permissions and contents.
fn entries(place: &Path) -> BTreeMap<String, String> {
    let (mut entries, mut open) = (BTreeMap::new(), vec![place.to_owned()]);
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            let metadata = fs::symlink_metadata(&path).unwrap();
            let told = if metadata.is_dir() {
                open.push(path.clone());
                "directory".to_owned()
            } else if metadata.is_symlink() {
                format!("link to {}", fs::read_link(&path).unwrap().display())
            } else {
                let mode = metadata.permissions().mode() & 0o777;
                format!("{mode:o} {}", fs::read_to_string(&path).unwrap())
            };
            let path = path.strip_prefix(place).unwrap();
            entries.insert(path.to_str().unwrap().to_owned(), told);
        }
    }
    entries
}

fn staged(files: &[(&str, &str)]) -> Staged {
    let mut staged = Staged::new();
    for (path, text) in files {
        let bytes = text.as_bytes().to_vec();
        staged
            .insert_file(path, StagedFile { bytes, mode: 0o640 })
            .unwrap();
    }
    staged
}

/// A project with everything that one can have: a file with the longest name, a link, an empty directory.
fn project() -> Staged {
    let long = "n".repeat(255);
    let mut staged = staged(&[
        ("a", "new"),
        ("b/c/d", "deep"),
        ("b/e", "e"),
        (&long, "long"),
        ("over", "no link"),
    ]);
    staged.insert_link("b/link", "../a").unwrap();
    staged.insert_directory("empty").unwrap();
    staged
}

fn place() -> tempfile::TempDir {
    let place = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
    let place = place.unwrap();
    let at = |name: &str| place.path().join(name);
    fs::write(at("a"), "old").unwrap();
    fs::set_permissions(at("a"), fs::Permissions::from_mode(0o600)).unwrap();
    fs::create_dir(at("b")).unwrap();
    fs::write(at("b/e"), "old").unwrap();
    fs::write(at("b/own"), "mine").unwrap();
    fs::write(at(&"n".repeat(255)), "old").unwrap();
    symlink("nowhere", at("over")).unwrap();
    place
}

fn write(
    place: &Path,
    fault: Fault,
    existing: Existing,
    before: &Before,
) -> (Result<(), DiskError>, usize) {
    let (mut into, count) = begin(place, fault);
    let made = into.repository().and_then(|repository| {
        let git = repository.join(GIT);
        fs::create_dir_all(git.join("refs")).unwrap();
        fs::write(git.join("HEAD"), "ref").unwrap();
        into.write(&project(), (before, existing), &|| false)
    });
    (made, count.get())
}

/// The directory before and after.
fn sides(existing: Existing) -> [BTreeMap<String, String>; 2] {
    let place = place();
    let old = entries(place.path());
    let before = look_into(place.path(), &project()).unwrap();
    let (done, _) = write(place.path(), Fault::None, existing, &before);
    done.unwrap();
    [old, entries(place.path())]
}

#[test]
fn what_is_there_stays_or_is_replaced() {
    let long = "n".repeat(255);
    for (existing, texts) in [
        (Existing::Kept, ["600 old", "644 old", "link to nowhere"]),
        (Existing::Replaced, ["640 new", "640 long", "640 no link"]),
    ] {
        let [_, new] = sides(existing);
        let told = ["a", &long, "over"].map(|path| new[path].as_str());
        assert_eq!(told, texts);
        assert_eq!(new["b/c/d"], "640 deep");
        assert_eq!(new["b/own"], "644 mine");
        assert_eq!(new["b/link"], "link to ../a");
        assert_eq!(new["empty"], "directory");
        assert_eq!(new[".git/HEAD"], "644 ref");
        assert_eq!(new.len(), 13, "{:?}", new.keys());
    }
}

#[test]
fn a_fault_at_any_step_leaves_the_old_or_the_new() {
    for existing in [Existing::Kept, Existing::Replaced] {
        let [old, new] = sides(existing);
        for fault in [Fault::Once as fn(usize) -> Fault, Fault::From] {
            let mut ends = [0, 0];
            for step in 0.. {
                let place = place();
                let before = look_into(place.path(), &project()).unwrap();
                let (done, count) = write(place.path(), fault(step), existing, &before);
                let what = format!("{existing:?} {:?}: {done:?}", fault(step));
                let recovered = recover_into(place.path()).unwrap();
                let left = recovered.map(|recovered| recovered.left);
                assert_eq!(left.unwrap_or_default(), Vec::new(), "{what}");
                let there = entries(place.path());
                assert!(there == old || there == new, "{what}: {there:#?}");
                assert!(done.is_err() || there == new, "{what}");
                ends[usize::from(there == new)] += 1;
                if count <= step {
                    done.unwrap();
                    break;
                }
            }
            assert!(ends[0] > 15 && ends[1] > 1, "{ends:?}");
        }
    }
}

#[test]
fn a_second_fault_during_recovery_changes_nothing() {
    let [old, new] = sides(Existing::Replaced);
    let mut double = 0;
    for first in 0.. {
        let mut second = 0;
        loop {
            let place = place();
            let before = look_into(place.path(), &project()).unwrap();
            let (_, count) = write(
                place.path(),
                Fault::From(first),
                Existing::Replaced,
                &before,
            );
            if count <= first {
                assert!(double > 200, "{double}");
                return;
            }
            let (into, count) = begin(place.path(), Fault::From(second));
            into.recover().ok();
            let reached = count.get() > second;
            drop(into);
            recover_into(place.path()).unwrap();
            let there = entries(place.path());
            let what = format!("{first}, then {second}");
            assert!(there == old || there == new, "{what}: {there:#?}");
            if !reached {
                break;
            }
            double += 1;
            second += 1;
        }
    }
}

#[test]
fn an_interruption_puts_everything_back() {
    let [old, new] = sides(Existing::Replaced);
    for after in 0.. {
        let place = place();
        let before = look_into(place.path(), &project()).unwrap();
        let asked = Cell::new(0);
        let (mut into, _) = begin(place.path(), Fault::None);
        let git = into.repository().unwrap().join(GIT);
        fs::create_dir_all(git.join("refs")).unwrap();
        fs::write(git.join("HEAD"), "ref").unwrap();
        let done = into.write(&project(), (&before, Existing::Replaced), &|| {
            asked.set(asked.get() + 1);
            asked.get() > after
        });
        let there = entries(place.path());
        if done.is_ok() {
            assert_eq!(there, new);
            assert!(after > 8, "{after}");
            return;
        }
        assert!(matches!(done, Err(DiskError::Interrupted)));
        assert_eq!(there, old, "{after}");
    }
}

/// After a kill at every step the person edits a file: that stays, and what stood there before the run is not lost.
#[test]
fn what_was_edited_after_a_kill_is_left_alone() {
    let mut kept = 0;
    for step in 0.. {
        let place = place();
        let before = look_into(place.path(), &project()).unwrap();
        let (_, count) = write(place.path(), Fault::From(step), Existing::Replaced, &before);
        if count <= step {
            break;
        }
        fs::write(place.path().join("a"), "edited").unwrap();
        let recovered = recover_into(place.path()).unwrap();
        let there = entries(place.path());
        let is_edited = there["a"].ends_with(" edited");
        let old = there.iter().any(|(_, text)| text == "600 old");
        assert!(is_edited, "{step}: {recovered:?} {there:#?}");
        if let Some(Recovered { left, .. }) = recovered
            && let Some((path, Some(before))) = left.first()
        {
            assert_eq!(path.as_str(), "a");
            assert_eq!(there[before.as_str()], "600 old");
            assert!(old);
            kept += 1;
        }
        assert!(!place.path().join(WORK).exists());
    }
    assert!(kept > 3, "{kept}");
}

#[test]
fn what_was_saved_meanwhile_stops_the_run() {
    let place = place();
    let before = look_into(place.path(), &project()).unwrap();
    fs::write(place.path().join("a"), "saved").unwrap();
    let there = entries(place.path());
    let (done, _) = write(place.path(), Fault::None, Existing::Replaced, &before);
    assert!(done.unwrap_err().to_string().contains("write into"));
    assert_eq!(entries(place.path()), there);
    // While another run is at work, this one waits, and then gives up.
    let (first, _) = begin(place.path(), Fault::None);
    let second = Into::begin(place.path());
    assert!(matches!(second, Err(DiskError::Busy(_))), "{second:?}");
    drop(first);
    assert!(Into::begin(place.path()).is_ok());
}

#[test]
fn no_link_is_followed() {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path();
    fs::create_dir(root.join("elsewhere")).unwrap();
    symlink("elsewhere", root.join("a")).unwrap();
    assert!(look_into(root, &staged(&[("a/x", "x")])).is_err());
    // One that came since, and one in the place of the run's own things.
    let fresh = staged(&[("b/x", "x")]);
    for link in ["b", WORK] {
        symlink("elsewhere", root.join(link)).unwrap();
        let into = Into::begin(root).unwrap();
        let before = Before::new();
        assert!(
            into.write(&fresh, (&before, Existing::Replaced), &|| false)
                .is_err()
        );
        fs::remove_file(root.join(link)).unwrap();
    }
    let own = format!("{WORK}/outline");
    let into = Into::begin(root).unwrap();
    let taken = staged(&[(&own, "x")]);
    assert!(
        into.write(&taken, (&Before::new(), Existing::Kept), &|| false)
            .is_err()
    );
    assert_eq!(fs::read_dir(root.join("elsewhere")).unwrap().count(), 0);
    assert_eq!(fs::read_dir(root).unwrap().count(), 2);
}
