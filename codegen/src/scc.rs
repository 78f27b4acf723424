//! Strongly connected components: which nodes of a graph lead to each other.

/// For each node the number of its component, by the algorithm of Tarjan; without recursion, whatever the depth.
pub fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut search = Search {
        edges,
        order: vec![None; edges.len()],
        lowest: vec![0; edges.len()],
        component: vec![None; edges.len()],
        open: Vec::new(),
        met: 0,
    };
    (0..edges.len()).for_each(|node| search.from(node));
    search.component.into_iter().map(Option::unwrap_or_default).collect()
}

struct Search<'g> {
    edges: &'g [Vec<usize>],
    /// When each node was met.
    order: Vec<Option<usize>>,
    /// The earliest node that each leads to, as far as is known.
    lowest: Vec<usize>,
    component: Vec<Option<usize>>,
    /// Nodes without a component, in the order in which they were met.
    open: Vec<usize>,
    met: usize,
}

impl Search<'_> {
    fn from(&mut self, start: usize) {
        if self.order[start].is_some() {
            return;
        }
        let mut way = vec![(self.meet(start), 0)];
        while let Some((node, next)) = way.last_mut() {
            let node = *node;
            let Some(&target) = self.edges[node].get(*next) else {
                self.close(node);
                way.pop();
                if let Some((holder, _)) = way.last() {
                    self.lowest[*holder] = self.lowest[*holder].min(self.lowest[node]);
                }
                continue;
            };
            *next += 1;
            match (self.order[target], self.component[target]) {
                (None, _) => {
                    let target = self.meet(target);
                    way.push((target, 0));
                }
                (Some(order), None) => self.lowest[node] = self.lowest[node].min(order),
                (Some(_), Some(_)) => {}
            }
        }
    }

    fn meet(&mut self, node: usize) -> usize {
        self.order[node] = Some(self.met);
        self.lowest[node] = self.met;
        self.met += 1;
        self.open.push(node);
        node
    }

    /// A node that leads to none before it is the first of its component.
    fn close(&mut self, node: usize) {
        if self.order[node] != Some(self.lowest[node]) {
            return;
        }
        while let Some(member) = self.open.pop() {
            self.component[member] = Some(node);
            if member == node {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn nodes_that_lead_to_each_other_are_one_component() {
        let edges = [vec![1], vec![2, 3], vec![0], vec![4], vec![3, 5], vec![], vec![6]];
        let components = components(&edges);
        let together = |left: usize, right: usize| components[left] == components[right];
        assert!(together(0, 1) && together(1, 2) && together(3, 4));
        assert!(!together(0, 3) && !together(4, 5) && !together(5, 6));
    }

    #[test]
    fn depth_takes_no_stack() {
        let ring: Vec<_> = (0..1_000_000).map(|node| vec![(node + 1) % 1_000_000]).collect();
        let components = components(&ring);
        assert!(components.iter().all(|component| *component == components[0]));
    }
}
