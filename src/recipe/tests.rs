//! Files as people write them, and texts that nobody should write.

use super::*;

const SPLIT: &str = r#"{ python312Packages, acme-src, acme-shared, runCommand }:

python312Packages.buildPythonPackage {
  pname = "acme";
  version = "1.9.11";

  src = runCommand "acme-source" {} ''
    cp -r ${acme-src}/python/acme $out
    chmod -R u+w $out
  '';

  propagatedBuildInputs = with python312Packages; [
    alembic
    uvicorn.optional-dependencies.standard
  ] ++ [ acme-shared ] ++ lib.optionals stdenv.isDarwin [ psutil ];

  pythonRelaxDeps = [ "protobuf" ] ++ lib.optional true "click";
  postPatch = "sed -i s/a/b/ ${./x}";
  doCheck = false;
}
"#;

const CLOSURE: &str = r#"{ python312Packages, fetchFromGitHub, buildEnv, lib }:
let
  version = "1.12.0";
  acme-src = fetchFromGitHub {
    owner = "acme-io";
    repo = "acme";
    rev = "refs/tags/${version}";
    hash = lib.fakeHash;
  };
  acme-shared = python312Packages.buildPythonPackage rec {
    pname = "acme-shared";
    inherit version;
    format = "setuptools";
    src = "${acme-src}/python/libraries/acme-shared";
  };
  acme = (python312Packages.buildPythonPackage (finalAttrs: {
    pname = "acme";
    version = "1.9.11";
    src = acme-src;
    sourceRoot = "source/python/acme";
    pyproject = true;
    dependencies = [ acme-shared python312Packages.click ];
    meta.description = finalAttrs.version;
  })).overrideAttrs (old: { x = 1; });
in
buildEnv {
  name = "acme-complete-${version}";
  paths = [ acme-shared acme ];
  pathsToLink = [ "/bin" "/lib" ];
}
"#;

fn names(list: &[Named]) -> Vec<String> {
    let one = |named: &Named| {
        let extra = named.extra.as_deref().map(|extra| format!("[{extra}]"));
        let condition = if named.is_conditional { "?" } else { "" };
        format!(
            "{}:{}{}{condition}",
            named.set,
            named.name,
            extra.unwrap_or_default()
        )
    };
    list.iter().map(one).collect()
}

#[test]
fn a_file_of_one_package_is_read() {
    let recipe = Recipe::read(SPLIT);
    let [build] = recipe.builds.as_slice() else {
        panic!("{recipe:?}");
    };
    assert_eq!(recipe.gives, Gives::Build(0));
    assert_eq!(
        recipe
            .arguments
            .iter()
            .map(|one| &one.value)
            .collect::<Vec<_>>(),
        ["python312Packages", "acme-src", "acme-shared", "runCommand"]
    );
    assert_eq!(build.name(), Some("acme"));
    assert_eq!(build.version.as_ref().unwrap().value, "1.9.11");
    assert_eq!(build.source.as_ref().unwrap().value, SourceText::Extracted);
    assert_eq!(
        names(&build.requires),
        [
            "python312Packages:alembic",
            "python312Packages:uvicorn[standard]",
            ":acme-shared",
            "python312Packages:psutil?"
        ]
    );
    let relaxed = build
        .relaxes
        .iter()
        .map(|one| (one.name.as_str(), one.is_conditional));
    assert_eq!(
        relaxed.collect::<Vec<_>>(),
        [("protobuf", false), ("click", true)]
    );
    let attribute = build.attribute("postPatch").unwrap();
    assert_eq!(
        &SPLIT[attribute.range.clone()],
        "postPatch = \"sed -i s/a/b/ ${./x}\";"
    );
    assert!(attribute.needs.is_empty(), "{:?}", attribute.needs);
    let source = build.attribute("src").unwrap();
    assert_eq!(
        source.needs.iter().collect::<Vec<_>>(),
        ["acme-src", "runCommand"]
    );
}

#[test]
fn a_file_of_everything_is_read() {
    let recipe = Recipe::read(CLOSURE);
    assert_eq!(recipe.gives, Gives::Environment(0));
    let [made] = recipe.environments.as_slice() else {
        panic!("{recipe:?}");
    };
    assert_eq!(made.name.as_ref().unwrap().value, "acme-complete-1.12.0");
    assert_eq!(names(&made.members), [":acme-shared", ":acme"]);
    let [fetch] = recipe.fetches.as_slice() else {
        panic!("{recipe:?}");
    };
    assert_eq!(fetch.binding.as_deref(), Some("acme-src"));
    assert_eq!(fetch.revision.as_ref().unwrap().value, "1.12.0");
    assert_eq!(fetch.hash.as_ref().unwrap().value, Hash::Fake);
    let shared = recipe.build("acme-shared").unwrap();
    assert_eq!(shared.version.as_ref().unwrap().value, "1.12.0");
    assert_eq!(
        shared.source.as_ref().unwrap().value,
        SourceText::Named(
            "acme-src".to_owned(),
            Some("python/libraries/acme-shared".to_owned())
        )
    );
    assert_eq!(
        shared.format.as_ref().unwrap().value,
        Format::Named("setuptools".to_owned())
    );
    let acme = recipe.build("acme").unwrap();
    assert_eq!(acme.binding.as_deref(), Some("acme"));
    assert_eq!(acme.wrapped.as_ref().unwrap().value, "overrideAttrs");
    assert_eq!(
        acme.source_root.as_ref().unwrap().value,
        "source/python/acme"
    );
    assert_eq!(
        names(&acme.requires),
        [":acme-shared", "python312Packages:click"]
    );
    assert_eq!(recipe.pythons.len(), 4);
}

