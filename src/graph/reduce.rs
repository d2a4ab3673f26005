//! Transitive reduction: an edge that says nothing new is left out.

use super::{Edge, Graph};
use std::collections::BTreeSet;

impl Graph {
    /// Without the edges that follow from others. An edge with a condition or an extra says something of its own and stays.
    #[must_use]
    pub fn reduced(&self) -> Self {
        let mut graph = self.clone();
        let plain = |edge: &Edge| edge.only.is_empty() && edge.extras.is_empty();
        graph.edges.retain(|(from, to), edge| {
            if !plain(edge) {
                return true;
            }
            let mut seen: BTreeSet<&str> = BTreeSet::from([from.as_str()]);
            let others = self
                .required_by(from)
                .filter(|(other, edge)| other != to && edge.only.is_empty());
            let mut open: Vec<&str> = others.map(|(other, _)| other).collect();
            while let Some(name) = open.pop() {
                if seen.insert(name) {
                    let next = self.required_by(name);
                    open.extend(
                        next.filter(|(_, edge)| edge.only.is_empty())
                            .map(|(next, _)| next),
                    );
                }
            }
            // In a circle each edge would follow from the others.
            !seen.contains(to.as_str()) || self.reaches(to, from)
        });
        graph
    }

    /// Whether `from` leads to `to` over edges.
    fn reaches(&self, from: &str, to: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(name) = open.pop() {
            if name == to {
                return true;
            }
            if seen.insert(name) {
                open.extend(self.required_by(name).map(|(next, _)| next));
            }
        }
        false
    }
}
