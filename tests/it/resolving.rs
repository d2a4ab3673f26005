//! What becomes of requirements that nixpkgs does not have: files, systems, extras, versions, and what is said where it fails.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what is written here can be read, or the test ends"
)]

use crate::distributions::{distribution, resolved, sdist};
use floxwright::diagnostic::Failure;
use floxwright::model::{LockedOrigin, LockedSource, LockedThirdParty, System};
use floxwright::resolve::{Facts, SourceTag, Step};
use floxwright::scaffold::Distribution;
use std::collections::BTreeSet;

/// A library of nobody's, which the person's own code imports.
const NAME: &str = "no-such-thing";

/// Resolves with these overrides and facts.
fn step(overrides: &[&str], facts: Vec<(&str, Distribution)>) -> Result<Step, Failure> {
    let versions: Vec<String> = overrides
        .iter()
        .map(|name| format!("{name} = \"1.0\""))
        .collect();
    let tables = format!("[override]\n{}", versions.join("\n"));
    let read = facts.into_iter();
    let read = read.map(|(name, read)| (name.parse().unwrap(), read));
    let facts = Facts {
        distributions: read.collect(),
        source: None,
    };
    resolved(&[], &tables, &facts)
}

fn locked(facts: Vec<(&str, Distribution)>) -> (LockedThirdParty, Vec<String>) {
    match step(&[NAME], facts) {
        Ok(Step::Done(done)) => (
            done.lock.third_party[&NAME.parse().unwrap()].clone(),
            done.notes,
        ),
        other => panic!("{other:?}"),
    }
}

fn requiring(tags: &[&str], requires: &[&str]) -> Distribution {
    let mut read = distribution(NAME, "1.0", tags).1;
    read.requires = requires.iter().map(|one| one.parse().unwrap()).collect();
    read
}

