//! What the expressions and statements of a `setup.py` are worth.

use super::super::tests::{facts, told, tree};
use crate::source_tree::read;

/// Files beside the `setup.py` of every case.
const BESIDE: &str = "
//- one/__init__.py
//- one/version.py
import os
BASE = \"1.5\"
__version__ = BASE + \".0\"
HOME = os.getcwd()

def current():
    return __version__
//- requirements.txt
# comment
a>=1

b # why
//- VERSION
1.6
";

/// The file: the statements, and a call of `setup` with `expression` as its requirements.
fn file(statements: &str, expression: &str) -> String {
    format!(
        "{BESIDE}//- setup.py\nimport os, sys\nimport os.path\nfrom pathlib import Path as P\nimport setuptools as s\n{statements}\ns.setup(name='x', version='1', install_requires={expression})\n"
    )
}

/// `expected`: the requirements in metadata form.
fn check(statements: &str, expression: &str, expected: &[&str]) {
    let facts = facts(&file(statements, expression));
    let found: Vec<&str> = facts
        .requires
        .iter()
        .map(crate::python::Requirement::raw)
        .collect();
    assert_eq!(found, expected, "{statements}\n{expression}");
}

/// `expected`: why it cannot be known.
fn check_unknown(statements: &str, expression: &str, expected: &str) {
    let problems = read(&tree(&file(statements, expression)), "").unwrap_err();
    let told = told(&problems).join("; ");
    assert!(
        told.contains(&format!("({expected})")),
        "{statements}\n{expression}\n{told}"
    );
}

#[test]
fn texts() {
    check(
        "",
        "['a' 'b', 'c' + 'd', 'e%s' % '==1', '%s>=%s' % ('f', 2)]",
        &["ab", "cd", "e==1", "f>=2"],
    );
    check(
        "v = '1'",
        "[f'a=={v}', f'b=={v!s}' f'.{2}', rf'c', 'd==1%%' % () if False else 'd']",
        &["a==1", "b==1.2", "c", "d"],
    );
    check("", "' a ,b'.strip().split(',')", &["a", "b"]);
    check(
        "",
        "['-'.join(['a', 'b']), 'A'.lower(), 'c_d'.replace('_', '-'), 'vx'.lstrip('v')]",
        &["a-b", "a", "c-d", "x"],
    );
    check("", "'a\\nb>=1 # why\\n\\n# c\\n'", &["a", "b>=1"]);
    check_unknown(
        "",
        "['%d' % 1]",
        "a static reader does not follow this format",
    );
    check_unknown(
        "",
        "[f'{1:03}']",
        "a static reader does not follow this format",
    );
    check_unknown(
        "",
        "['a' * 3]",
        "a static reader does not follow this operation",
    );
    check_unknown(
        "",
        "['a'.title()]",
        "a static reader does not call `title` like this",
    );
}

#[test]
fn lists_and_dictionaries() {
    check(
        "x = ['a']\ny = x\ny.append('b')\nx += ['c']",
        "x",
        &["a", "b", "c"],
    );
    check(
        "x = ['a']\nx.extend(('b',))",
        "[*x, *('c',)]",
        &["a", "b", "c"],
    );
    check(
        "x = {'k': ['a']}\nx['l'] = ['b']\nx['k'].append('c')",
        "x['k'] + x.get('l') + x.get('m', ['d'])",
        &["a", "c", "b", "d"],
    );
    check(
        "x = {**{'a': 1}, 'b': 2} | dict(c=3)",
        "list(x)",
        &["a", "b", "c"],
    );
    check(
        "x = {'b': 'c', 'a': 'd'}",
        "sorted(x.keys()) + [v for k, v in x.items() if k != 'a']",
        &["a", "b", "c"],
    );
    check(
        "",
        "[x + y for x in ['a', 'b'] for y in ['', '-c']]",
        &["a", "a-c", "b", "b-c"],
    );
    check(
        "x = ['a', 'b', 'c']",
        "x[1:] + x[:1] + [x[-1]]",
        &["b", "c", "a"],
    );
    check("a, (b, c) = 'p', ['q', 'r']", "[a, b, c]", &["p", "q", "r"]);
    check("x = 'a'\ny = [x for x in ['b']]", "[x] + y", &["a", "b"]);
    check_unknown(
        "x = {'a': 1}",
        "[x['b']]",
        "there is no such item that a static reader can see",
    );
    check_unknown(
        "",
        "{'a', 'b'}",
        "a static reader does not evaluate this expression",
    );
}

