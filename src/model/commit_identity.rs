//! Who makes the first commit.

/// A committer's name and address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitIdentity {
    /// The name; not empty, no control characters, `<` or `>`.
    pub name: String,
    /// The e-mail address; not empty, no control characters, `<` or `>`.
    pub email: String,
}

impl CommitIdentity {
    /// Why `text` cannot stand in a commit, or `None` when it can.
    pub fn fault(text: &str) -> Option<&'static str> {
        if text.trim().is_empty() {
            Some("it is empty")
        } else if text
            .chars()
            .any(|c| c.is_control() || matches!(c, '<' | '>'))
        {
            Some("git takes no control characters and no angle brackets here")
        } else {
            None
        }
    }
}
