package io.adaptive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The circles of a graph: the sets of two and more nodes of which each reaches each other
 * one. Found by Tarjan's search for strongly connected components.
 */
final class Circles {

	private final List<Set<String>> found = new ArrayList<>();

	private final Map<String, Set<String>> uses;

	private final Map<String, Integer> order = new HashMap<>();

	private final Map<String, Integer> lowest = new HashMap<>();

	private final Deque<String> open = new ArrayDeque<>();

	private Circles(Map<String, Set<String>> uses) {
		this.uses = uses;
	}

	/**
	 * Searches a graph.
	 * @param uses the nodes, each with the nodes to which its arrows point
	 * @return the nodes of each circle, sorted
	 */
	static List<Set<String>> of(Map<String, Set<String>> uses) {
		Circles search = new Circles(uses);
		uses.keySet().stream().filter((node) -> !search.order.containsKey(node)).forEach(search::visit);
		return search.found;
	}

	private void visit(String node) {
		this.order.put(node, this.order.size());
		this.lowest.put(node, this.order.get(node));
		this.open.push(node);
		for (String used : this.uses.getOrDefault(node, Set.of())) {
			if (!this.order.containsKey(used)) {
				visit(used);
				this.lowest.merge(node, this.lowest.get(used), Math::min);
			}
			else if (this.open.contains(used)) {
				this.lowest.merge(node, this.order.get(used), Math::min);
			}
		}
		if (this.lowest.get(node).equals(this.order.get(node))) {
			close(node);
		}
	}

	private void close(String first) {
		Set<String> circle = new TreeSet<>();
		String node;
		do {
			node = this.open.pop();
			circle.add(node);
		}
		while (!node.equals(first));
		if (circle.size() > 1) {
			this.found.add(circle);
		}
	}

}
