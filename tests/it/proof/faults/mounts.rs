//! Places in which nothing, or not everything, can be written: a small disk, a read-only one, a file that may not change.
//! They are mounted in a namespace of their own, by root, or by a user who may make namespaces.

use super::place::{Entry, Place, State, program, visible};
use super::{ANY, NEW};
use std::process::Command;

/// How a script ends where the old state finds no room.
const NO_ROOM: i32 = 99;

/// A command in a place that is mounted, and the states around it.
pub(super) struct Mounted {
    before: Place,
    old: State,
    new: State,
    arguments: &'static [&'static str],
    /// What comes after it.
    next: &'static [&'static str],
}

/// Lines of the shell around a run. `$work` is the place.
#[derive(Clone, Copy, Default)]
struct Lines<'a> {
    /// Before the old state is copied there.
    empty: &'a str,
    /// When it is there.
    filled: &'a str,
    /// After the run.
    after: &'a str,
}

/// How a run in a mounted place ended.
struct Ended {
    code: Option<i32>,
    said: String,
    /// What was there right after it.
    after: State,
    /// What was there after the next command, with room again.
    next: State,
}

impl Mounted {
    pub(super) fn new(
        before: &[&[&str]],
        arguments: &'static [&'static str],
        next: &'static [&'static str],
    ) -> Self {
        let place = |runs: &[&[&str]]| {
            let place = Place::new();
            for run in runs {
                drop(place.run(run).success());
            }
            place
        };
        let after = place(&[before, &[arguments]].concat());
        let before = place(before);
        Self {
            old: visible(before.state()),
            new: visible(after.state()),
            before,
            arguments,
            next,
        }
    }

    /// Runs it; `None` where not even the old state finds room.
    fn run(&self, lines: Lines<'_>) -> Option<Ended> {
        let Lines {
            empty,
            filled,
            after,
        } = lines;
        let script = format!(
            "set -eu\nwork=$1 program=$2 old=$3 copied=$4\nshift 4\n{empty}\ncp -a \"$old/.\" \"$work/\" || exit {NO_ROOM}\n{filled}\n\
             code=0\n(cd \"$work\" && exec \"$program\" \"$@\") || code=$?\n{after}\ncp -a \"$work\" \"$copied\"\nexit \"$code\""
        );
        let place = Place::new();
        let copied = place.sandbox.root().join("copied");
        let mut command = Command::new("unshare");
        // Root needs no namespace of users, and in a container often gets none.
        let is_root = rustix::process::geteuid().is_root();
        command.arg(if is_root { "-m" } else { "-Urm" });
        command.args(["--", "sh", "-c", &script, "sh"]);
        command.args([&place.work(), &program(), &self.before.work(), &copied]);
        command.args(self.arguments);
        place.sandbox.surround(&mut command);
        command.current_dir("/");
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.code() == Some(NO_ROOM) {
            return None;
        }
        assert!(
            copied.is_dir(),
            "nothing can be mounted here (that wants root with CAP_SYS_ADMIN, or namespaces for users): {said}"
        );
        place.refill(&copied);
        let after = visible(place.state());
        drop(place.run(self.next));
        let next = visible(place.state());
        Some(Ended {
            code: output.status.code(),
            said,
            after,
            next,
        })
    }

    /// The run is refused: nothing has changed, and why is said.
    fn refused(&self, lines: Lines<'_>, why: &str) {
        let Ended {
            code,
            said,
            after,
            next,
        } = self.run(lines).unwrap();
        assert_eq!(code, Some(1), "{said}");
        assert!(after == self.old && next == self.old, "{said}");
        assert!(
            said.contains("error: ") && said.contains(why) && said.contains("hint: "),
            "{said}"
        );
    }

    /// Disks from too small for anything to large enough: the old state or the new one is there. How often it was which.
    pub(super) fn full(&self) -> (usize, usize) {
        let (mut failed, mut done) = (0, 0);
        for more in (16..).step_by(28) {
            let size = room(&self.old) + more;
            let mount = format!("mount -t tmpfs -o size={size}k floxwright \"$work\"");
            let lines = Lines {
                empty: &mount,
                ..Lines::default()
            };
            let Some(ended) = self.run(lines) else {
                continue;
            };
            let what = format!("{:?} with {more} KiB: {}", self.arguments, ended.said);
            assert!(!ended.said.contains("panicked"), "{what}");
            let (after, next) = if ended.code == Some(0) {
                done += 1;
                (&self.new, &self.new)
            } else {
                assert_eq!(ended.code, Some(1), "{what}");
                assert!(ended.said.contains("No space left"), "{what}");
                failed += 1;
                (
                    &self.old,
                    if self.next == self.arguments {
                        &self.new
                    } else {
                        &self.old
                    },
                )
            };
            assert!(ended.after == *after && ended.next == *next, "{what}");
            if done == 3 {
                break;
            }
        }
        (failed, done)
    }
}

/// What a state takes on a disk in memory at least, in KiB: whole pages.
fn room(state: &State) -> usize {
    let pages = |entry: &Entry| match entry {
        Entry::File(bytes, _) => bytes.len().div_ceil(4096),
        Entry::Directory | Entry::Other => 1,
    };
    4 * state.values().map(pages).sum::<usize>()
}

/// A read-only place, a read-only directory in it, and a file that may not change refuse a change whole.
pub(super) fn refusing() {
    let mounted = Mounted::new(&[NEW], &["-C", "d", "add", "dagster-postgres"], ANY);
    let read_only = |place: &str| {
        format!("mount --bind \"{place}\" \"{place}\"\nmount -o remount,ro,bind \"{place}\"")
    };
    for (place, why) in [
        ("$work", "Read-only file system"),
        ("$work/d/.floxwright", "Read-only file system"),
        // What is mounted is another file system: nothing can be renamed there.
        ("$work/d/docs", "Invalid cross-device link"),
    ] {
        let filled = read_only(place);
        mounted.refused(
            Lines {
                filled: &filled,
                ..Lines::default()
            },
            why,
        );
    }
    for file in ["README.md", "docs", ".flox/pkgs/dagster-complete.nix"] {
        let filled = format!("chattr +i \"$work/d/{file}\"");
        let after = format!("chattr -i \"$work/d/{file}\"");
        mounted.refused(
            Lines {
                filled: &filled,
                after: &after,
                ..Lines::default()
            },
            "not permitted",
        );
    }
}
