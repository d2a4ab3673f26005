//! Names that git takes for its own directory.

/// Whether some file system takes a name for `.git`: one that does not tell cases apart, that passes over characters nobody sees
/// (HFS+), or that knows short names, trailing dots and streams (NTFS). These are the names that git itself refuses in a tree.
///
/// Whoever writes such a directory gives git a configuration and hooks, which are programs.
pub fn is_git_name(name: &str) -> bool {
    let unseen = |c: char| matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}');
    let seen: String = name.chars().filter(|c| !unseen(*c)).collect();
    let seen = seen.to_lowercase();
    let stem = seen.split([':', '\\']).next().unwrap_or_default();
    matches!(stem.trim_end_matches(['.', ' ']), ".git" | "git~1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_git_to_some_file_system() {
        for (name, is_git) in [
            (".git", true),
            (".GIT", true),
            (".gi\u{200d}t", true),
            (".git. ", true),
            (".git::$INDEX_ALLOCATION", true),
            (".git\\hooks", true),
            ("git~1", true),
            (".gitignore", false),
            (".github", false),
            ("git", false),
            ("x.git", false),
            ("", false),
        ] {
            assert_eq!(is_git_name(name), is_git, "{name:?}");
        }
    }
}
