package io.adaptive.internal.wire;

import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Compares the declaration of a message at its sender with that at its receiver. A
 * component that both have must have one type. A component that only one has is no
 * difference, and neither is another name of a class without one of its own on the wire,
 * as long as its components fit.
 */
final class SchemaComparison {

	/** The boxes, by the name of their primitive types. */
	private static final Map<String, String> BOXES = Stream
		.of(boolean.class, byte.class, char.class, short.class, int.class, long.class, float.class, double.class)
		.collect(Collectors.toMap(Class::getName,
				(primitive) -> MethodType.methodType(primitive).wrap().returnType().getName(), (one, other) -> one));

	private final SchemaText sent;

	private final SchemaText own;

	private final Set<Pair> seen = new HashSet<>();

	private final Deque<Pair> open = new ArrayDeque<>();

	private SchemaComparison(SchemaText sent, SchemaText own) {
		this.sent = sent;
		this.own = own;
	}

	/**
	 * Finds a component that the two declare with different types.
	 * @param sent the text of the sender
	 * @param own the text of the receiver
	 * @return the component and both types, in words, {@code null} if there is none
	 */
	static @Nullable String difference(String sent, String own) {
		return sent.equals(own) ? null : new SchemaComparison(new SchemaText(sent), new SchemaText(own)).find();
	}

	private @Nullable String find() {
		this.sent.classes().forEach((name) -> add(name, name));
		for (Pair pair = this.open.poll(); pair != null; pair = this.open.poll()) {
			String difference = compare(pair);
			if (difference != null) {
				return difference;
			}
		}
		return null;
	}

	private void add(String sentClass, String ownClass) {
		Pair pair = new Pair(sentClass, ownClass);
		if (this.seen.add(pair)) {
			this.open.add(pair);
		}
	}

	private @Nullable String compare(Pair pair) {
		Map<String, String> sentFields = this.sent.fields(pair.sent);
		Map<String, String> ownFields = this.own.fields(pair.own);
		if (sentFields == null || ownFields == null) {
			return null;
		}
		return ownFields.entrySet()
			.stream()
			.filter((field) -> !fits(sentFields.get(field.getKey()), field.getValue()))
			.map((field) -> "its sender declares %s.%s as %s, this program as %s; a component with another type needs another name"
				.formatted(pair.own, field.getKey(), sentFields.get(field.getKey()), field.getValue()))
			.sorted()
			.findFirst()
			.orElse(null);
	}

	private boolean fits(@Nullable String sentType, String ownType) {
		if (sentType == null || sentType.equals(ownType) || box(sentType).equals(box(ownType))) {
			return true;
		}
		return fits(SchemaText.Type.of(sentType), SchemaText.Type.of(ownType));
	}

	private boolean fits(SchemaText.Type sentType, SchemaText.Type ownType) {
		if (sentType.isWildcard() || ownType.isWildcard()) {
			return true;
		}
		List<SchemaText.Type> sentArguments = sentType.arguments();
		List<SchemaText.Type> ownArguments = ownType.arguments();
		if (sentArguments.size() != ownArguments.size() || !fitsByName(sentType.name(), ownType.name())) {
			return false;
		}
		for (int i = 0; i < sentArguments.size(); i++) {
			if (!fits(sentArguments.get(i), ownArguments.get(i))) {
				return false;
			}
		}
		return true;
	}

	private boolean fitsByName(String sentName, String ownName) {
		if (sentName.equals(ownName)) {
			return true;
		}
		Kind kind = kind(sentName, this.sent);
		if (kind == Kind.JDK || kind != kind(ownName, this.own)) {
			return false;
		}
		if (kind == Kind.FIELDS) {
			add(sentName, ownName);
		}
		return true;
	}

	private static Kind kind(String name, SchemaText text) {
		if (name.startsWith("java.") || name.equals(SchemaText.Type.ARRAY) || BOXES.containsKey(name)) {
			return Kind.JDK;
		}
		if (text.isEnum(name)) {
			return Kind.ENUM;
		}
		return (text.fields(name) != null) ? Kind.FIELDS : Kind.ABSTRACT;
	}

	private static String box(String type) {
		return BOXES.getOrDefault(type, type);
	}

	/**
	 * What a name stands for.
	 */
	private enum Kind {

		JDK, ENUM, FIELDS, ABSTRACT

	}

	/**
	 * Two classes to compare.
	 */
	private record Pair(String sent, String own) {

	}

}
