//! Templates that mean harm: one error each, soon, and nothing of the machine is seen.

use super::staged_text;
use super::table_world::TableWorld;
use floxwright::expand::{Order, Switch, expand};

/// The template's only failure says `expected`.
fn check(template: &str, expected: &str) {
    let order = Order {
        name: Some("demo".to_owned()),
        working_directory: "/staged".to_owned(),
        switches: [Switch::Silent, Switch::AllowCommands].into(),
        ..Order::default()
    };
    let staged = staged_text::read(template);
    let failure = expand(staged, &order, &mut TableWorld::default()).unwrap_err();
    assert_eq!(failure.problems.len(), 1, "{failure:?}");
    let problem = &failure.problems[0];
    let said = format!(
        "{}: {}",
        problem.message,
        problem.cause.clone().unwrap_or_default()
    );
    assert!(said.contains(expected), "{said}");
    assert!(said.len() < 2_000, "{} bytes are told", said.len());
}

fn hook(script: &str, expected: &str) {
    let template =
        format!("//- cargo-generate.toml\n[hooks]\npre = [\"h.rhai\"]\n//- h.rhai\n{script}\n");
    check(&template, expected);
}

#[test]
fn hooks_end() {
    for (script, expected) in [
        ("loop { }", "Too many operations"),
        ("fn f() { f() } f()", "overflow"),
        ("let s = \"x\"; loop { s += s; }", "Length of string"),
        ("let a = [1]; loop { a += a; }", "Size of array"),
        (
            "let m = #{}; let i = 0; loop { m[`${i}`] = i; i += 1; }",
            "Too many operations",
        ),
        (
            "let a = []; loop { let s = \"\"; s.pad(100000, 'y'); a.push(s); }",
            "Length of string",
        ),
        ("throw \"no\"", "Runtime error: no"),
        ("abort(\"no way\")", "no way"),
        ("let x = ;", "Unexpected"),
        ("import \"h\" as h;", "h"),
        (
            "let i = 0; let s = \"\"; s.pad(1000000, 'x'); loop { file::write(`f${i}`, s); i += 1; }",
            "256 MiB",
        ),
        (
            "sleep(100000); loop { sleep(1000); }",
            "Too many operations",
        ),
    ] {
        hook(script, expected);
    }
}

#[test]
fn hooks_stay_inside() {
    for (script, expected) in [
        ("file::write(\"../x\", \"\")", "inside template dir"),
        ("file::write(\"/tmp/x\", \"\")", "inside template dir"),
        ("file::delete(\"a/../../b\")", "inside template dir"),
        ("file::delete(\".\")", "own directory"),
        (
            "file::rename(\"h.rhai\", \"../../x\")",
            "inside template dir",
        ),
        ("file::listdir(\"/etc\")", "inside template dir"),
        ("import \"/etc/passwd\" as p;", "Module not found"),
        ("import \"../../x\" as p;", "Module not found"),
        ("file::write(\"no/such/x\", \"\")", "no directory"),
    ] {
        hook(script, expected);
    }
}

#[test]
fn texts_end() {
    for (text, expected) in [
        ("{% for i in (1..100000000000) %}x{% endfor %}", "range"),
        (
            "{% for i in (1..999999) %}{% for j in (1..999999) %}xxxxxxxxxxxxxxxx{% endfor %}{% endfor %}",
            "64 MiB",
        ),
        ("{{ 99999999999999999999 }}", "digits"),
    ] {
        check(&format!("//- a.txt\n{text}\n"), expected);
    }
    let deep = "{% if true %}".repeat(100_000);
    check(&format!("//- a.txt\n{deep}\n"), "nested");
    let brackets = format!("{{{{ {} }}}}", "a[".repeat(100_000));
    check(&format!("//- a.txt\n{brackets}\n"), "brackets");
}

/// Values that double in a loop, and what is as large at once: one error, long before the memory is full.
#[test]
fn values_stay_small() {
    let twenty = |step: &str| {
        format!(
            "{{% assign s = 'aaaaaaaaaa' %}}{{% assign l = 'a,b' | split: ',' %}}{{% for i in (1..40) %}}{step}{{% endfor %}}"
        )
    };
    for step in [
        "{% assign s = s | append: s %}",
        "{% assign s = s | prepend: s %}",
        "{% assign s = s | replace: 'a', s %}",
        "{% assign s = s | replace: '', s %}",
        "{% assign s = s | replace_first: 'a', s | append: s %}",
        "{% capture s %}{{ s }}{{ s }}{% endcapture %}",
        "{% assign l = l | concat: l %}",
        "{% assign a = s | split: '' %}{% assign s = a | join: s %}",
        "{% assign s = s | truncate: 1, s | append: s %}",
        "{% assign s = s | url_encode | append: s | escape | append: s %}",
        "{% if true %}{% capture s %}{% for j in (1..9) %}{{ s }}{% endfor %}{% endcapture %}{% endif %}",
    ] {
        let text = twenty(step);
        check(
            &format!("//- a.txt\n{text}\n"),
            "its values become larger than",
        );
    }
    for text in [
        "{{ 'now' | date: '%9999999999d' }}",
        "{% assign a = 'aaaaaaaaaa' %}{% for i in (1..20) %}{% assign a = a | append: a %}{% for j in (1..99999) %}{% assign b = a %}{% endfor %}{% endfor %}",
    ] {
        check(
            &format!("//- a.txt\n{text}\n"),
            "its values become larger than",
        );
    }
    for text in [
        "{% assign n = 99999999999 %}{% for i in (1..n) %}x{% endfor %}",
        "{% assign n = '99999999999' %}x {%- for i in ( 1 .. n ) -%}x{% endfor %}",
        "{% assign n = 5 | minus: 99999999 %}{% tablerow i in (n..5) %}x{% endtablerow %}",
    ] {
        check(&format!("//- a.txt\n{text}\n"), "range of more than 999999");
    }
}

#[test]
fn nothing_outside_is_taken_away() {
    for entry in ["/etc", "../x", "a/../../x", ".", "", "/"] {
        let template =
            format!("//- cargo-generate.toml\n[template]\nignore = [\"{entry}\"]\n//- a\n");
        check(&template, "is not inside the template");
    }
}