#[test]
fn conditions() {
    check(
        "x = 'a' if 'b' in 'abc' and not None else 'c'",
        "[x]",
        &["a"],
    );
    check(
        "if 1 == 2:\n  x = 'a'\nelif 'p' not in ['q']:\n  x = 'b'\nelse:\n  x = 'c'",
        "[x]",
        &["b"],
    );
    check(
        "for x in ['a', 'b', 'c']:\n  if x == 'b':\n    continue\n  if x == 'c':\n    break\n  y = [x]",
        "y",
        &["a"],
    );
    check(
        "x = None\nx = x or 'a'",
        "[x] if x is not None else []",
        &["a"],
    );
    check(
        "if os.name == 'nt':\n  raise RuntimeError('no')\nx = 'a'",
        "['b', x]",
        &["b", "a"],
    );
    check(
        "try:\n  import z\n  y = 1\nexcept ImportError:\n  y = 2\nx = 'a'",
        "[x]",
        &["a"],
    );
    check_unknown(
        "x = ['a']\ntry:\n  x.append('b')\nexcept OSError:\n  pass",
        "x",
        "a static reader does not follow this statement",
    );
    check_unknown(
        "x = 'a'\nif sys.platform == 'darwin':\n  x = 'b'",
        "[x]",
        "this comparison cannot be decided",
    );
    check_unknown(
        "x = 'a'\nfor y in os.listdir():\n  x = y",
        "[x]",
        "a static reader does not call `os.listdir`",
    );
    check_unknown("x = ['a']\nchange(x)", "x", "`change` is not known here");
    check_unknown(
        "x = ['a']\nwhile x:\n  x.pop()",
        "x",
        "a static reader does not follow this statement",
    );
}

#[test]
fn functions() {
    check(
        "def f(x, y='b', *, z='c'):\n  return [x, y, z]",
        "f('a') + f('p', z='r', y='q')",
        &["a", "b", "c", "p", "q", "r"],
    );
    check(
        "G = ['a']\ndef f():\n  global H\n  H = 'b'\n  G.append('c')\nf()",
        "G + [H]",
        &["a", "c", "b"],
    );
    check(
        "def f():\n  if sys.version_info[:2] < (3, 4):\n    return ['a']\n  return ['b']",
        "f()",
        &[
            "a; python_version < \"3.4\"",
            "b; python_version >= \"3.4\"",
        ],
    );
    check_unknown(
        "def f(*a):\n  return a",
        "f('x')",
        "a static reader does not follow these arguments",
    );
    check_unknown(
        "def f():\n  yield 'x'",
        "list(f())",
        "a static reader does not follow this kind of function",
    );
    check_unknown(
        "@cache\ndef f():\n  return ['x']",
        "f()",
        "a static reader does not follow this kind of function",
    );
    check_unknown(
        "f = lambda: ['x']",
        "f()",
        "a static reader does not evaluate this expression",
    );
    check_unknown(
        "def f():\n  if os.name:\n    return ['x']\n  return ['y']",
        "f()",
        "this condition cannot be decided",
    );
    check_unknown("def f():\n  raise ValueError", "f()", "it raises an error");
}

#[test]
fn the_version_of_python_becomes_a_marker() {
    check(
        "",
        "['a'] if sys.version_info >= (3, 9) else ['b']",
        &[
            "b; python_version < \"3.9\"",
            "a; python_version >= \"3.9\"",
        ],
    );
    check(
        "",
        "['a'] if sys.version_info[0] == 3 and sys.version_info.minor > 9 else []",
        &["a; python_version >= \"3.10\""],
    );
    check(
        "",
        "['a'] if (3, 5) <= sys.version_info < (3, 7) else []",
        &["a; python_version >= \"3.5\" and python_version < \"3.7\""],
    );
    check("", "['a'] if sys.version_info > (2, 7) else ['b']", &["a"]);
    check_unknown(
        "",
        "['a'] if sys.version_info > (3, 7, 2) else []",
        "this comparison cannot be decided",
    );
    check_unknown(
        "",
        "[sys.version]",
        "it is not of a kind that is expected here",
    );
}

