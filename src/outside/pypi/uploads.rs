//! Made-up uploads for tests, and a server that has them.

use std::collections::BTreeMap;
use std::io::Write;

use data_encoding::HEXLOWER_PERMISSIVE;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;

use crate::outside::test_server::{Replies, Server};

/// One made-up upload, good as it stands; tests spoil one thing each.
#[derive(Clone)]
pub(super) struct Upload {
    pub name: &'static str,
    pub version: &'static str,
    pub metadata: String,
    pub sdist: Vec<(&'static str, &'static str)>,
    pub yanked: bool,
    pub kinds: Vec<&'static str>,
    pub digest: Option<&'static str>,
    pub day: &'static str,
    pub requires_python: Option<&'static str>,
}

pub(super) fn upload(name: &'static str, version: &'static str) -> Upload {
    let metadata = format!(
        "Name: {name}\nVersion: {version}\nSummary: An example\nLicense-Expression: MIT\nRequires-Python: >=3.10\n\
         Requires-Dist: Click<9.0,>=5.0\nRequires-Dist: gql[requests]; extra == \"web\"\n\
         Requires-Dist: six; extra == \"unlisted\"\nProvides-Extra: web\nProvides-Extra: empty\n"
    );
    let sdist = vec![
        (
            "root/pyproject.toml",
            "[build-system]\nrequires = ['hatchling>=1']\nbuild-backend = 'hatchling.build'\n",
        ),
        ("root/sub/pyproject.toml", "not this one ["),
        ("root/app/ui/index.html", "<html>"),
    ];
    Upload {
        name,
        version,
        metadata,
        sdist,
        yanked: false,
        kinds: vec!["whl", "tar.gz"],
        digest: None,
        day: "2025-10-30",
        requires_python: None,
    }
}

impl Upload {
    pub(super) fn file(&self, kind: &str) -> Vec<u8> {
        let info = format!("{}-{}.dist-info", self.name, self.version);
        match kind {
            kind if kind.ends_with("whl") => wheel(&[
                (&format!("{}/__init__.py", self.name), ""),
                ("tests/test_it.py", ""),
                (&format!("{info}/METADATA"), &self.metadata),
                (
                    &format!("{info}/entry_points.txt"),
                    "[console_scripts]\nrun = x:main\n",
                ),
            ]),
            _ => sdist(&self.sdist),
        }
    }

    fn file_name(&self, kind: &str) -> String {
        let tag = if kind == "whl" { "-py3-none-any" } else { "" };
        // A wheel of other tags is named by them.
        let dot = if kind.contains('-') { '-' } else { '.' };
        format!("{}-{}{tag}{dot}{kind}", self.name, self.version)
    }

    fn entry(&self, kind: &str) -> Value {
        let digest = HEXLOWER_PERMISSIVE.encode(&Sha256::digest(self.file(kind)));
        json!({
            "filename": self.file_name(kind),
            "packagetype": if kind.ends_with("whl") { "bdist_wheel" } else { "sdist" },
            "url": format!("../../files/{}", self.file_name(kind)),
            "digests": {"sha256": self.digest.map_or(digest, str::to_owned), "md5": ""},
            "upload_time": format!("{}T18:21:46", self.day),
            "requires_python": self.requires_python,
            "yanked": self.yanked,
            "yanked_reason": self.yanked.then_some("broken"),
        })
    }
}

fn wheel(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn sdist(files: &[(&str, &str)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (name, text) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        builder
            .append_data(&mut header, name, text.as_bytes())
            .unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap()
}

/// A server that has these uploads.
pub(super) fn serve(uploads: &[Upload]) -> Server {
    let mut replies = Replies::new();
    let mut projects: BTreeMap<&str, Value> = BTreeMap::new();
    for upload in uploads {
        let project = projects
            .entry(upload.name)
            .or_insert_with(|| json!({"info": {}, "releases": {"0.1": []}}));
        project["releases"][upload.version] =
            upload.kinds.iter().map(|kind| upload.entry(kind)).collect();
        for kind in &upload.kinds {
            replies.insert(
                format!("/files/{}", upload.file_name(kind)),
                vec![(200, upload.file(kind)).into()],
            );
        }
    }
    for (name, project) in projects {
        let path = format!("/{}/{name}/json", ["py", "pi"].concat());
        replies.insert(path, vec![(200, project.to_string().into_bytes()).into()]);
    }
    Server::start(replies)
}
