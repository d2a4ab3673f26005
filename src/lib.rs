//! floxwright.
