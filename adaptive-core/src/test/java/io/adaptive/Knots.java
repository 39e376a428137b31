package io.adaptive;

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
		return Circles.of(this.rooms.getOrDefault(room, Map.of()))
			.stream()
			.map((knot) -> knot.stream().map((type) -> type.substring(type.lastIndexOf('.') + 1)).sorted().toList())
			.toList();
	}

}
