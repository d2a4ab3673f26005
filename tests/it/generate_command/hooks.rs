//! Hooks: nobody runs them by accident.
