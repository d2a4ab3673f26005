//! The fuzzer of `check`. What has to hold stands in `tests/it/check/fuzzed.rs`, which the tests run over the corpus.

#![no_main]

#[path = "../../it/check/fuzzed.rs"]
mod fuzzed;

use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|data: &[u8]| -> Corpus {
    if fuzzed::holds(data) {
        Corpus::Keep
    } else {
        Corpus::Reject
    }
});
