//! The official format (RFC 166), and the parsers that everything generated must pass.

/// The stack that formatting takes at most.
const STACK: usize = 32 << 20;

/// Why a text is not Nix.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not valid Nix: {0}")]
pub struct NixSyntaxError(String);

/// Formats `text` as nixfmt does.
///
/// # Errors
/// A text that its parser refuses.
pub fn format_nix(text: &str) -> Result<String, NixSyntaxError> {
    // The formatter goes as deep as the text.
    stacker::grow(STACK, || nixfmt_rs::format(text))
        .map_err(|error| NixSyntaxError(error.to_string()))
}

/// Checks that `text` is in the official format, and that the parser which Flox uses before each build reads it too.
///
/// # Errors
/// A text that either parser refuses, or that formatting would change.
pub fn check_nix(text: &str) -> Result<(), NixSyntaxError> {
    if let Some(error) = rnix::Root::parse(text).errors().first() {
        return Err(NixSyntaxError(error.to_string()));
    }
    if format_nix(text)? == text {
        Ok(())
    } else {
        Err(NixSyntaxError(
            "it is not in the official format".to_owned(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_formatted_and_faults_are_told() {
        assert_eq!(format_nix("{a,b}:a+b").unwrap(), "{ a, b }: a + b\n");
        assert!(format_nix("{ a = 1 }").is_err());
        assert!(format_nix("").is_err());
        assert!(check_nix("{ a, b }: a + b\n").is_ok());
        assert!(check_nix("{a,b}:a+b").is_err());
    }
}
