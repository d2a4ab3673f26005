//! The hashes of trees and archives, compared with those of real Nix: on generated trees, and on published sdists.

use super::{succeeded, wanted};
use data_encoding::BASE64;
use floxwright::disk::write_nar;
use floxwright::nar::digest;
use floxwright::outside::archive_hash::{Opener, hash};
use floxwright::outside::http::{Client, resolve};
use proptest::prelude::{Just, Strategy, any, prop, prop_oneof};
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::ffi::OsStr;
use std::fs::{self, File, Permissions};
use std::io::{BufReader, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

/// How many trees are made.
const TREES: usize = 150;

/// Sdists on the package index, of many makers and years.
const SDISTS: [(&str, &str); 12] = [
    ("dagster", "1.12.0"),
    ("dagster-webserver", "1.13.27"),
    ("dagster-postgres", "0.28.0"),
    ("click", "8.1.8"),
    ("sqlalchemy", "2.0.44"),
    ("numpy", "2.2.6"),
    ("six", "1.17.0"),
    ("setuptools", "80.9.0"),
    ("cryptography", "45.0.7"),
    ("pydantic-core", "2.41.5"),
    ("pyyaml", "6.0.3"),
    ("lxml", "6.0.2"),
];

/// What stands at a place.
#[derive(Clone, Debug)]
enum Thing {
    Directory,
    File {
        mode: u32,
        bytes: Vec<u8>,
    },
    Link(Vec<u8>),
    /// Another name of the file that was made last.
    Same,
}

/// A name as only a file system would have it.
fn name() -> impl Strategy<Value = Vec<u8>> {
    let odd = prop::collection::vec(
        prop_oneof![
            Just(b'a'),
            Just(b'.'),
            Just(b'-'),
            Just(b' '),
            Just(b'\n'),
            Just(b'\\'),
            Just(0xff),
            1..=255_u8
        ],
        1..12,
    );
    prop_oneof![
        4 => "[ab]{1,2}".prop_map(String::into_bytes),
        2 => "[ab]\\.[ab]".prop_map(String::into_bytes),
        2 => "[ab]-".prop_map(String::into_bytes),
        2 => odd,
        1 => Just("ä🜁".as_bytes().to_vec()),
        1 => (100..240_usize).prop_map(|length| vec![b'n'; length]),
    ]
    .prop_map(|name| {
        name.into_iter()
            .map(|byte| if byte == b'/' { b'_' } else { byte })
            .collect::<Vec<u8>>()
    })
    .prop_filter("not a name", |name| name != b"." && name != b"..")
}

fn thing() -> impl Strategy<Value = Thing> {
    let size = prop_oneof![
        Just(0_usize),
        Just(1),
        Just(7),
        Just(8),
        Just(9),
        Just(511),
        Just(512),
        Just(4096),
        0..100_000_usize,
        Just(3_000_000)
    ];
    let mode = prop::sample::select(vec![
        0o644, 0o755, 0o600, 0o700, 0o444, 0o655, 0o744, 0o4755, 0o666,
    ]);
    let file = (mode, size, any::<u8>()).prop_map(|(mode, size, byte)| Thing::File {
        mode,
        bytes: vec![byte; size],
    });
    let link = prop_oneof![
        Just(b"/etc/passwd".to_vec()),
        Just(b"../../..".to_vec()),
        name(),
        Just(vec![b'l'; 180])
    ];
    prop_oneof![5 => file, 2 => Just(Thing::Directory), 1 => link.prop_map(Thing::Link), 1 => Just(Thing::Same)]
}

/// The top and everything below it, as paths from there.
fn all(top: &Path) -> Vec<PathBuf> {
    let mut found = vec![PathBuf::new()];
    let mut next = 0;
    while let Some(folder) = found.get(next).cloned() {
        next += 1;
        if !top.join(&folder).symlink_metadata().unwrap().is_dir() {
            continue;
        }
        let entries = fs::read_dir(top.join(&folder)).unwrap();
        found.extend(entries.map(|entry| folder.join(entry.unwrap().file_name())));
    }
    found.sort();
    found
}

/// Makes a tree; what has no place in it is left out.
fn make(top: &Path, things: &[(Vec<Vec<u8>>, Thing)]) {
    fs::create_dir(top).unwrap();
    let mut last: Option<PathBuf> = None;
    for (parts, thing) in things {
        let path: PathBuf = parts.iter().map(|part| OsStr::from_bytes(part)).collect();
        let whole = top.join(&path);
        if fs::create_dir_all(whole.parent().unwrap()).is_err() || whole.symlink_metadata().is_ok()
        {
            continue;
        }
        match thing {
            Thing::Directory => fs::create_dir(&whole).unwrap(),
            Thing::Link(target) => symlink(OsStr::from_bytes(target), &whole).unwrap(),
            Thing::File { mode, bytes } => {
                fs::write(&whole, bytes).unwrap();
                fs::set_permissions(&whole, Permissions::from_mode(*mode)).unwrap();
                last = Some(whole);
            }
            Thing::Same => {
                if let Some(file) = &last {
                    fs::hard_link(file, &whole).unwrap();
                }
            }
        }
    }
}

/// What real Nix says.
fn by_nix(path: &Path) -> String {
    let output = Command::new("nix")
        .args([
            "--extra-experimental-features",
            "nix-command",
            "hash",
            "path",
            "--type",
            "sha256",
            "--sri",
        ])
        .arg(path)
        .output()
        .unwrap();
    succeeded("nix hash path", &output).trim().to_owned()
}

fn of_tree(path: &Path) -> String {
    digest(|sink| write_nar(path, sink).map(drop)).unwrap().sri
}

fn of_archive(path: &Path) -> String {
    let open: &Opener<'_> = &|| Ok(Box::new(BufReader::new(File::open(path)?)) as Box<dyn Read>);
    hash(open).unwrap().sri
}

/// Packs the tree with GNU tar, its members in this order.
fn pack(directory: &Path, members: &[PathBuf], format: &str, name: &str) -> PathBuf {
    let mut list = File::create(directory.join("list")).unwrap();
    for member in members {
        list.write_all(b"tree/").unwrap();
        list.write_all(member.as_os_str().as_bytes()).unwrap();
        list.write_all(b"\0").unwrap();
    }
    let archive = directory.join(name);
    let output = Command::new("tar")
        .arg("-C")
        .arg(directory)
        .args([
            "--create",
            "--auto-compress",
            "--no-recursion",
            "--null",
            "--verbatim-files-from",
            "--format",
            format,
        ])
        .arg("--file")
        .arg(&archive)
        .arg("--files-from")
        .arg(directory.join("list"))
        .output()
        .unwrap();
    succeeded("tar", &output);
    archive
}

#[test]
fn hashes_of_generated_trees_are_those_of_nix() {
    if !wanted("nix") {
        return;
    }
    let config = Config::default();
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let path = prop::collection::vec(name(), 1..4);
    let strategy = prop::collection::vec((path, thing()), 0..30).prop_flat_map(|things| {
        let count = things.len();
        let keys = prop::collection::vec(any::<u32>(), count);
        (Just(things), keys)
    });
    for number in 0..TREES {
        let (things, keys) = strategy.new_tree(&mut runner).unwrap().current();
        let directory = tempfile::tempdir().unwrap();
        let top = directory.path().join("tree");
        make(&top, &things);
        let members = all(&top);
        let expected = by_nix(&top);
        assert_eq!(of_tree(&top), expected, "tree {number}: {members:?}");
        // In the order of nobody, directories after what is in them as well.
        let mut shuffled: Vec<(u32, PathBuf)> = members
            .into_iter()
            .enumerate()
            .map(|(at, path)| (keys.get(at).copied().unwrap_or_default(), path))
            .collect();
        shuffled.sort();
        let members: Vec<PathBuf> = shuffled.into_iter().map(|(_, path)| path).collect();
        for (format, name) in [("gnu", "gnu.tar"), ("pax", "pax.tar.gz")] {
            let archive = pack(directory.path(), &members, format, name);
            assert_eq!(of_archive(&archive), expected, "{name} of tree {number}");
        }
    }
}

#[test]
fn live_hashes_of_published_sdists_are_those_of_nix() {
    if !wanted("pypi") {
        return;
    }
    let client = Client::default();
    let index = floxwright::outside::pypi::default_address();
    for (name, version) in SDISTS {
        let page_address = format!("{index}/{}/{name}/json", ["py", "pi"].concat());
        let page = client.get(&page_address, 64 << 20).unwrap();
        let page: serde_json::Value = serde_json::from_slice(&page).unwrap();
        let files = page["releases"][version].as_array().unwrap();
        let sdist = files
            .iter()
            .find(|file| file["packagetype"] == "sdist")
            .unwrap();
        let url = resolve(&page_address, sdist["url"].as_str().unwrap()).unwrap();
        let bytes = client.get(&url, 512 << 20).unwrap();
        let directory = tempfile::tempdir().unwrap();
        let archive = directory.path().join("sdist.tar.gz");
        fs::write(&archive, &bytes).unwrap();
        let flat = digest(|sink| sink.write_all(&bytes)).unwrap().sri;
        let stated = sdist["digests"]["sha256"].as_str().unwrap();
        let stated = data_encoding::HEXLOWER.decode(stated.as_bytes()).unwrap();
        assert_eq!(flat, format!("sha256-{}", BASE64.encode(&stated)), "{name}");
        let unpacked = directory.path().join("unpacked");
        fs::create_dir(&unpacked).unwrap();
        let output = Command::new("tar")
            .arg("-C")
            .arg(&unpacked)
            .args(["--strip-components", "1", "--extract", "--file"])
            .arg(&archive)
            .output()
            .unwrap();
        succeeded("tar", &output);
        let expected = by_nix(&unpacked);
        assert_eq!(of_tree(&unpacked), expected, "{name} on disk");
        assert_eq!(of_archive(&archive), expected, "{name}");
        println!("{name} {version}: {expected}");
    }
}
