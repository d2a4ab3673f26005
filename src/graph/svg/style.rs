//! Colours and fonts of the picture, for light and dark grounds.

use crate::graph::Kind;
use std::fmt::Write;

/// The style sheet.
pub(super) fn style() -> String {
    let mut css = String::from(
        "text{font-family:ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,'Liberation Mono',monospace;font-size:11px;fill:#1c2024}\n\
         .title{font-size:20px;font-weight:bold}\n\
         .name{font-size:13px;font-weight:bold}\n\
         .version{text-anchor:end;fill:#454d55}\n\
         .item{fill:#39424b}\n\
         .rare{font-style:italic}\n\
         .category,.note{fill:#59636d}\n\
         .category{font-weight:bold}\n\
         .page{fill:#fff}\n\
         .head{stroke-width:1.3}\n\
         .list,.nixpkgs{fill:#f6f8fa;stroke:#a9b4be}\n\
         .frame{fill:#f3f5f7;fill-opacity:.55;stroke:#a9b4be;stroke-dasharray:2 3}\n\
         .line{fill:none;stroke:#59636d;stroke-width:1.3}\n\
         .rare-line{stroke-dasharray:5 4}\n\
         .member{stroke:#b3a6d4}\n\
         .tip{fill:#59636d}\n.member-tip{fill:#b3a6d4}\n",
    );
    for kind in Kind::ALL {
        let colours = kind.light();
        let _ = writeln!(
            css,
            ".head.{}{{fill:{};stroke:{}}}",
            kind.name(),
            colours.fill,
            colours.line
        );
    }
    css.push_str(
        "@media (prefers-color-scheme:dark){\n\
         text{fill:#e8eaed}\n.version{fill:#b9c2cb}\n.item{fill:#c6ced6}\n.category,.note{fill:#98a7b6}\n\
         .page{fill:#14171b}\n.list{fill:#1b2026;stroke:#4b5662}\n\
         .frame{fill:#1d2229;stroke:#4b5662}\n.line{stroke:#98a7b6}\n.member{stroke:#6f6396}\n\
         .tip{fill:#98a7b6}\n.member-tip{fill:#6f6396}\n",
    );
    for kind in Kind::ALL {
        let colours = kind.dark();
        let _ = writeln!(
            css,
            ".head.{}{{fill:{};stroke:{}}}",
            kind.name(),
            colours.fill,
            colours.line
        );
    }
    css + "}\n"
}
