//! Lists of packages from a server on this machine.

use super::super::test_server::{Reply, Server};
use super::*;
use crate::python::PyName;

const LIST: &str = r#"{"version":2,"packages":{
    "click":{"name":"click-9","pname":"click","version":"9","meta":{}},
    "python313Packages.click":{"name":"python3.13-click-8.1.8","pname":"python3.13-click","version":"8.1.8","system":"x86_64-linux",
        "outputs":{"out":null},"meta":{"broken":false,"platforms":["x86_64-linux","aarch64-linux"],"maintainers":[{"name":"x"}]}},
    "python313Packages.six":{"pname":"six","version":"1.17.0","meta":{"broken":true,"platforms":[{"cpu":1}]}},
    "python313Packages.sub.six":{"pname":"six","version":"0"},
    "python312Packages.six":{"pname":"six","version":"0"},
    "python313Packages.odd":{"version":null,"meta":{}}}}"#;

/// `LIST` in Brotli's format, as one chunk that is not compressed.
fn stored(text: &str) -> Vec<u8> {
    // A window of 16 bits, then a meta-block that holds its bytes as they are, then the empty last one.
    let length = u32::try_from(text.len() - 1).unwrap();
    let bits: u32 = (length << 4) | (1 << 20);
    let mut bytes = bits.to_le_bytes()[..3].to_vec();
    bytes.extend(text.as_bytes());
    bytes.push(3);
    bytes
}

fn serve(path: &str, body: Vec<u8>) -> (Server, String) {
    let server = Server::start([(path.to_owned(), vec![Reply::from((200, body))])].into());
    let address = format!("{}{path}", server.url());
    (server, address)
}

fn check_error(path: &str, body: &[u8], expected: &str) {
    let (_server, address) = serve(path, body.to_vec());
    let error = packages(&Client::local(), &address, "python313Packages").unwrap_err();
    assert!(error.to_string().contains(expected), "{error}");
}

#[test]
fn the_python_set_is_read_and_nothing_else() {
    for (path, body) in [
        ("/c/packages.json.br", stored(LIST)),
        ("/c/packages.json", LIST.as_bytes().to_vec()),
    ] {
        let (_server, address) = serve(path, body);
        let listing = packages(&Client::local(), &address, "python313Packages").unwrap();
        assert_eq!(listing.len(), 3, "{path}");
        let find = |name: &str| {
            let name: PyName = name.parse().unwrap();
            listing.find(&name, &[name.to_string()])
        };
        let click = find("click").unwrap();
        assert_eq!(click.version.as_deref(), Some("8.1.8"));
        let darwin = ["aarch64-darwin", "x86_64-darwin"].map(str::to_owned);
        assert_eq!(click.unsupported, darwin.into());
        assert!(find("six").unwrap().broken);
        assert_eq!(find("odd").unwrap().version, None);
        assert_eq!(find("lkml"), None);
    }
}

#[test]
fn what_is_no_list_is_an_error() {
    let set = "lists nothing of `python313Packages`";
    check_error("/p.json", br#"{"version":2,"packages":{}}"#, set);
    check_error(
        "/p.json",
        br#"{"version":1,"packages":{}}"#,
        "it has the format 1, and 2 is wanted",
    );
    check_error(
        "/p.json",
        br#"{"packages":{}}"#,
        "it does not say its format",
    );
    check_error("/p.json", br#"{"version":2}"#, "it has no `packages`");
    check_error("/p.json", b"<html>", "is no list of packages");
    check_error(
        "/p.json",
        &LIST.as_bytes()[..LIST.len() / 2],
        "is no list of packages",
    );
    check_error(
        "/p.json",
        format!("{LIST}x").as_bytes(),
        "is no list of packages",
    );
    check_error("/p.json.br", b"<html>", "is no list of packages");
    let packed = stored(LIST);
    check_error(
        "/p.json.br",
        &packed[..packed.len() / 2],
        "is no list of packages",
    );
    let (_server, address) = serve("/other", Vec::new());
    let missing = address.replace("/other", "/p.json");
    let error = packages(&Client::local(), &missing, "x").unwrap_err();
    assert!(
        error.to_string().ends_with("the server does not have it"),
        "{error}"
    );
}

#[test]
fn the_commit_stands_beside_the_list() {
    let commit = "0123456789abcdef0123456789abcdef01234567";
    for (body, expected) in [
        (format!("{commit}\n"), Some(commit)),
        ("<html>".to_owned(), None),
        (commit[1..].to_owned(), None),
    ] {
        let (_server, address) = serve("/c/git-revision", body.into_bytes());
        let list = address.replace("git-revision", "packages.json.br");
        assert_eq!(revision(&Client::local(), &list).as_deref(), expected);
    }
}

#[test]
fn channels_have_addresses() {
    let public = address(None, "nixos-unstable");
    assert!(public.starts_with("https://") && public.ends_with("/nixos-unstable/packages.json.br"));
    let own = address(Some("http://h/c/"), "x");
    assert_eq!(own, "http://h/c/x/packages.json.br");
}
