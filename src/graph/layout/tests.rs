//! What must hold of every layout.

use super::*;
use proptest::prelude::*;

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/// Follows the pieces from one box to all that they lead to.
fn reached(layout: &Layout, from: usize, style: usize, is_turned: bool) -> Vec<usize> {
    let of_kind = |wire: &&Wire| wire.style == style && wire.is_turned == is_turned;
    let pieces: Vec<&Wire> = layout.wires.iter().filter(of_kind).collect();
    let mut open: Vec<&Wire> = pieces
        .iter()
        .copied()
        .filter(|wire| wire.ends.0 == Some(from))
        .collect();
    let mut reached = Vec::new();
    while let Some(wire) = open.pop() {
        match wire.ends.1 {
            Some(to) => reached.push(to),
            None => open.extend(
                pieces
                    .iter()
                    .copied()
                    .filter(|next| next.ends.0.is_none() && next.from == wire.to),
            ),
        }
    }
    reached
}

fn check(sizes: &[Size], lines: &[Line]) {
    let layout = layout(sizes, lines);
    for (at, one) in layout.boxes.iter().enumerate() {
        for other in layout.boxes.iter().skip(at + 1) {
            assert!(!overlap(one, other), "{one:?} and {other:?} overlap");
        }
        assert!(one.x >= 0 && one.y >= 0, "{one:?}");
        assert!(one.x + one.width <= layout.width && one.y + one.height <= layout.height);
    }
    for line in lines.iter().filter(|line| line.from != line.to) {
        let there = reached(&layout, line.from, line.style, false).contains(&line.to);
        let back = reached(&layout, line.to, line.style, true).contains(&line.from);
        assert!(there || back, "{line:?} does not arrive");
    }
    for wire in &layout.wires {
        let at_edge = |end: Option<usize>, (x, y): (i64, i64), right: bool| {
            let Some(rect) = end.and_then(|end| layout.boxes.get(end)) else {
                return;
            };
            let edge = if right { rect.x + rect.width } else { rect.x };
            assert_eq!(x, edge, "{wire:?} does not end at {rect:?}");
            assert!(
                (rect.y..=rect.y + rect.height).contains(&y),
                "{wire:?} misses {rect:?}"
            );
        };
        at_edge(wire.ends.0, wire.from, true);
        at_edge(wire.ends.1, wire.to, false);
        for rect in &layout.boxes {
            for (y, from, to) in [
                (wire.from.1, wire.from.0, wire.gap),
                (wire.to.1, wire.gap_end, wire.to.0),
            ] {
                let inside = rect.y < y && y < rect.y + rect.height;
                let across = rect.x < to && from < rect.x + rect.width;
                assert!(!(inside && across), "{wire:?} runs across {rect:?}");
            }
            let in_gap = rect.x < wire.gap_end && wire.gap < rect.x + rect.width;
            assert!(!in_gap, "{rect:?} stands in the gap of {wire:?}");
        }
    }
}

fn size() -> impl Strategy<Value = Size> {
    (20_i64..400, 20_i64..300, prop::bool::weighted(0.1)).prop_map(|(width, height, alone)| Size {
        width,
        height,
        alone,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn boxes_stand_apart_and_lines_arrive(
        sizes in prop::collection::vec(size(), 1..40),
        ends in prop::collection::vec((0_usize..40, 0_usize..40, 0_usize..2), 0..80),
        bundle in prop::sample::select(vec![Bundle::From, Bundle::To]),
    ) {
        let count = sizes.len();
        let lines: Vec<Line> = ends
            .into_iter()
            .map(|(from, to, style)| Line { from: from % count, to: to % count, style, bundle })
            .collect();
        check(&sizes, &lines);
    }
}

#[test]
fn nothing_and_circles_are_laid_out() {
    let size = Size {
        width: 100,
        height: 30,
        alone: false,
    };
    let line = |from, to| Line {
        from,
        to,
        style: 0,
        bundle: Bundle::To,
    };
    check(&[], &[]);
    check(&[size], &[line(0, 0)]);
    check(&[size; 3], &[line(0, 1), line(1, 2), line(2, 0)]);
    check(&[size; 90], &[]);
}

#[test]
fn who_requires_stands_left_of_what_is_required() {
    let size = Size {
        width: 100,
        height: 30,
        alone: false,
    };
    let lines = [(0, 1), (0, 2), (2, 3), (1, 3)].map(|(from, to)| Line {
        from,
        to,
        style: 0,
        bundle: Bundle::From,
    });
    let layout = layout(&[size; 4], &lines);
    for line in lines {
        assert!(layout.boxes[line.from].x + 100 < layout.boxes[line.to].x);
    }
}
