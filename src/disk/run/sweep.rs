//! Every step of a change fails once, and the process dies before every step once: afterwards the repository is as it was or as
//! it should be, never between.

use super::{Applied, RUN, Run, Swap, Wanted};
use crate::disk::gate::Gate;
use crate::disk::read_tree;
use crate::disk::root::Root;
use crate::disk::step::above;
use crate::tree::{File, Found, Kind, Mode, RelPath, Tree};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::Path;
use std::rc::Rc;

/// Which steps fail.
#[derive(Clone, Copy, Debug)]
enum Fault {
    /// This one.
    Once(usize),
    /// This one and all that follow: the process is gone.
    From(usize),
}

/// A gate with a fault, and the number of steps that came to it.
fn gate(fault: Fault) -> (Gate, Rc<Cell<usize>>) {
    let count = Rc::new(Cell::new(0));
    let counted = Rc::clone(&count);
    let gate = Gate::asking(move |_| {
        let step = counted.get();
        counted.set(step + 1);
        let fails = match fault {
            Fault::Once(at) => step == at,
            Fault::From(at) => step >= at,
        };
        if fails {
            return Err(std::io::Error::from_raw_os_error(28));
        }
        Ok(())
    });
    (gate, count)
}

fn begin(place: &Path, fault: Fault) -> (Result<Run, super::DiskError>, Rc<Cell<usize>>) {
    let mut root = Root::open(place).unwrap();
    let (gate, count) = gate(fault);
    root.gate = gate;
    (Run::begin_at(root), count)
}

fn path(text: &str) -> RelPath {
    text.parse().unwrap()
}

/// The files of a place, without the run's own.
fn files(place: &Path) -> Tree {
    let tree = read_tree(place).unwrap();
    tree.into_iter()
        .filter(|(path, _)| !path.as_str().starts_with(RUN))
        .collect()
}

/// From one tree to another, for trees that lie in the place completely.
fn change(old: &Tree, new: &Tree) -> Wanted {
    let plan = crate::plan::Plan::between(old, new);
    let files: Vec<Swap> = plan
        .iter()
        .map(|(path, _)| Swap {
            path: path.clone(),
            before: old.get(path).cloned(),
            after: new.get(path).cloned(),
        })
        .collect();
    // A directory whose files all go may become a file, and a file a directory.
    let on_the_way = |path: &RelPath| above(path).into_iter().find(|one| old.get(one).is_some());
    let found = |path: &RelPath, file: Option<&File>| match file {
        Some(file) => Found::File(file.clone()),
        None if let Some(by) = on_the_way(path) => Found::Behind(by, Kind::File),
        None if old
            .paths()
            .any(|one| one.as_str().starts_with(&format!("{path}/"))) =>
        {
            Found::Other(Kind::Directory)
        }
        None => Found::Absent,
    };
    let inputs = files
        .iter()
        .map(|swap| (swap.path.clone(), found(&swap.path, swap.before.as_ref())));
    Wanted {
        command: "test".to_owned(),
        note: serde_json::Value::Null,
        inputs: inputs.collect(),
        files,
        follower: None,
    }
}

