//! Rules about whole files: N1, N7, N11, N17.

use super::every_case;
use super::facts::{lock, locked};
use super::nix_file::{files, tokens};
use crate::cases::Case;
use floxwright::nix::format_nix;
use rnix::SyntaxKind;

#[test]
fn no_old_fashioned_word_occurs() {
    every_case("N1", |case| {
        let mut broken = Vec::new();
        for (path, text) in files(case) {
            for (kind, token) in tokens(text) {
                let word = token.as_str();
                let old = [
                    "propagatedBuildInputs",
                    "nativeBuildInputs",
                    "format",
                    "finalAttrs",
                ];
                if kind == SyntaxKind::TOKEN_REC
                    || kind == SyntaxKind::TOKEN_IDENT && old.contains(&word)
                {
                    broken.push(format!("{path} has {word}"));
                }
            }
        }
        broken
    });
}

/// The part of the Nix text that holds versions and hashes, and the rest.
fn parted<'a>(case: &Case, text: &'a str) -> (&'a str, String) {
    if !case.has("--layout single") {
        return ("", text.to_owned());
    }
    let start = text.find("  release = {").unwrap();
    let end = start + text[start..].find("\n  };\n").unwrap();
    (
        &text[start..end],
        format!("{}{}", &text[..start], &text[end..]),
    )
}

#[test]
fn versions_and_hashes_stand_in_one_place() {
    every_case("N7", |case| {
        let lock = lock(case);
        let mut secrets: Vec<String> =
            vec![lock["release"]["version"].as_str().unwrap().to_owned()];
        secrets.extend(
            locked(&lock)
                .values()
                .map(|package| package["version"].as_str().unwrap().to_owned()),
        );
        secrets.push("sha256-".to_owned());
        let mut broken = Vec::new();
        for (path, text) in files(case) {
            let (_, rest) = parted(case, text);
            let here = secrets.iter().filter(|secret| rest.contains(*secret));
            broken.extend(here.map(|secret| format!("{path} has {secret} beside the one place")));
        }
        broken
    });
}

/// `{ version; source | null; packages.<pname> = { version; hash?; }; }`, from JSON or from Nix.
#[test]
fn the_one_place_has_one_shape() {
    every_case("N7", |case| {
        let tree = case.tree();
        let text = if let Some(text) = tree.text(".flox/pkgs/release.json") {
            text.to_owned()
        } else {
            let (_, file) = files(case).next().unwrap();
            let nix = parted(case, file).0.trim_start_matches("  release =");
            as_json(nix)
        };
        let release: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut broken = Vec::new();
        let keys: Vec<&str> = release
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        if keys != ["version", "source", "packages"] {
            broken.push(format!("it has {keys:?}"));
        }
        let lock = lock(case);
        let packages = release["packages"].as_object().unwrap();
        let names: Vec<&str> = packages.keys().map(String::as_str).collect();
        if names != locked(&lock).into_keys().collect::<Vec<_>>() {
            broken.push(format!("it has the packages {names:?}"));
        }
        for (name, package) in packages {
            let locked = &lock["packages"][name];
            let hash = locked["origin"]
                .get("sdist")
                .map(|sdist| sdist["hash"].as_str());
            if package["version"].as_str() != locked["version"].as_str()
                || package.get("hash").map(serde_json::Value::as_str) != hash
            {
                broken.push(format!("{name} is {package}, and locked as {locked}"));
            }
        }
        broken
    });
}

/// The few forms of Nix that stand in the one place, as JSON.
fn as_json(nix: &str) -> String {
    let mut json = String::new();
    for (kind, token) in tokens(&format!("{nix}\n  }}")) {
        match kind {
            SyntaxKind::TOKEN_IDENT if token != "null" => {
                json.extend(["\"", &token, "\""]);
            }
            SyntaxKind::TOKEN_ASSIGN => json.push(':'),
            SyntaxKind::TOKEN_SEMICOLON => json.push(','),
            SyntaxKind::TOKEN_R_BRACE => {
                json.truncate(json.trim_end_matches(',').len());
                json.push('}');
            }
            SyntaxKind::TOKEN_DOT => json.push('.'),
            _ => json.push_str(&token),
        }
    }
    // `"a"."version":"1",` is short for `"a":{"version":"1"},`.
    let parts: Vec<&str> = json.split("\".\"version\":\"").collect();
    let rest = parts[1..].iter().map(|part| {
        let (version, rest) = part.split_once('"').unwrap();
        format!("\":{{\"version\":\"{version}\"}}{rest}")
    });
    std::iter::once(parts[0].to_owned()).chain(rest).collect()
}

#[test]
fn flox_finds_every_file() {
    every_case("N11", |case| {
        let mut broken = Vec::new();
        for path in case.tree().paths() {
            let parts: Vec<&str> = path.components().collect();
            if parts.first() != Some(&".flox") {
                continue;
            }
            let hidden = parts[..parts.len() - 1]
                .iter()
                .any(|part| ["lib", "run", "log", "cache"].contains(part));
            if hidden
                || path.name().ends_with("flake.nix")
                || path.as_str() == ".flox/pkgs/default.nix"
            {
                broken.push(path.to_string());
            }
        }
        broken
    });
}

#[test]
fn the_official_format_changes_nothing() {
    every_case("N17", |case| {
        let changed = files(case).filter(|(_, text)| format_nix(text).as_deref() != Ok(*text));
        changed.map(|(path, _)| path.to_owned()).collect()
    });
}

#[test]
fn every_file_ends_with_one_line_end_and_no_line_with_a_space() {
    every_case("files", |case| {
        let mut broken = Vec::new();
        for (path, file) in case.tree().iter() {
            let text = String::from_utf8(file.bytes.clone()).unwrap();
            if !text.ends_with('\n')
                || text.ends_with("\n\n")
                || text.contains('\r')
                || text.contains('\t')
            {
                broken.push(format!("{path}: line ends or tabs"));
            }
            let spaced = text.lines().position(|line| line.ends_with(' '));
            broken.extend(spaced.map(|line| format!("{path}:{} ends with a space", line + 1)));
            if text.contains("{{") && !path.as_str().contains(".github/") || text.contains("{%") {
                broken.push(format!("{path} holds a template"));
            }
        }
        broken
    });
}
