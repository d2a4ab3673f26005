//! What the fuzzer found once stays found: `tests/fuzz/corpus`.

use super::fuzzed;
use crate::project;

#[test]
fn everything_holds_for_the_corpus() {
    let files = project::files();
    let corpus = files
        .iter()
        .filter(|path| path.starts_with("tests/fuzz/corpus/"));
    let empty = corpus.filter(|path| !fuzzed::holds(&project::bytes(path)));
    assert_eq!(empty.collect::<Vec<_>>(), Vec::<&String>::new());
}
