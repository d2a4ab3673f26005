//! floxwright.
fn main() {}