fn put(place: &Path, tree: &Tree) {
    for (path, file) in tree.iter() {
        let place = place.join(path.as_str());
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(&place, &file.bytes).unwrap();
        if file.mode == Mode::Executable {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&place, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
    }
}

const FIRST: &str = "//- a\nfirst\n//- b\nb\n//- d/c\nc\n//- run (executable)\nrun\n//- same\nsame\n//- turns\nfirst\n//- was/a/file\nx\n";
const OLD: &str = "//- a\nold\n//- b\nb\n//- d/c\nc\n//- run (executable)\nrun\n//- same\nsame\n//- turns\na file\n//- was/a/file\nx\n";
const NEW: &str = "//- a\nnew\n//- e/f/g\ng\n//- run\nruns\n//- same\nsame\n//- turns/into/a\ndirectory\n//- turns/too\nx\n//- was\nnow a file\n//- z (executable)\nz\n";

struct Trees {
    first: Tree,
    old: Tree,
    new: Tree,
}

fn trees() -> Trees {
    let [first, old, new] = [FIRST, OLD, NEW].map(|text| Tree::from_fixture(text).unwrap());
    Trees { first, old, new }
}

/// The way back: what `undo` does.
fn trees_back() -> Trees {
    let Trees { old, new, .. } = trees();
    let mut first = new.clone();
    first.insert(path("a"), File::text("first"));
    Trees {
        first,
        old: new,
        new: old,
    }
}

/// A place that holds the old tree, after one run that led to it.
fn place(trees: &Trees) -> tempfile::TempDir {
    // In memory where that is possible: these are thousands of files, each of which is flushed.
    let place = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
    let place = place.unwrap();
    put(place.path(), &trees.first);
    let run = Run::begin(place.path()).unwrap();
    let done = run
        .apply(&change(&trees.first, &trees.old), &|| false)
        .unwrap();
    assert_eq!(done, Applied::Done);
    place
}

/// The place is whole, and what the last run did fits to it. Says whether the new tree stands there.
fn whole(place: &Path, trees: &Trees, what: &str) -> bool {
    let run = Run::begin(place).unwrap();
    assert_eq!(run.left, Vec::<RelPath>::new(), "{what}");
    let there = files(place);
    let is_new = there == trees.new;
    assert!(
        is_new || there == trees.old,
        "{what}:\n{}",
        there.to_fixture()
    );
    let expected = if is_new {
        (&trees.old, &trees.new)
    } else {
        (&trees.first, &trees.old)
    };
    let last = run.last().unwrap().unwrap();
    for file in &last.files {
        assert_eq!(
            file.before.as_ref(),
            expected.0.get(&file.path),
            "{what}: {}",
            file.path
        );
        assert_eq!(
            file.after.as_ref(),
            expected.1.get(&file.path),
            "{what}: {}",
            file.path
        );
    }
    for name in ["now", "before"] {
        assert!(!place.join(RUN).join(name).exists(), "{what}: {name}");
    }
    let directories = |tree: &Tree| tree.paths().flat_map(above).collect::<BTreeSet<_>>();
    let stand = directories(&there);
    for directory in directories(&trees.old).union(&directories(&trees.new)) {
        assert_eq!(
            place.join(directory.as_str()).is_dir(),
            stand.contains(directory),
            "{what}: {directory}"
        );
    }
    is_new
}

#[test]
fn a_fault_at_any_step_leaves_the_old_or_the_new() {
    let faults = [Fault::Once as fn(usize) -> Fault, Fault::From];
    let ways = [trees(), trees_back()];
    for (trees, fault) in ways.iter().flat_map(|way| faults.map(|fault| (way, fault))) {
        let (mut old, mut new) = (0, 0);
        for step in 0.. {
            let place = place(trees);
            let (run, count) = begin(place.path(), fault(step));
            let done = run.and_then(|run| run.apply(&change(&trees.old, &trees.new), &|| false));
            let reached = count.get() > step;
            let what = format!("{:?}: {done:?}", fault(step));
            if whole(place.path(), trees, &what) {
                new += 1;
            } else {
                old += 1;
            }
            if !reached {
                assert_eq!(done.unwrap(), Applied::Done);
                break;
            }
        }
        assert!(old > 50 && new > 3, "{old} {new}");
    }
}

#[test]
fn a_second_fault_during_recovery_changes_nothing() {
    let trees = trees();
    let mut double = 0;
    for step in (0..).step_by(3) {
        let mut second = 0;
        loop {
            let place = place(&trees);
            let (run, count) = begin(place.path(), Fault::From(step));
            let done = run.and_then(|run| run.apply(&change(&trees.old, &trees.new), &|| false));
            if count.get() <= step {
                assert!(double > 100, "{double}");
                return;
            }
            drop(done);
            let (run, count) = begin(place.path(), Fault::From(second));
            let reached = count.get() > second;
            drop(run);
            whole(place.path(), &trees, &format!("{step}, then {second}"));
            if !reached {
                break;
            }
            double += 1;
            second += 3;
        }
    }
}

#[test]
fn an_interruption_puts_everything_back() {
    let trees = trees();
    for after in 0.. {
        let place = place(&trees);
        let run = Run::begin(place.path()).unwrap();
        let asked = Cell::new(0);
        let interrupted = || {
            asked.set(asked.get() + 1);
            asked.get() > after
        };
        let done = run.apply(&change(&trees.old, &trees.new), &interrupted);
        drop(run);
        let is_new = whole(place.path(), &trees, &format!("after {after}"));
        assert_eq!(is_new, done.is_ok());
        if is_new {
            assert!(after > 8, "{after}");
            break;
        }
    }
}

#[test]
fn what_was_saved_meanwhile_stops_the_run() {
    let trees = trees();
    let place = place(&trees);
    let run = Run::begin(place.path()).unwrap();
    let mut wanted = change(&trees.old, &trees.new);
    wanted.inputs.insert(path("absent"), Found::Absent);
    std::fs::write(place.path().join("same"), "saved").unwrap();
    wanted.inputs.insert(
        path("same"),
        Found::File(trees.old.get(&path("same")).unwrap().clone()),
    );
    assert_eq!(
        run.apply(&wanted, &|| false).unwrap(),
        Applied::Changed(vec![path("same")])
    );
    let mut expected = trees.old.clone();
    expected.insert(path("same"), File::text("saved"));
    assert_eq!(files(place.path()), expected);
    assert!(!place.path().join(RUN).join("now").exists());
}

/// How an editor saves.
#[derive(Clone, Copy, Debug)]
enum Saves {
    InPlace,
    ByRename,
}

fn save(place: &Path, name: &str, how: Saves) {
    match how {
        Saves::InPlace => std::fs::write(place.join(name), "saved").unwrap(),
        Saves::ByRename => {
            std::fs::write(place.join(".swap"), "saved").unwrap();
            std::fs::rename(place.join(".swap"), place.join(name)).unwrap();
        }
    }
}

/// An editor saves a file before each single step, also between the last look at the inputs and the rename; the process may die
/// later on.
#[test]
fn what_is_saved_at_any_step_is_not_lost() {
    let trees = trees();
    let dies = [usize::MAX, 2];
    for (name, how) in ["a", "b", "z"]
        .into_iter()
        .flat_map(|name| [Saves::InPlace, Saves::ByRename].map(|how| (name, how)))
    {
        let mut stopped = 0;
        for (step, dies) in (0..).flat_map(|step| dies.map(|dies| (step, dies))) {
            let place = place(&trees);
            let mut root = Root::open(place.path()).unwrap();
            let count = Rc::new(Cell::new(0_usize));
            let (counted, at) = (Rc::clone(&count), place.path().to_owned());
            let saved = Rc::new(Cell::new(false));
            let told = Rc::clone(&saved);
            root.gate = Gate::asking(move |_| {
                let now = counted.get();
                counted.set(now + 1);
                // Into a directory that is not there nobody saves.
                if now == step && at.join(name).parent().unwrap().is_dir() {
                    save(&at, name, how);
                    told.set(true);
                }
                if now >= step.saturating_add(dies) {
                    return Err(std::io::Error::from_raw_os_error(28));
                }
                Ok(())
            });
            let run = Run::begin_at(root);
            let done = run.and_then(|run| run.apply(&change(&trees.old, &trees.new), &|| false));
            if count.get() <= step {
                assert!(stopped > 0, "{name}");
                break;
            }
            let what = format!("{name} {how:?} at {step}, dies after {dies}: {done:?}");
            stopped += usize::from(matches!(done, Ok(Applied::Changed(_))));
            drop(Run::begin(place.path()));
            let there = std::fs::read_to_string(place.path().join(name)).ok();
            let is_new = files(place.path()) == trees.new;
            // What is kept of the file before is the file itself: saved in place, it is the saved one.
            let kept = saved_in(&place.path().join(RUN));
            assert!(
                !saved.get() || there.as_deref() == Some("saved") || kept && is_new,
                "{what}: {there:?}"
            );
        }
    }
}

/// Whether the saved text is among what the run keeps.
fn saved_in(run: &Path) -> bool {
    let tree = read_tree(run).unwrap();
    tree.iter().any(|(_, file)| file.bytes == b"saved")
}

#[test]
fn what_was_edited_after_a_kill_is_left_alone() {
    let trees = trees();
    for step in 0.. {
        let place = place(&trees);
        let (run, count) = begin(place.path(), Fault::From(step));
        let done = run.and_then(|run| run.apply(&change(&trees.old, &trees.new), &|| false));
        if count.get() <= step {
            break;
        }
        drop(done);
        std::fs::write(place.path().join("a"), "edited").unwrap();
        let run = Run::begin(place.path()).unwrap();
        assert_eq!(
            std::fs::read_to_string(place.path().join("a")).unwrap(),
            "edited",
            "{step}"
        );
        assert!(run.left.is_empty() || run.left == [path("a")]);
    }
}

#[test]
fn links_are_never_followed() {
    let trees = trees();
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("g"), "not ours").unwrap();
    for (link, target) in [
        ("e", "."),
        ("e/f", "."),
        ("e/f/g", "g"),
        (".floxwright/run/now", "."),
    ] {
        let place = place(&trees);
        let at = place.path().join(link);
        std::fs::create_dir_all(at.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(outside.path().join(target), &at).unwrap();
        let done = Run::begin(place.path())
            .and_then(|run| run.apply(&change(&trees.old, &trees.new), &|| false));
        assert!(!matches!(done, Ok(Applied::Done)), "{link}");
        assert_eq!(
            std::fs::read_to_string(outside.path().join("g")).unwrap(),
            "not ours"
        );
        assert_eq!(
            std::fs::read_dir(outside.path()).unwrap().count(),
            1,
            "{link}"
        );
        assert_eq!(
            std::fs::read_to_string(place.path().join("a")).unwrap(),
            "old\n",
            "{link}"
        );
    }
}

#[test]
fn a_second_run_is_refused_while_the_first_is_at_work() {
    let place = place(&trees());
    let first = Run::begin(place.path()).unwrap();
    assert!(matches!(
        Run::begin(place.path()),
        Err(super::DiskError::Busy(_))
    ));
    drop(first);
    assert!(Run::begin(place.path()).is_ok());
}

#[test]
fn permissions_stay_as_the_person_set_them() {
    use std::os::unix::fs::PermissionsExt;
    let trees = trees();
    let place = place(&trees);
    let a = place.path().join("a");
    std::fs::set_permissions(&a, std::fs::Permissions::from_mode(0o640)).unwrap();
    let run = Run::begin(place.path()).unwrap();
    assert_eq!(
        run.apply(&change(&trees.old, &trees.new), &|| false)
            .unwrap(),
        Applied::Done
    );
    let bits = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(bits(&a), 0o640);
    assert_eq!(bits(&place.path().join("run")), 0o644);
}
