package io.adaptive.internal.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.adaptive.internal.message.Wildcard;
import io.adaptive.message.MessageType;
import io.adaptive.message.TraceTag;
import io.adaptive.trace.MarkedMessages;
import io.adaptive.trace.TraceableMessage;
import org.jspecify.annotations.Nullable;

/**
 * The marked message types of a node. Thread-safe.
 */
public final class TraceMarks {

	/** Maximum number of messages of one mark. */
	public static final int MAX_COUNT = 4096;

	private static final int MAX_MARKS = 1024;

	private static final int MAX_FILTERS = 16;

	private static final Map<String, Mark> NOTHING = Map.of();

	private final KnownTypes types = new KnownTypes();

	/** Replaced on each change, so that reading it is one volatile read. */
	private volatile Map<String, Mark> marks = NOTHING;

	/**
	 * Starts the trace of a message that is about to be sent, outside of traced
	 * conversations.
	 */
	@Nullable TraceTag start(Object message) {
		Class<?> type = message.getClass();
		boolean unused = this.types.note(type);
		Map<String, Mark> marked = this.marks;
		return (marked != NOTHING) ? start(message, marked.get(MessageType.of(type).name())) : null;
	}

	private @Nullable TraceTag start(Object message, @Nullable Mark mark) {
		if (mark == null) {
			return null;
		}
		TraceTag tag = mark.start(message);
		if (mark.remaining() == 0) {
			remove(mark);
		}
		return tag;
	}

	/**
	 * Adds a type that can be marked by its name from then on.
	 * @param type a type that the program handles
	 */
	public void know(Class<?> type) {
		boolean unused = this.types.note(type);
	}

	/**
	 * Marks the next messages of a type.
	 * @param type the type
	 * @param count number of messages
	 * @param filters conditions on their fields
	 * @return the tokens for reading their traces
	 * @throws io.adaptive.message.AdaptiveException if one of the arguments is invalid
	 */
	public MarkedMessages mark(Class<?> type, int count, List<String> filters) {
		if (!this.types.note(type)) {
			Collection<String> members = MessageType.of(type).members().stream().map(Class::getName).sorted().toList();
			throw new InvalidTraceException(
					"No message is of type %s itself, so it cannot be marked".formatted(type.getName())
							+ (members.isEmpty() ? "" : "; mark one of " + String.join(", ", members)));
		}
		return mark(MessageType.of(type).name(), List.of(type), count, filters);
	}

	/**
	 * Marks the next messages of a type.
	 * @param typeName the type's name on the wire, or its class name
	 * @param count number of messages
	 * @param filters conditions on their fields
	 * @return the tokens for reading their traces
	 * @throws io.adaptive.message.AdaptiveException if one of the arguments is invalid
	 */
	public MarkedMessages mark(String typeName, int count, List<String> filters) {
		List<Class<?>> named = this.types.all().stream().filter((type) -> isNamed(type, typeName)).toList();
		if (named.isEmpty()) {
			throw unknown(typeName);
		}
		return mark(MessageType.of(named.get(0)).name(), named, count, filters);
	}

	private static boolean isNamed(Class<?> type, String name) {
		return MessageType.of(type).name().equals(name) || type.getName().equals(name);
	}

	private InvalidTraceException unknown(String typeName) {
		Set<String> names = new TreeSet<>();
		for (Class<?> type : this.types.all()) {
			names.add(MessageType.of(type).name());
			names.add(type.getName());
		}
		return new InvalidTraceException(
				"Message type \"%s\" is not known to this program, which knows the types that it handles or has sent%s"
					.formatted(Printable.limited(typeName, 128), Nearest.hint(typeName, names)));
	}

	private MarkedMessages mark(String name, List<Class<?>> types, int count, List<String> filters) {
		if (count < 1 || count > MAX_COUNT) {
			throw new InvalidTraceException("A mark is for 1 to %s messages, not for %s; unmark the type to trace none"
				.formatted(MAX_COUNT, count));
		}
		if (filters.size() > MAX_FILTERS) {
			throw new InvalidTraceException(
					"A mark has at most %s filters, not %s".formatted(MAX_FILTERS, filters.size()));
		}
		List<FieldFilter> parsed = new ArrayList<>();
		for (Class<?> type : types) {
			parsed = filters.stream().map((filter) -> FieldFilter.of(filter, type)).toList();
		}
		Mark mark = new Mark(name, count, parsed);
		put(mark);
		return mark.describe();
	}

	private synchronized void put(Mark mark) {
		Map<String, Mark> changed = new HashMap<>(this.marks);
		changed.put(mark.type(), mark);
		if (changed.size() > MAX_MARKS) {
			throw new InvalidTraceException(
					"%s message types are marked, which is the most; unmark some".formatted(MAX_MARKS));
		}
		this.marks = Map.copyOf(changed);
	}

	private synchronized boolean remove(Mark mark) {
		Map<String, Mark> changed = new HashMap<>(this.marks);
		boolean removed = changed.remove(mark.type(), mark);
		this.marks = changed.isEmpty() ? NOTHING : Map.copyOf(changed);
		return removed;
	}

	/**
	 * Removes the mark of a type.
	 * @param typeName the type's name on the wire, or its class name
	 * @return whether there was one
	 */
	public boolean unmark(String typeName) {
		Mark direct = this.marks.get(typeName);
		if (direct != null) {
			return remove(direct);
		}
		return this.types.all()
			.stream()
			.filter((type) -> type.getName().equals(typeName))
			.map((type) -> this.marks.get(MessageType.of(type).name()))
			.anyMatch((mark) -> mark != null && remove(mark));
	}

	/**
	 * Removes all marks.
	 */
	public synchronized void unmarkAll() {
		this.marks = NOTHING;
	}

	/**
	 * Returns the marks that are not used up.
	 * @return the marks by type
	 */
	public List<MarkedMessages> marks() {
		return this.marks.values()
			.stream()
			.map(Mark::describe)
			.sorted(Comparator.comparing(MarkedMessages::type))
			.toList();
	}

	/**
	 * Returns the types that can be marked by their names.
	 * @param pattern pattern for a name on the wire or a class name
	 * @return the types by name
	 */
	public List<TraceableMessage> traceable(String pattern) {
		Map<String, Mark> marked = this.marks;
		return this.types.all().stream().map((type) -> {
			String name = MessageType.of(type).name();
			Mark mark = marked.get(name);
			return new TraceableMessage(name, type.getName(), (mark != null) ? mark.remaining() : 0);
		})
			.filter((each) -> Wildcard.matches(pattern, each.type()) || Wildcard.matches(pattern, each.className()))
			.sorted(Comparator.comparing(TraceableMessage::type).thenComparing(TraceableMessage::className))
			.collect(Collectors.toList());
	}

}