#[test]
fn environments_of_every_kind_are_seen() {
    for (text, function, members) in [
        (
            "{ python313, acme }: python313.withPackages (ps: [ acme ps.pandas ])",
            "python313.withPackages",
            &[":acme", "ps:pandas"][..],
        ),
        (
            "{ python313, acme }: python313.withPackages (ps: with ps; [ acme pandas ])",
            "python313.withPackages",
            &[":acme", "ps:pandas"],
        ),
        (
            "{ python3, acme }: python3.buildEnv.override { extraLibs = [ acme ]; }",
            "python3.buildEnv.override",
            &[":acme"],
        ),
        (
            "{ symlinkJoin, acme }: symlinkJoin { name = \"x\"; paths = [ acme ]; }",
            "symlinkJoin",
            &[":acme"],
        ),
        (
            "{ p, runCommand, acme }: let e = p.withPackages (_: [ acme ]); in runCommand \"x\" { } \"ln ${e}\"",
            "p.withPackages",
            &[":acme"],
        ),
    ] {
        let recipe = Recipe::read(text);
        assert_eq!(recipe.gives, Gives::Environment(0), "{text}");
        let made = recipe.environments.first().unwrap();
        assert_eq!(made.function.value, function, "{text}");
        assert_eq!(names(&made.members), members, "{text}");
    }
}

#[test]
fn hashes_are_told_apart() {
    for (written, expected) in [
        ("\"\"", Hash::Empty),
        ("lib.fakeSha256", Hash::Fake),
        (
            "\"sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"",
            Hash::Fake,
        ),
        (
            "\"0000000000000000000000000000000000000000000000000000\"",
            Hash::Fake,
        ),
        (
            "\"sha256-MBI7vTTIrFk63hd6u6BL8HrOW5e1b1XGBCkmolSkLro=\"",
            Hash::Text("sha256-MBI7vTTIrFk63hd6u6BL8HrOW5e1b1XGBCkmolSkLro=".to_owned()),
        ),
        ("f x", Hash::Computed),
    ] {
        let recipe = Recipe::read(&format!(
            "fetchFromGitHub {{ owner = \"a\"; hash = {written}; }}"
        ));
        let fetch = recipe.fetches.first().unwrap();
        assert_eq!(fetch.hash.as_ref().unwrap().value, expected, "{written}");
    }
}

/// Nothing that somebody can write ends in a panic, a full stack or a loop without end.
#[test]
fn odd_texts_end() {
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(1000), close.repeat(1000));
    let laughs = (0..40).fold("let a0 = \"x\";".to_owned(), |text, at| {
        format!("{text} a{} = \"${{a{at}}}${{a{at}}}\";", at + 1)
    });
    for text in [
        String::new(),
        "{".to_owned(),
        "{ a = ".to_owned(),
        deep("(", ")"),
        deep("[", "]"),
        deep("{ a = ", "; }"),
        deep("x: ", ""),
        deep("a ", ""),
        deep("!", ""),
        deep("with a; ", ""),
        deep("a.b // ", ""),
        "let a = a; in buildPythonPackage { pname = a; version = \"${a}\"; src = a; }".to_owned(),
        "let a = a ++ a ++ [ b ]; in buildPythonPackage { pname = \"x\"; dependencies = a; }"
            .to_owned(),
        "let a = a // a; in buildPythonPackage a".to_owned(),
        "{ a = \"x${ ] }y\"; \"b${ = }\" = 1; src = \"${ ; }/c\"; }".to_owned(),
        "buildPythonPackage { pname = \"${ ( }\"; src = \"${) }/x\"; \"${ ] }\" = 1; }".to_owned(),
        "let a = { meta = a // a; } // a // a; in f { meta = a; } (a // a)".to_owned(),
        deep("{ a ? 1 }: ", ""),
        deep("let a = ", "; in a"),
        "let a = let b = a; in b; in a".to_owned(),
        format!("{laughs} in buildPythonPackage {{ pname = a40; }}"),
        "buildPythonPackage (self: { version = self.version; })".to_owned(),
        "\u{feff}buildPythonPackage { }".to_owned(),
        "buildPythonPackage { ${x} = 1; \"a b\" = 2; \"${y}\".z = 3; inherit (a) b \"c\"; }"
            .to_owned(),
    ] {
        let recipe = Recipe::read(&text);
        if let Some(fault) = &recipe.fault {
            assert!(fault.range.end <= text.len(), "{fault:?}");
        }
    }
}

#[test]
fn a_fault_leaves_the_rest_to_be_read() {
    let text = "buildPythonPackage {\n  pname = \"a\";\n  version = \"1\"\n  doCheck = false;\n}\n";
    let recipe = Recipe::read(text);
    let fault = recipe.fault.as_ref().unwrap();
    assert_eq!(line(text, fault.range.start), 4, "{fault:?}");
    assert_eq!(recipe.builds.first().unwrap().name(), Some("a"));
}
