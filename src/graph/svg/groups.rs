//! Which nodes stand alike.

use crate::graph::{Edge, Graph, Kind};
use std::collections::BTreeMap;

/// Fewer than this stay boxes of their own.
const FEWEST: usize = 4;

/// Who is at the other ends of a node's edges.
type Ends<'a> = Vec<(&'a str, &'a Edge)>;

/// What those that stand alike have in common: their kind, who requires them, what they require.
type Stand<'a> = (Kind, Ends<'a>, Ends<'a>);

/// The nodes in groups of those that are of one kind, that the same require, and that require the same; sorted.
pub(super) fn groups(graph: &Graph) -> Vec<Vec<&str>> {
    let mut required_by: BTreeMap<&str, Vec<(&str, &Edge)>> = BTreeMap::new();
    for ((from, to), edge) in &graph.edges {
        required_by.entry(to).or_default().push((from, edge));
    }
    let mut alike: Vec<(Stand<'_>, Vec<&str>)> = Vec::new();
    for (name, node) in &graph.nodes {
        let key = (
            node.kind,
            required_by.remove(name.as_str()).unwrap_or_default(),
            graph.required_by(name).collect::<Vec<_>>(),
        );
        match alike.iter_mut().find(|(known, _)| *known == key) {
            Some((_, group)) => group.push(name),
            None => alike.push((key, vec![name])),
        }
    }
    alike
        .into_iter()
        .flat_map(|(_, group)| {
            if group.len() >= FEWEST {
                vec![group]
            } else {
                group.into_iter().map(|name| vec![name]).collect()
            }
        })
        .collect()
}
