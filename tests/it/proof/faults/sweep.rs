//! All points of one command, each in a copy of the state before it.

use super::Row;
use super::place::{BESIDE, Place, RUN, State, visible};
use super::points::{self, Fault, Point};
use std::fmt::Write as _;
use std::os::unix::process::ExitStatusExt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// One of how many kills is followed by kills of the recovery.
const TWICE: usize = 19;

/// What may stay of what a run keeps for itself.
const KEPT: [&str; 4] = ["", "/.gitignore", "/lock", "/last"];

/// A command, the states around it, and its points.
pub(super) struct Sweep<'a> {
    row: &'a Row,
    before: Place,
    old: Side,
    new: Side,
    points: Vec<Point>,
}

/// A state that may be there afterwards.
struct Side {
    files: State,
    git: String,
}

impl Side {
    fn of(place: &Place, row: &Row) -> Self {
        let git = match (place.work().join("d").exists(), row.before.is_empty()) {
            (false, _) => String::new(),
            (true, true) => place.whole_git(),
            (true, false) => place.git(),
        };
        Self {
            files: visible(place.state()),
            git,
        }
    }
}

/// What a sweep found.
#[derive(Default)]
pub(super) struct Told {
    old: usize,
    new: usize,
    missed: usize,
    twice: usize,
}

impl Told {
    pub(super) fn points(&self) -> usize {
        self.old + self.new + self.twice
    }
}

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            old,
            new,
            missed,
            twice,
        } = self;
        write!(
            f,
            "{old} faults left the old state, {new} the new one; {twice} more in recoveries; {missed} were not met"
        )
    }
}

impl<'a> Sweep<'a> {
    /// Runs the command once in peace.
    pub(super) fn of(row: &'a Row) -> Self {
        let before = Place::before(row);
        let after = Place::new();
        after.refill(&before.work());
        let old = Side::of(&after, row);
        let (output, trace) = after.traced(&[&points::seen()], row.arguments);
        assert!(output.status.success(), "{}: {output:?}", row.name);
        let new = Side::of(&after, row);
        assert!(old.files != new.files, "{} changes nothing", row.name);
        let points = points::of(&trace);
        Self {
            row,
            before,
            old,
            new,
            points,
        }
    }

    /// Looks at every point; what was found, and what went wrong.
    pub(super) fn run(&self) -> (Told, Vec<String>) {
        let told = Mutex::new(Told::default());
        let wrong = Mutex::new(Vec::new());
        let next = AtomicUsize::new(0);
        let workers = std::thread::available_parallelism().map_or(2, usize::from);
        std::thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|| {
                    let place = Place::new();
                    while let Some(point) = self.points.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let at = next.load(Ordering::Relaxed);
                        let found = self.look(&place, point, at);
                        match found {
                            Ok(found) => {
                                let mut told = told.lock().unwrap();
                                told.old += found.old;
                                told.new += found.new;
                                told.missed += found.missed;
                                told.twice += found.twice;
                            }
                            Err(error) => {
                                let text = format!("{} {point:?}: {error}", self.row.name);
                                wrong.lock().unwrap().push(text);
                            }
                        }
                    }
                });
            }
        });
        (told.into_inner().unwrap(), wrong.into_inner().unwrap())
    }

    /// One point: the fault, the state, the next command, the state.
    fn look(&self, place: &Place, point: &Point, at: usize) -> Result<Told, String> {
        let mut told = Told::default();
        place.refill(&self.before.work());
        let options = point.options();
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let (output, trace) = place.traced(&options, self.row.arguments);
        let met = match point.fault {
            Fault::Killed => output.status.signal() == Some(9),
            Fault::Error(_) => trace.contains("(INJECTED)"),
        };
        if !met {
            told.missed = 1;
            return Ok(told);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        if let Some(code) = output.status.code() {
            if said.contains("panicked") || code > 6 {
                return Err(format!("it ended with {code}: {said}"));
            }
            // What fails and says so has changed nothing, and what ends well has done it.
            let files = visible(place.state());
            let is_new = files == self.new.files;
            if !is_new && (code == 0 || files != self.old.files) {
                return Err(format!(
                    "it ended with {code}, and: {}\n{said}",
                    self.differs(&files)
                ));
            }
        }
        if self.row.twice && point.fault == Fault::Killed && at.is_multiple_of(TWICE) {
            told.twice = self.twice(place)?;
        }
        let right = self.right(place, &mut told);
        let git = right.map_err(|error| format!("{error}\n{said}"))?;
        // Where git's index cannot be written, the change is made all the same, and the person is told.
        let is_told = point.fault != Fault::Killed && said.contains("git's index was left");
        match git {
            Some(git) if !is_told => Err(format!("{git}\n{said}")),
            _ => Ok(told),
        }
    }

    /// The next command, and what is there then; what git says, if that is something else.
    fn right(&self, place: &Place, told: &mut Told) -> Result<Option<String>, String> {
        let done = place.run(self.row.next);
        if !done
            .code
            .is_some_and(|code| self.row.next_codes.contains(&code))
        {
            return Err(format!("the next command: {done:?}"));
        }
        let state = place.state();
        let kept = |name: &str| {
            let run = name.strip_prefix(RUN);
            !name.starts_with(BESIDE)
                && run.is_none_or(|rest| {
                    KEPT.contains(&rest)
                        || rest.starts_with("/last/")
                            && !rest.starts_with("/last/stage")
                            && rest != "/last/outside"
                })
        };
        let left: Vec<&String> = state.keys().filter(|name| !kept(name)).collect();
        if !left.is_empty() {
            return Err(format!("left: {left:?}"));
        }
        let temporary = place.temporary();
        if !temporary.is_empty() {
            return Err(format!("left among the temporary files: {temporary:?}"));
        }
        let files = visible(state);
        let side = if files == self.new.files {
            told.new += 1;
            &self.new
        } else if files == self.old.files {
            told.old += 1;
            &self.old
        } else {
            return Err(self.differs(&files));
        };
        let git = if self.row.before.is_empty() {
            place.whole_git()
        } else {
            place.git()
        };
        let other = format!("git: {git}\ninstead of {}", side.git);
        Ok((git != side.git).then_some(other))
    }

    /// Kills what puts things right at each of its calls; another one then puts them right.
    fn twice(&self, place: &Place) -> Result<usize, String> {
        let saved = Place::new();
        saved.refill(&place.work());
        let (_, trace) = place.traced(&[&points::seen()], self.row.next);
        let mut count = 0;
        for point in points::of(&trace) {
            if point.fault != Fault::Killed {
                continue;
            }
            place.refill(&saved.work());
            let options = point.options();
            let options: Vec<&str> = options.iter().map(String::as_str).collect();
            let (output, _) = place.traced(&options, self.row.next);
            if output.status.signal() == Some(9) {
                let right = self.right(place, &mut Told::default());
                if let Some(error) = right.unwrap_or_else(Some) {
                    return Err(format!("then {point:?}: {error}"));
                }
                count += 1;
            }
        }
        place.refill(&saved.work());
        Ok(count)
    }

    fn differs(&self, files: &State) -> String {
        let mut text = String::new();
        for (name, side) in [("old", &self.old.files), ("new", &self.new.files)] {
            let names = || files.keys().chain(side.keys());
            let differing: Vec<&String> = names()
                .filter(|path| files.get(*path) != side.get(*path))
                .collect();
            let some = &differing[..differing.len().min(5)];
            let _ = write!(
                text,
                "not the {name} state in {}: {some:?}; ",
                differing.len()
            );
        }
        text
    }
}
