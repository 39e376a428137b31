package io.adaptive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;

/**
 * The knots among the top-level types of each room: types of which each refers to each
 * other one, directly or through others of the same knot. What is nested in a type
 * belongs to it.
 */
final class Knots {

	private final Map<String, Map<String, Set<String>>> rooms = new TreeMap<>();

	Knots(JavaClasses classes) {
		for (JavaClass type : classes) {
			if (type.getSimpleName().equals("package-info")) {
				continue;
			}
			String room = roomOf(type);
			Map<String, Set<String>> types = this.rooms.computeIfAbsent(room, (added) -> new TreeMap<>());
			Set<String> uses = types.computeIfAbsent(outermost(type), (added) -> new TreeSet<>());
			type.getDirectDependenciesFromSelf()
				.stream()
				.map((dependency) -> dependency.getTargetClass().getBaseComponentType())
				.filter((used) -> used.getPackageName().startsWith("io.adaptive.") && roomOf(used).equals(room))
				.map(Knots::outermost)
				.forEach(uses::add);
		}
	}

	private static String roomOf(JavaClass type) {
		return type.getPackageName().replaceFirst("^io\\.adaptive\\.(internal\\.)?", "").split("\\.")[0];
	}

	private static String outermost(JavaClass type) {
		return type.getEnclosingClass().map(Knots::outermost).orElseGet(type::getName);
	}

	Set<String> rooms() {
		return this.rooms.keySet();
	}

	int types() {
		return this.rooms.values().stream().mapToInt(Map::size).sum();
	}

	int typesInKnots() {
		return rooms().stream().flatMap((room) -> in(room).stream()).mapToInt(List::size).sum();
	}

	/**
	 * Returns the knots of a room.
	 * @return the types of each, by name
	 */
	List<List<String>> in(String room) {
		return new Search(this.rooms.getOrDefault(room, Map.of())).knots;
	}

	/**
	 * Tarjan's search for strongly connected components.
	 */
	private static final class Search {

		final List<List<String>> knots = new ArrayList<>();

		private final Map<String, Set<String>> uses;

		private final Map<String, Integer> order = new HashMap<>();

		private final Map<String, Integer> lowest = new HashMap<>();

		private final Deque<String> open = new ArrayDeque<>();

		Search(Map<String, Set<String>> uses) {
			this.uses = uses;
			uses.keySet().stream().filter((type) -> !this.order.containsKey(type)).forEach(this::visit);
		}

		private void visit(String type) {
			this.order.put(type, this.order.size());
			this.lowest.put(type, this.order.get(type));
			this.open.push(type);
			for (String used : this.uses.getOrDefault(type, Set.of())) {
				if (!this.order.containsKey(used)) {
					visit(used);
					this.lowest.merge(type, this.lowest.get(used), Math::min);
				}
				else if (this.open.contains(used)) {
					this.lowest.merge(type, this.order.get(used), Math::min);
				}
			}
			if (this.lowest.get(type).equals(this.order.get(type))) {
				close(type);
			}
		}

		private void close(String first) {
			Set<String> knot = new TreeSet<>();
			String type;
			do {
				type = this.open.pop();
				knot.add(type.substring(type.lastIndexOf('.') + 1));
			}
			while (!type.equals(first));
			if (knot.size() > 1) {
				this.knots.add(List.copyOf(knot));
			}
		}

	}

}
