//! The merge beside `git merge-file`: generated cases, the same every time. Where git sees a conflict there is one; what git merges
//! comes out as the same text, or, rarely, as a conflict.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "this test starts git, makes files for it, and says what it found"
)]
#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use crate::project;
use crate::proof::wanted;
use crate::sandbox::Sandbox;
use floxwright::disk::read_tree;
use floxwright::reconcile::{Current, Sides, reconcile};
use floxwright::tree::{File, Found, RelPath, Tree};
use std::collections::BTreeMap;
use std::process::Command;

/// With `FLOXWRIGHT_PROOF=merge`, and without.
const CASES: [usize; 2] = [10_000, 1_000];

/// One case of so many may be a conflict here that git merges.
const CAUTIOUS: usize = 1000;

/// So many processes of git run at once.
const AT_ONCE: usize = 4;

/// A generator of numbers: xorshift, the same on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or_default() % end.max(1)
    }

    /// A line that may stand in any text.
    fn line(&mut self) -> String {
        match self.below(3) {
            0 => format!("{}\n", ["a", "b", "c", "", "}", "  };"][self.below(6)]),
            1 => format!("line {}\n", self.below(4)),
            _ => format!("new {}\n", self.0),
        }
    }
}

/// A case: base, the person's, the new.
type Case = [String; 3];

/// A text with one to four edits.
fn edited(base: &[String], numbers: &mut Numbers) -> String {
    let mut lines = base.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(lines.len());
        match numbers.below(6) {
            0 | 1 if !lines.is_empty() => lines[at] = numbers.line(),
            2 => lines.insert(at, numbers.line()),
            3 if !lines.is_empty() => {
                lines.remove(at);
            }
            4 if lines.len() > 1 => {
                let other = numbers.below(lines.len());
                lines.swap(at, other);
            }
            5 if !lines.is_empty() => {
                let end = (at + 1 + numbers.below(4)).min(lines.len());
                let block = lines[at..end].to_vec();
                if numbers.below(2) == 0 {
                    lines.splice(end..end, block);
                } else {
                    lines.drain(at..end);
                }
            }
            _ => lines.push(numbers.line()),
        }
    }
    let mut text = lines.concat();
    if numbers.below(20) == 0 {
        text.truncate(text.trim_end_matches('\n').len());
    }
    text
}

/// Windows of real texts, and texts of few different lines.
fn cases(count: usize) -> Vec<Case> {
    let texts: Vec<Vec<String>> = ["examples/split/out", "examples/single/out"]
        .iter()
        .map(|directory| read_tree(&project::root().join(directory)).unwrap())
        .flat_map(|tree| {
            tree.iter()
                .map(|(_, file)| file.bytes.clone())
                .collect::<Vec<_>>()
        })
        .filter_map(|bytes| String::from_utf8(bytes).ok())
        .map(|text| text.split_inclusive('\n').map(str::to_owned).collect())
        .collect();
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let case = |_| {
        let base: Vec<String> = if numbers.below(5) == 0 {
            (0..numbers.below(12)).map(|_| numbers.line()).collect()
        } else {
            let text = &texts[numbers.below(texts.len())];
            let start = numbers.below(text.len());
            let length = 10 + numbers.below(90);
            text.iter().skip(start).take(length).cloned().collect()
        };
        let yours = edited(&base, &mut numbers);
        let new = edited(&base, &mut numbers);
        [base.concat(), yours, new]
    };
    (0..count).map(case).collect()
}

fn name(case: usize) -> String {
    format!("{case:05}.txt")
}

/// What a merge gives, by the case's file: the text, if there is no conflict.
type Merged = BTreeMap<String, Option<String>>;

/// What we make of the cases.
fn ours(cases: &[Case]) -> Merged {
    let path = |case| name(case).parse::<RelPath>().unwrap();
    let side = |side: usize| -> Tree {
        let texts = cases.iter().enumerate();
        texts
            .map(|(case, texts)| (path(case), File::text(texts[side].as_str())))
            .collect()
    };
    let [base, yours, new] = [0, 1, 2].map(side);
    let current: Current = yours
        .iter()
        .map(|(path, file)| (path.clone(), Found::File(file.clone())))
        .collect();
    let done = reconcile(Sides {
        base: &base,
        current: &current,
        desired: &new,
        moves: &[],
        contents: &floxwright::reconcile::Contents::new(),
    });
    let mut merged: Merged = yours
        .iter()
        .map(|(path, file)| (path.to_string(), Some(text(&file.bytes))))
        .collect();
    for (path, file) in done.changes {
        merged.insert(path.to_string(), file.map(|file| text(&file.bytes)));
    }
    for conflict in done.conflicts {
        merged.insert(conflict.path.to_string(), None);
    }
    merged
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// What `git merge-file` makes of the cases; several processes at once, each in a directory of its own.
fn by_git(cases: &[Case], sandbox: &Sandbox) -> Merged {
    let share = cases.len().div_ceil(AT_ONCE);
    std::thread::scope(|scope| {
        let parts = cases.chunks(share).enumerate().map(|(part, cases)| {
            let directory = sandbox.path(&format!("part-{part}"));
            std::fs::create_dir(&directory).unwrap();
            let merge = move |(at, texts): (usize, &Case)| {
                for (side, text) in ["base", "yours", "new"].iter().zip(texts) {
                    std::fs::write(directory.join(side), text).unwrap();
                }
                let mut git = Command::new("git");
                sandbox.surround(&mut git);
                git.args(["merge-file", "-p", "yours", "base", "new"]);
                let output = git.current_dir(&directory).output().unwrap();
                let code = output.status.code().unwrap();
                assert!(code < 128, "{output:?}");
                let text = (code == 0).then(|| text(&output.stdout));
                (name(part * share + at), text)
            };
            scope.spawn(move || cases.iter().enumerate().map(merge).collect::<Merged>())
        });
        parts
            .collect::<Vec<_>>()
            .into_iter()
            .flat_map(|part| part.join().unwrap())
            .collect()
    })
}

/// Compares this many cases; tells how many are a conflict here only.
fn compare(count: usize) -> usize {
    let sandbox = Sandbox::new();
    let cases = cases(count);
    let (git, ours) = (by_git(&cases, &sandbox), ours(&cases));
    let (mut clean, mut cautious) = (0, 0);
    for (case, texts) in cases.iter().enumerate() {
        let name = name(case);
        match (&git[&name], &ours[&name]) {
            (None, Some(text)) => panic!("git sees a conflict: {texts:?} became {text:?}"),
            (Some(expected), Some(text)) => {
                assert_eq!(expected, text, "{texts:?}");
                clean += 1;
            }
            (Some(_), None) => cautious += 1,
            (None, None) => {}
        }
    }
    let torn = count - clean - cautious;
    println!(
        "{count} cases: {clean} merged alike, {torn} in conflict in both, {cautious} in conflict here only"
    );
    assert!(clean > count / 4, "{clean} cases are too few");
    assert!(torn > count / 10, "{torn} conflicts are too few");
    cautious
}

#[test]
fn the_merge_agrees_with_git() {
    let [all, some] = CASES;
    let count = if wanted("merge") { all } else { some };
    let cautious = compare(count);
    assert!(
        cautious <= count / CAUTIOUS,
        "{cautious} needless conflicts"
    );
}
