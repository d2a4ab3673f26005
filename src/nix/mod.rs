//! The Nix language as text: quoting, attribute names, formatting, parsing. No `nix` program is started here.

mod attr;
mod attr_set;
mod format;
mod part;
mod string;

pub use attr::{is_identifier, nix_attr};
pub use attr_set::{TopSet, TopSetError};
pub use format::{NixSyntaxError, check_nix, format_nix};
pub use part::Part;
pub use string::nix_string;