/// All that is said of a failure.
fn told(failure: &Failure) -> String {
    let lines = failure.problems.iter().map(|problem| {
        let cause = problem.cause.clone().unwrap_or_default();
        format!("{} | {cause}", problem.message)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// `expected`: the kind of file, for which systems; and a part of the reason.
fn check_file(read: Distribution, expected: &str, because: &str) {
    let (locked, _) = locked(vec![(NAME, read)]);
    let systems: Vec<&str> = locked
        .package
        .origin
        .systems()
        .into_iter()
        .map(System::name)
        .collect();
    let kind = match &locked.package.origin {
        LockedOrigin::Path(_) => "path",
        LockedOrigin::Sdist(_) => "sdist",
        LockedOrigin::Wheel(wheel) => wheel.python.as_str(),
        LockedOrigin::Wheels(_) => "wheels",
    };
    assert_eq!(format!("{kind} {}", systems.join(" ")).trim(), expected);
    let text = &locked.package.because;
    assert!(text.contains(because), "{text}");
}

#[test]
fn the_file_to_build_from() {
    let built_by = |backend: &str, requires: &[&str], tags: &[&str]| {
        let mut read = requiring(tags, &[]);
        let quoted: Vec<String> = requires.iter().map(|one| format!("'{one}'")).collect();
        read.sdist = Some(sdist(
            "no_such_thing-1.0.tar.gz",
            backend,
            &quoted.join(", "),
        ));
        read
    };
    let (any, linux) = ("py3-none-any", "cp313-cp313-manylinux_2_17_x86_64");
    let mac = "cp313-abi3-macosx_11_0_arm64";
    let setuptools = "setuptools.build_meta";
    check_file(built_by(setuptools, &["setuptools"], &[any]), "sdist", "");
    check_file(built_by(setuptools, &["setuptools"], &[]), "sdist", "");
    let because = "its build wants `setuptools<70`, and nixpkgs has ";
    check_file(
        built_by(setuptools, &["setuptools<70"], &[any]),
        "py3",
        because,
    );
    let because = "its build wants `unheard-of`, which is not in the index";
    check_file(
        built_by(setuptools, &["unheard-of"], &[any]),
        "py3",
        because,
    );
    let because = "its sdist is built by `maturin`";
    check_file(built_by("maturin", &["maturin"], &[any]), "py3", because);
    check_file(
        built_by("maturin", &["maturin"], &[mac, linux]),
        "wheels aarch64-darwin x86_64-linux",
        because,
    );
    check_file(
        built_by(setuptools, &["setuptools"], &[linux]),
        "wheels x86_64-linux",
        "Its wheels carry machine code",
    );
    // Wheels for others do not count.
    check_file(
        built_by(setuptools, &["setuptools"], &["cp39-cp39-win_amd64"]),
        "sdist",
        "",
    );
    let mut native = built_by(setuptools, &["setuptools"], &[any]);
    native.binaries = BTreeSet::from([System::X8664Linux]);
    check_file(native, "py3 x86_64-linux", "It carries machine code");
}

#[test]
fn a_system_without_a_wheel_is_said() {
    let read = requiring(&["cp313-cp313-manylinux_2_17_x86_64"], &[]);
    let (_, notes) = locked(vec![(NAME, read)]);
    let expected = "no-such-thing has no wheel for aarch64-darwin, aarch64-linux: what requires it cannot be built there";
    assert!(notes.iter().any(|note| note == expected), "{notes:?}");
}

#[test]
fn nothing_to_build_from_is_a_problem_with_its_chain() {
    let failure = step(
        &[NAME],
        vec![(NAME, requiring(&["cp39-cp39-win_amd64"], &[]))],
    )
    .unwrap_err();
    assert_eq!(
        told(&failure),
        "`no-such-thing`: 1.0 cannot be packaged: there is no sdist, and no wheel is for Python 3.13 on aarch64-darwin, aarch64-linux, x86_64-linux | `[override]` says `no-such-thing==1.0`"
    );
}

#[test]
fn what_only_one_system_needs_is_looked_at_for_that_one() {
    let read = requiring(&["py3-none-any"], &["lkml; sys_platform == 'darwin'"]);
    let Ok(Step::Need(needs)) = step(&[NAME], vec![(NAME, read.clone())]) else {
        panic!("lkml has to be read")
    };
    assert_eq!(needs.distributions.len(), 1);
    assert_eq!(
        needs.distributions[0].systems,
        BTreeSet::from([System::Aarch64Darwin])
    );
    let lkml = distribution("lkml", "1.0", &["py3-none-macosx_11_0_arm64"]).1;
    let (locked, notes) = locked(vec![(NAME, read), ("lkml", lkml)]);
    assert!(
        !notes.iter().any(|note| note.contains("no wheel")),
        "{notes:?}"
    );
    assert_eq!(
        locked.package.requires[0].systems,
        BTreeSet::from([System::Aarch64Darwin])
    );
}

#[test]
fn bounds_that_exclude_each_other_name_both_chains() {
    let one = requiring(&["py3-none-any"], &["lkml<2", "scrapbook"]);
    let mut scrapbook = distribution("scrapbook", "1.0", &["py3-none-any"]).1;
    scrapbook.requires = vec!["lkml>=2".parse().unwrap()];
    // Whatever was read of it cannot please both, so it is asked for again, with everything that is wanted.
    let lkml = distribution("lkml", "1.0", &["py3-none-any"]).1;
    let facts = vec![(NAME, one), ("scrapbook", scrapbook), ("lkml", lkml)];
    let Ok(Step::Need(needs)) = step(&[NAME], facts) else {
        panic!("another lkml has to be read")
    };
    let asked: Vec<String> = needs.distributions[0]
        .asked
        .iter()
        .map(|(one, chain)| format!("{}: {chain}", one.raw()))
        .collect();
    assert_eq!(
        asked,
        [
            "lkml<2: `[override]` says `no-such-thing==1.0`, `no-such-thing` requires `lkml<2`",
            "lkml>=2: `[override]` says `no-such-thing==1.0`, `no-such-thing` requires `scrapbook`, `scrapbook` requires `lkml>=2`",
        ]
    );
}

#[test]
fn a_circle_is_refused() {
    let one = requiring(&["py3-none-any"], &["lkml"]);
    let mut lkml = distribution("lkml", "1.0", &["py3-none-any"]).1;
    lkml.requires = vec![NAME.parse().unwrap()];
    let failure = step(&[NAME], vec![(NAME, one), ("lkml", lkml)]).unwrap_err();
    let text = told(&failure);
    assert!(text.contains("it requires itself"), "{text}");
}

#[test]
fn extras_that_ask_for_others_have_their_members() {
    let mut lkml = distribution("lkml", "1.0", &["py3-none-any"]).1;
    for (extra, members) in [
        ("all", vec!["lkml[a,b]; extra == 'all'"]),
        ("a", vec!["rich; extra == 'a'", "lkml[all]; extra == 'a'"]),
        (
            "b",
            vec!["click; extra == 'b'", "rich; extra == 'a' or extra == 'b'"],
        ),
    ] {
        let members = members.into_iter().map(|one| one.parse().unwrap());
        lkml.extras
            .insert(extra.parse().unwrap(), members.collect());
    }
    let one = requiring(&["py3-none-any"], &["lkml[all,missing]"]);
    let Ok(Step::Done(done)) = step(&[NAME], vec![(NAME, one), ("lkml", lkml)]) else {
        panic!("everything is known")
    };
    let lkml = &done.lock.third_party[&"lkml".parse().unwrap()];
    let names: BTreeSet<&str> = lkml.package.extras["all"]
        .iter()
        .map(|one| one.attribute.as_str())
        .collect();
    assert_eq!(names, BTreeSet::from(["click", "rich"]));
    assert_eq!(lkml.package.extras.len(), 1);
    let note = "no-such-thing requires `lkml[all,missing]`, and lkml 1.0 has no extra `missing`: nothing is added for it";
    assert!(done.notes.iter().any(|one| one == note), "{:?}", done.notes);
}

#[test]
fn an_extra_that_nixpkgs_lacks_is_its_members() {
    let one = requiring(
        &["py3-none-any"],
        &["rich[unheard-of]; sys_platform == 'linux'"],
    );
    let Ok(Step::Need(needs)) = step(&[NAME], vec![(NAME, one.clone())]) else {
        panic!("the members have to be read")
    };
    assert_eq!(needs.distributions[0].name.as_str(), "rich");
    let mut rich = distribution("rich", "14.0", &["py3-none-any"]).1;
    let members = vec!["click>=5; extra == 'unheard-of'".parse().unwrap()];
    rich.extras.insert("unheard-of".parse().unwrap(), members);
    let (locked, _) = locked(vec![(NAME, one), ("rich", rich)]);
    let found: Vec<String> = locked
        .package
        .requires
        .iter()
        .map(|one| format!("{} {:?} {}", one.attribute, one.extras, one.systems.len()))
        .collect();
    assert_eq!(found, ["rich [] 2", "click [] 2"]);
}

#[test]
fn what_the_index_does_not_know_is_noted() {
    let one = requiring(&["py3-none-any"], &["unheard-of>=1"]);
    let (locked, notes) = locked(vec![(NAME, one)]);
    assert_eq!(locked.package.requires[0].attribute, "unheard-of");
    let note = "the index does not have what no-such-thing requires: unheard-of. Nix looks";
    assert!(notes.iter().any(|one| one.starts_with(note)), "{notes:?}");
}

#[test]
fn a_link_is_not_packaged() {
    let one = requiring(&["py3-none-any"], &["rich @ https://example.org/rich.whl"]);
    let failure = step(&[NAME], vec![(NAME, one)]).unwrap_err();
    assert!(
        told(&failure)
            .contains("`no-such-thing`: it requires `rich` from `https://example.org/rich.whl`")
    );
}

#[test]
fn the_catalogue_holds_what_does_not_build_in_every_version() {
    let one = requiring(&["py3-none-any"], &["sling"]);
    let Ok(Step::Need(needs)) = step(&[NAME], vec![(NAME, one)]) else {
        panic!("sling has to be read")
    };
    let asked: Vec<&str> = needs.distributions[0]
        .asked
        .iter()
        .map(|(one, _)| one.raw())
        .collect();
    assert_eq!(asked, ["sling", "sling<1.4.11"]);
}

#[test]
fn the_monorepo_at_a_tag_without_a_known_hash_has_to_be_read() {
    let flags = ["--release", "1.12.22", "--source", "github"];
    let Ok(Step::Need(needs)) = resolved(&flags, "", &Facts::default()) else {
        panic!("the catalogue has no hash of this tag")
    };
    let tag = needs.source.unwrap();
    assert_eq!(tag.tag, "1.12.22");
    let other = SourceTag {
        tag: "1.12.21".to_owned(),
        ..tag.clone()
    };
    let with = |source: LockedSource| Facts {
        source: Some(source),
        ..Facts::default()
    };
    let read = tag.with_hash("sha256-AJWxK/WWbeUpwP6x+ghnFnGz7sxa8ue/lwMsqNK9Mzw=");
    let Ok(Step::Done(done)) = resolved(&flags, "", &with(read.clone())) else {
        panic!("everything is known")
    };
    assert_eq!(done.lock.release.source, Some(read));
    // What is known of another tag says nothing.
    let step = resolved(&flags, "", &with(other.with_hash("sha256-AA=")));
    assert!(matches!(step, Ok(Step::Need(_))));
}
