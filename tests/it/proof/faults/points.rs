//! The points at which a command can fail: the calls of its main thread that change something, from the first of them on.

use std::collections::BTreeMap;

/// What happens at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Killed,
    Error(&'static str),
}

/// Errors that take turns.
const ERRORS: [&str; 3] = ["ENOSPC", "EIO", "EACCES"];

/// Calls that change something. `openat` and its like count where they make or write a file.
const CHANGING: &str = "openat,open,creat,write,pwrite64,writev,rename,renameat,renameat2,mkdir,mkdirat,rmdir,unlink,unlinkat,\
link,linkat,symlink,symlinkat,chmod,fchmod,fchmodat,ftruncate,truncate,fsync,fdatasync,copy_file_range,sendfile,utimensat,fallocate,flock";

/// One point.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub(super) call: String,
    /// Which call of that name it is, counted from one.
    pub(super) number: usize,
    pub(super) fault: Fault,
}

impl Point {
    /// What strace has to be told.
    pub(super) fn options(&self) -> Vec<String> {
        let Self {
            call,
            number,
            fault,
        } = self;
        let fault = match fault {
            Fault::Killed => "signal=SIGKILL".to_owned(),
            Fault::Error(name) => format!("error={name}"),
        };
        let mut options = vec![
            format!("--trace={call}"),
            format!("--inject={call}:{fault}:when={number}"),
        ];
        // Only the calls that are looked at stop the program. strace 6.1 then forgets to kill.
        if self.fault != Fault::Killed {
            options.push("--seccomp-bpf".to_owned());
        }
        options
    }
}

/// What strace has to be told to see all of them.
pub(super) fn seen() -> String {
    format!("--trace={CHANGING}")
}

/// The points of a run, from what strace saw of it: at each of them it is killed, and fails with one error or another.
pub(super) fn of(trace: &str) -> Vec<Point> {
    let mut points = Vec::new();
    for (at, (call, number)) in calls(trace).into_iter().enumerate() {
        for fault in [Fault::Killed, Fault::Error(ERRORS[at % ERRORS.len()])] {
            points.push(Point {
                call: call.clone(),
                number,
                fault,
            });
        }
    }
    points
}

/// The calls, by name and number. strace counts for each thread; the main thread comes first.
fn calls(trace: &str) -> Vec<(String, usize)> {
    let main = trace.split_whitespace().next().unwrap_or_default();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for line in trace.lines() {
        let Some((thread, call)) = line.split_once(char::is_whitespace) else {
            continue;
        };
        let call = call.trim_start();
        let Some((name, rest)) = call.split_once('(') else {
            continue;
        };
        let is_call = name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if thread != main || !is_call {
            continue;
        }
        let number = numbers.entry(name).or_default();
        *number += 1;
        let opens = name.starts_with("open");
        let writes = ["O_WRONLY", "O_RDWR", "O_CREAT"]
            .iter()
            .any(|flag| rest.contains(flag));
        if !opens || writes && !rest.contains("/dev/") {
            found.push((name.to_owned(), *number));
        }
    }
    found
}

#[test]
fn points_are_counted_by_name_and_thread() {
    let trace = "7 openat(AT_FDCWD, \"lib\", O_RDONLY) = 3\n\
                 7 openat(4, \"x\", O_WRONLY|O_CREAT, 0666) = 3\n\
                 8 write(3, \"y\", 1) = 1\n\
                 7 write(3, \"y\", 1) = 1\n\
                 7 +++ exited with 0 +++\n";
    let found: Vec<String> = of(trace)
        .iter()
        .map(|point| point.options()[..2].join(" "))
        .collect();
    assert_eq!(
        found,
        [
            "--trace=openat --inject=openat:signal=SIGKILL:when=2",
            "--trace=openat --inject=openat:error=ENOSPC:when=2",
            "--trace=write --inject=write:signal=SIGKILL:when=1",
            "--trace=write --inject=write:error=EIO:when=1",
        ]
    );
}
