//! What became of a requirement, in a word or two for people.

use super::{BoundTest, Decision, LockedRequirement, Prediction};

impl LockedRequirement {
    /// What comparing its bounds with the index gave, and what was decided.
    pub fn verdict(&self) -> &'static str {
        let bound_is = |test| self.bound.as_ref().is_some_and(|bound| bound.test == test);
        let kept = bound_is(BoundTest::Kept);
        match (self.decision, self.prediction) {
            (Decision::Excluded | Decision::Removed, _) => "left out",
            (Decision::Sibling, _) => "built here",
            (Decision::Substituted, _) => "stand-in",
            (Decision::Added, _) => "added",
            (Decision::Nixpkgs, _) if bound_is(BoundTest::Always) => "relaxed by hand",
            (Decision::Nixpkgs, Prediction::Satisfied) => "within bounds",
            (Decision::Nixpkgs, Prediction::Relaxed) if kept => "past its bound, not relaxed",
            (Decision::Nixpkgs, Prediction::Relaxed) => "past its bound, relaxed",
            (Decision::Nixpkgs, Prediction::Unknown | Prediction::None) => "version unknown",
        }
    }
}
