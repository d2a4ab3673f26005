//! The official format (RFC 166), and the parsers that everything generated must pass.

/// Why a text is not Nix.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not valid Nix: {0}")]
pub struct NixSyntaxError(String);

/// Formats `text` as nixfmt does. The result is a fixed point, and the parser that Flox uses before each build reads it too.
///
/// # Errors
/// A text that either parser refuses.
pub fn format_nix(text: &str) -> Result<String, NixSyntaxError> {
    let once = nixfmt_rs::format(text).map_err(|error| NixSyntaxError(error.to_string()))?;
    let formatted = nixfmt_rs::format(&once).map_err(|error| NixSyntaxError(error.to_string()))?;
    match rnix::Root::parse(&formatted).errors().first() {
        Some(error) => Err(NixSyntaxError(error.to_string())),
        None => Ok(formatted),
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
    }
}
