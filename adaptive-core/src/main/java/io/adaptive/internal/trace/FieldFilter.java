package io.adaptive.internal.trace;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.adaptive.internal.message.Wildcard;
import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a field of a marked message.
 *
 * @param path the names that lead to the field
 * @param pattern the pattern for its text
 */
record FieldFilter(List<String> path, String pattern) {

	private static final int MAX_LENGTH = 256;

	/**
	 * Limit of the text, since the time for matching is proportional to its length times
	 * that of the pattern.
	 */
	private static final int MAX_TEXT = 4096;

	/**
	 * Parses a filter.
	 * @param text {@code field=pattern}
	 * @param type the type of the marked messages
	 * @throws InvalidTraceException if it has another form, if the type has no such
	 * field, or if the field is sensitive
	 */
	static FieldFilter of(String text, Class<?> type) {
		int equals = text.indexOf('=');
		if (equals <= 0 || text.length() > MAX_LENGTH) {
			throw new InvalidTraceException(
					"A filter is field=pattern, at most %s characters, such as name=W*; not \"%s\""
						.formatted(MAX_LENGTH, Printable.limited(text, 64)));
		}
		FieldFilter filter = new FieldFilter(List.of(text.substring(0, equals).split("\\.", -1)),
				text.substring(equals + 1));
		filter.check(type);
		return filter;
	}

	private void check(Class<?> type) {
		Collection<? extends Class<?>> owners = List.of(type);
		for (int i = 0; i < this.path.size(); i++) {
			String name = this.path.get(i);
			Set<Class<?>> types = new LinkedHashSet<>();
			for (Class<?> owner : owners) {
				MessageShape.Part part = MessageShape.of(owner).parts().get(name);
				if (part != null) {
					checkNotSensitive(part, owner);
					types.add(part.type());
				}
			}
			if (types.isEmpty()) {
				throw unknown(name, owners);
			}
			owners = types.stream().flatMap(FieldFilter::concrete).toList();
		}
	}

	private static void checkNotSensitive(MessageShape.Part part, Class<?> owner) {
		if (part.sensitive() || MessageShape.of(owner).sensitive()) {
			throw new InvalidTraceException(
					"Field \"%s\" of %s is sensitive, so no filter may look at it; filter by another field"
						.formatted(part.name(), owner.getName()));
		}
	}

	private static Stream<Class<?>> concrete(Class<?> type) {
		return (type.isSealed() && type.isInterface()) ? MessageType.of(type).members().stream().map((each) -> each)
				: Stream.of(type);
	}

	private static InvalidTraceException unknown(String name, Collection<? extends Class<?>> owners) {
		Set<String> there = owners.stream()
			.flatMap((owner) -> MessageShape.of(owner).parts().keySet().stream())
			.collect(Collectors.toCollection(LinkedHashSet::new));
		String owner = owners.stream().map(Class::getName).collect(Collectors.joining(" and "));
		String named = Printable.limited(name, 64);
		return new InvalidTraceException(
				there.isEmpty() ? "%s has no fields, so none is named \"%s\"".formatted(owner, named)
						: "%s has no field \"%s\"; it has %s".formatted(owner, named, String.join(", ", there))
								+ Nearest.hint(name, there));
	}

	/**
	 * Returns whether a message matches. A message whose field is missing, sensitive or
	 * cannot be read does not.
	 */
	boolean matches(Object message) {
		@Nullable Object value = message;
		try {
			for (String name : this.path) {
				MessageShape.Part part = partOf(value, name);
				if (value == null || part == null || part.sensitive() || isSensitive(value)) {
					return false;
				}
				value = part.of(value);
			}
			return !isSensitive(value) && Wildcard.matches(this.pattern, textOf(value));
		}
		// An error of an application class must not keep its message from being sent.
		catch (MessageShape.UnreadableException | RuntimeException | LinkageError | StackOverflowError ex) {
			return false;
		}
	}

	private static boolean isSensitive(@Nullable Object value) {
		return value != null && MessageShape.of(value.getClass()).sensitive();
	}

	private static MessageShape.@Nullable Part partOf(@Nullable Object owner, String name) {
		return (owner != null) ? MessageShape.of(owner.getClass()).parts().get(name) : null;
	}

	private static String textOf(@Nullable Object value) {
		return MessageText.raw(value, MAX_TEXT);
	}

	@Override
	public String toString() {
		return String.join(".", this.path) + "=" + this.pattern;
	}

}
