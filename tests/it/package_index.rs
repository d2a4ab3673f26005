//! A package index on this machine, with made-up uploads of the upstream's core at a release that is not ready-made.

#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use crate::test_server::{Replies, Reply, Server};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// The release that the index has.
pub(super) const RELEASE: &str = "1.12.14";

/// One version of a package: name, version, what it requires.
pub(super) type Upload = (&'static str, &'static str, &'static [&'static str]);

/// The packages of the release.
pub(super) const UPLOADS: [Upload; 6] = [
    (
        "dagster",
        "1.12.14",
        &[
            "click<9,>=5",
            "dagster-shared==1.12.14",
            "dagster-pipes==1.12.14",
        ],
    ),
    ("dagster-graphql", "1.12.14", &["dagster==1.12.14"]),
    ("dagster-pipes", "1.12.14", &[]),
    ("dagster-shared", "1.12.14", &["packaging"]),
    (
        "dagster-webserver",
        "1.12.14",
        &["dagster==1.12.14", "dagster-graphql==1.12.14"],
    ),
    (
        "dagster-postgres",
        "0.28.14",
        &["dagster==1.12.14", "psycopg2-binary"],
    ),
];

/// The whole index, as replies that a test can spoil.
pub(super) fn replies() -> Replies {
    serving(&UPLOADS)
}

/// An index that has these, as replies that a test can spoil.
pub(super) fn serving(uploads: &[Upload]) -> Replies {
    let mut replies = Replies::new();
    let mut pages: BTreeMap<&str, Value> = BTreeMap::new();
    for (name, version, requires) in uploads {
        let (wheel, sdist) = (wheel(name, version, requires), sdist(name));
        let stem = format!("{}-{version}", name.replace('-', "_"));
        let files = [
            (format!("{stem}-py3-none-any.whl"), "bdist_wheel", wheel),
            (format!("{stem}.tar.gz"), "sdist", sdist),
        ];
        let entries = files
            .iter()
            .map(|(file, kind, bytes)| entry(file, kind, bytes));
        let page = pages
            .entry(name)
            .or_insert_with(|| json!({ "releases": {} }));
        page["releases"][version] = entries.collect();
        for (file, _, bytes) in files {
            replies.insert(format!("/files/{file}"), vec![Reply::parts(bytes)]);
        }
    }
    for (name, page) in pages {
        let page = page.to_string().into_bytes();
        replies.insert(page_path(name), vec![(200, page).into()]);
    }
    replies
}

/// Starts the index.
pub(super) fn start(replies: Replies) -> Server {
    Server::start(replies)
}

/// The path of a project's page.
pub(super) fn page_path(name: &str) -> String {
    format!("/{}/{name}/json", ["py", "pi"].concat())
}

/// Replaces the sdist of `dagster-pipes`, and what the index states of it.
pub(super) fn with_sdist(mut replies: Replies, bytes: Vec<u8>) -> Replies {
    let wheel = wheel("dagster-pipes", RELEASE, &[]);
    let wheel = entry(
        "dagster_pipes-1.12.14-py3-none-any.whl",
        "bdist_wheel",
        &wheel,
    );
    let sdist = entry("dagster_pipes-1.12.14.tar.gz", "sdist", &bytes);
    let page = json!({ "releases": { RELEASE: [wheel, sdist] } });
    let page = page.to_string().into_bytes();
    replies.insert(page_path("dagster-pipes"), vec![(200, page).into()]);
    let path = "/files/dagster_pipes-1.12.14.tar.gz".to_owned();
    replies.insert(path, vec![(200, bytes).into()]);
    replies
}

/// An answer of the index for the page of `dagster`.
pub(super) fn with_page(mut replies: Replies, reply: Reply) -> Replies {
    replies.insert(page_path("dagster"), vec![reply]);
    replies
}

fn entry(file: &str, kind: &str, bytes: &[u8]) -> Value {
    json!({
        "filename": file,
        "packagetype": kind,
        "url": format!("../../files/{file}"),
        "digests": { "sha256": data_encoding::HEXLOWER.encode(&Sha256::digest(bytes)) },
        "size": bytes.len(),
        "upload_time": "2026-02-05T21:23:57",
        "yanked": false,
        "yanked_reason": null,
    })
}

fn wheel(name: &str, version: &str, requires: &[&str]) -> Vec<u8> {
    let module = name.replace('-', "_");
    let info = format!("{module}-{version}.dist-info");
    let requires = requires.iter().map(|one| format!("Requires-Dist: {one}\n"));
    let metadata = format!(
        "Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nSummary: Made up\nLicense-Expression: Apache-2.0\n\
         Requires-Python: >=3.10,<3.15\n{}",
        requires.collect::<String>()
    );
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in [
        (format!("{module}/__init__.py"), String::new()),
        (format!("{info}/METADATA"), metadata),
        (
            format!("{info}/entry_points.txt"),
            format!("[console_scripts]\n{name} = {module}:main\n"),
        ),
    ] {
        writer
            .start_file(path, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn sdist(name: &str) -> Vec<u8> {
    let setup = format!("# {name}\n");
    archive(|builder| {
        for path in [
            "root/setup.py",
            "root/dagster_webserver/webapp/build/index.html",
        ] {
            let mut header = tar::Header::new_gnu();
            header.set_size(setup.len() as u64);
            builder
                .append_data(&mut header, path, setup.as_bytes())
                .unwrap();
        }
    })
}

/// A packed archive of what `fill` puts into it.
pub(super) fn archive(fill: impl Fn(&mut tar::Builder<GzEncoder<Vec<u8>>>)) -> Vec<u8> {
    let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    fill(&mut builder);
    builder.into_inner().unwrap().finish().unwrap()
}
