//! A graph for programs.

use super::Graph;
use serde_json::{Value, json as object};

/// Everything that the graph holds, sorted.
pub fn json(graph: &Graph) -> Value {
    let nodes = graph.nodes.iter().map(|(name, node)| {
        let mut value = object!({ "id": name, "name": node.label, "kind": node.kind.name() });
        if !node.version.is_empty() {
            value["version"] = node.version.clone().into();
        }
        if !node.category.is_empty() {
            value["category"] = node.category.clone().into();
        }
        value
    });
    let edges = graph.edges.iter().map(|((from, to), edge)| {
        let mut value = object!({ "from": from, "to": to });
        if !edge.extras.is_empty() {
            value["extras"] = object!(edge.extras);
        }
        if !edge.only.is_empty() {
            value["only"] = object!(edge.only);
        }
        value
    });
    object!({
        "schema": 1,
        "title": graph.title,
        "nodes": nodes.collect::<Vec<_>>(),
        "edges": edges.collect::<Vec<_>>(),
    })
}