#[test]
fn files() {
    check(
        "d = {}\nexec(open('one/version.py').read(), d)",
        "['a==' + d['__version__']]",
        &["a==1.5.0"],
    );
    check(
        "here = os.path.abspath(os.path.dirname(__file__))\nwith open(os.path.join(here, 'VERSION')) as f:\n  v = f.read().strip()",
        "[f'a=={v}']",
        &["a==1.6"],
    );
    check(
        "",
        "P('requirements.txt').read_text().splitlines()",
        &["a>=1", "b"],
    );
    check(
        "",
        "open(P(__file__).parent / 'requirements.txt').readlines()",
        &["a>=1", "b"],
    );
    check(
        "",
        "['a'] if P('one').joinpath('version.py').exists() else ['b']",
        &["a"],
    );
    check_unknown(
        "d = {}\nexec(open('one/version.py').read(), d)",
        "[d['HOME']]",
        "a static reader does not call `os.getcwd`",
    );
    check_unknown(
        "d = {}\nexec(open('one/version.py').read(), d)",
        "[d['current']()]",
        "a static reader does not follow functions of other files",
    );
    check_unknown(
        "",
        "[open('/etc/hostname').read()]",
        "this path leads out of the package",
    );
    check_unknown(
        "",
        "[open('one/../../x').read()]",
        "this path leads out of the package",
    );
    check_unknown(
        "d = {}\nexec('x = = 1', d)",
        "[d['x']]",
        "`setup.py` is not Python: Expected an expression",
    );
    check_unknown(
        "d = {}\nexec(open('setup.py').read(), d)",
        "[d['x']]",
        "there is no such item that a static reader can see",
    );
}

/// A list that is never reached, with something deep in it.
fn nested(open: &str, inside: &str, close: &str, times: usize) -> String {
    let (open, close) = (open.repeat(times), close.repeat(times));
    format!("['{{}}'][0 and {open}{inside}{close}]")
}

/// A hostile file ends in an error, and neither in a crash nor in a day's work.
#[test]
fn hostile_files_end() {
    for expression in [
        nested("[", "", "]", 9_000),
        nested("", "1", "+1", 15_000),
        nested("-", "1", "", 30_000),
        nested("not ", "1", "", 10_000),
        nested("", "a", ".b", 15_000),
        nested("f(", "", ")", 9_000),
        nested("1 if 1 else ", "1", "", 4_000),
        nested("lambda: ", "1", "", 4_000),
    ] {
        let text = file("", &expression);
        assert!(text.len() < 65_000, "{}", text.len());
        let _ = read(&tree(&text), "");
    }
}

/// What would take a day or all memory is given up.
#[test]
fn endless_files_end() {
    check_unknown(
        "",
        &nested("", "1", "+1", 10_000).replacen("0 and ", "", 1),
        "it is nested too deeply",
    );
    check_unknown(
        "def f(x):\n  return f(x)",
        "f(1)",
        "it is nested too deeply",
    );
    check_unknown(
        "x = []\nx.append(x)\nchange(x)",
        "x",
        "`change` is not known here",
    );
    check_unknown(
        "t = ()\nfor i in 'a b c d e f g h i j k l m n o p q r s t u v w x y z'.split() * 1:\n  t = (t, t)\nchange(t)",
        "t",
        "a static reader does not follow this operation",
    );
    let many = "x = 'a b c d e f g h i j'.split()\n".to_owned();
    check_unknown(
        &format!(
            "{many}for a in x:\n for b in x:\n  for c in x:\n   for d in x:\n    for e in x:\n     y = a"
        ),
        "[y]",
        "it takes more than 100000 steps to evaluate",
    );
    check_unknown(
        "x = ['a']\nfor i in 'a b c d e f g h i j k l m n o p q r s t u v w x y z'.split():\n  x = x + x",
        "x",
        "it is longer than 100000",
    );
    check_unknown(
        "x = 'a'\nfor i in 'a b c d e f g h i j k l m n o p q r s t u v w x y z'.split():\n  x = f'{x}{x}'",
        "[x]",
        "it is longer than 100000",
    );
    check_unknown(
        "x = 'aaaaaaaaaa'\nfor i in 'a b c d e f g h i j k l'.split():\n  x = x.replace('a', 'aaaaaaaaaa')",
        "[x]",
        "it is longer than 100000",
    );
}
