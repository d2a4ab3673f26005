//! Templates and answers made by chance, the same in every run.

use super::{Programs, compare, order};
use crate::proof::wanted;
use floxwright::expand::{Staged, StagedFile, Switch};

/// How many templates.
const ROUNDS: u64 = 400;

/// A small generator of numbers, so that every run has the same templates.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound).unwrap()).unwrap()
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const PIECES: &[&str] = &[
    "text ",
    "a line that is long enough to be taken as a whole, with \"quotes\" and 'more',\n",
    "{ a line in { braces }, which is long enough to be taken as a whole }}\n",
    "{{ \"text that looks {{ like }} a tag, and is long enough to matter\" }}",
    "\n",
    "\r\n",
    "\t",
    "{{ a }}",
    "{{a|upcase}}",
    "{{ undef }}",
    "{{ flag }}",
    "{{ list }}",
    "{{ list | join: '-' }}",
    "{% if flag %}",
    "{% if a == 'x' %}",
    "{% unless flag %}",
    "{% else %}",
    "{% endif %}",
    "{% endunless %}",
    "{% elsif list contains 'p' %}",
    "{% for i in list %}",
    "{{ i }}{{ forloop.index }}",
    "{% endfor %}",
    "{{- a -}}",
    " {%- if a -%} ",
    "{% raw %}",
    "{% endraw %}",
    "{% comment %}",
    "{% endcomment %}",
    "{{ project-name }}",
    "{{crate_name | pascal_case}}",
    "{% assign z = a | append: '!' %}",
    "{{ z }}",
    "{{ a.b }}",
    "{{ undef.x }}",
    "${{ github.ref }}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{ x }",
    "{{ 'q' | title_case }}",
    "{{ a | truncate: 3 }}",
    "{% case a %}",
    "{% when 'x' %}",
    "{% endcase %}",
    "{{ list[0] }}",
    "{{ list.size }}",
    "é",
    "{{ a | split: '' | reverse | join: ',' }}",
    "{{ 7 | divided_by: 2 }}",
    "{{ a | shouty_snake_case }}",
    "{{ list | first }}",
    "{% capture c %}",
    "{% endcapture %}",
    "{{ c }}",
];

const NAMES: &[&str] = &[
    "a.txt",
    "b",
    "{{project-name}}.rs",
    "{{a}}",
    "{{a}}.txt",
    "x{{undef}}y",
    "c.liquid",
    "a.txt.liquid",
    "{{flag}}",
    "d:e",
    "{{a|upcase}}",
    "README.md",
    ".hidden",
    "{{ list }}",
    "f.rhai",
    ".genignore",
    "z z",
];

const DIRECTORIES: &[&str] = &[
    "",
    "src/",
    "{{a}}/",
    "deep/er/",
    "{{crate_name}}/",
    "{{undef}}/",
    "x.liquid/",
];

const CONDITIONS: &[&str] = &[
    "flag",
    "!flag",
    "a == \"x\"",
    "list.contains(\"p\")",
    "undef",
    "flag && a != \"\"",
    "\"p\" in list",
    "flag == true",
    "a",
    "if flag { true } else { false }",
    "crate_type == \"bin\"",
    "more == \"m\"",
    "a.len() > 1",
    "list.len == 1",
];

const PATTERNS: &[&str] = &[
    "*.txt",
    "src",
    "/a.txt",
    "**/b",
    "!README.md",
    "src/*",
    "deep/er",
    "*.rs",
    "b",
    ".hidden",
    "x.liquid/",
    "deep/",
    "*",
    "z*",
];

fn lines(dice: &mut Dice) -> String {
    let count = dice.below(3) + 1;
    let patterns: Vec<String> = (0..count)
        .map(|_| format!("{:?}", dice.one(PATTERNS)))
        .collect();
    patterns.join(", ")
}

fn configuration(dice: &mut Dice) -> String {
    let mut text = "[template]\n".to_owned();
    for list in ["include", "exclude", "ignore"] {
        if dice.below(4) == 0 {
            let lines = lines(dice);
            text += format!("{list} = [{lines}]\n").as_str();
        }
    }
    text += "[placeholders.a]\nprompt = 'a'\ndefault = 'x'\n[placeholders.flag]\ntype = 'bool'\nprompt = 'f'\ndefault = false\n";
    text += "[placeholders.list]\ntype = 'array'\nprompt = 'l'\nchoices = ['p', 'q', 'r']\ndefault = ['q', 'p']\n";
    for _ in 0..dice.below(3) {
        let condition = dice.one(CONDITIONS);
        let key = format!("[conditional.'{condition}']\n");
        if text.contains(&key) {
            continue;
        }
        text += key.as_str();
        let list = dice.one(&["include", "exclude", "ignore"]);
        // The real program takes conditions in any order, which exceptions would show.
        let lines = lines(dice).replace('!', "");
        text += format!("{list} = [{lines}]\n").as_str();
        if dice.below(2) == 0 && !text.contains("more]") {
            text += format!(
                "[conditional.'{condition}'.placeholders.more]\nprompt = 'm'\ndefault = 'm'\n"
            )
            .as_str();
        }
    }
    text
}

fn template(dice: &mut Dice) -> Staged {
    let mut staged = Staged::new();
    let mut put = |path: String, text: String, mode: u32| {
        let bytes = text.into_bytes();
        let _ = staged.insert_file(&path, StagedFile { bytes, mode });
    };
    if dice.below(5) > 0 {
        let text = configuration(dice);
        put("cargo-generate.toml".to_owned(), text, 0o644);
    }
    for _ in 0..=dice.below(8) {
        let path = format!("{}{}", dice.one(DIRECTORIES), dice.one(NAMES));
        let count = if path.ends_with(".genignore") {
            0
        } else {
            dice.below(7)
        };
        let mut text: String = (0..count).map(|_| dice.one(PIECES)).collect();
        if path.ends_with(".genignore") {
            text = format!("{}\n{}\n", dice.one(PATTERNS), dice.one(PATTERNS));
        }
        let mode = [0o644, 0o755, 0o600][dice.below(3)];
        put(path, text, mode);
    }
    staged
}

#[test]
fn templates_made_by_chance_are_as_the_real_program_has_them() {
    if !wanted("generate") {
        return;
    }
    let programs = Programs::new();
    let mut wrong = Vec::new();
    for seed in 1..=ROUNDS {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let template = template(&mut dice);
        let mut values = Vec::new();
        if dice.below(2) == 0 {
            values.push((
                "a".to_owned(),
                toml::Value::from(dice.one(&["x", "", "y z", "Ü", "a/b", ".."])),
            ));
        }
        if dice.below(2) == 0 {
            values.push(("flag".to_owned(), toml::Value::from(dice.below(2) == 0)));
        }
        if dice.below(2) == 0 {
            values.push((
                "list".to_owned(),
                toml::Value::from(dice.one(&["", "p", "p,q", "r,r", "q,p,r"])),
            ));
        }
        let mut order = order(values);
        for switch in [Switch::Force, Switch::ContinueOnError, Switch::Init] {
            if dice.below(3) == 0 {
                order.switches.insert(switch);
            }
        }
        if let Err(difference) = compare(&programs, &template, &order) {
            let source = crate::expand::staged_text::write(&template);
            wrong.push(format!(
                "seed {seed}\n{source}{:?}\n{difference}",
                order.values
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {ROUNDS} differ\n{}",
        wrong.len(),
        wrong[..wrong.len().min(5)].join("\n")
    );
    println!("{ROUNDS} templates made by chance are as the real program has them");
}
