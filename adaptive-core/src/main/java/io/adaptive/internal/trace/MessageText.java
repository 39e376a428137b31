package io.adaptive.internal.trace;

import java.io.File;
import java.lang.reflect.Array;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.Currency;
import java.util.Date;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * The text of a message in a trace: in the form of a record's {@code toString}, but
 * without parts that are {@link io.adaptive.annotation.Sensitive} at any depth, and
 * limited in length, depth and number of elements. No {@code toString} of an application
 * class is called, since it would neither be limited nor hide sensitive parts.
 */
public final class MessageText {

	/** In characters. */
	public static final int MAX_LENGTH = 1024;

	private static final int MAX_DEPTH = 6;

	private static final int MAX_ELEMENTS = 20;

	private final StringBuilder text = new StringBuilder();

	private final int maxLength;

	private MessageText(int maxLength) {
		this.maxLength = maxLength;
	}

	/**
	 * Returns the text of a message, with invisible characters escaped.
	 */
	static String of(@Nullable Object message) {
		return Printable.limited(raw(message, MAX_LENGTH), MAX_LENGTH);
	}

	/**
	 * Returns the text of a message, or of a part of one, without escapes.
	 * @param maxLength approximate maximum length, in characters
	 */
	static String raw(@Nullable Object message, int maxLength) {
		MessageText text = new MessageText(maxLength);
		text.add(message, 0);
		return text.text.toString();
	}

	private boolean isFull() {
		return this.text.length() > this.maxLength;
	}

	private void add(@Nullable Object value, int depth) {
		if (value == null) {
			this.text.append("null");
			return;
		}
		Class<?> type = value.getClass();
		MessageShape shape = MessageShape.of(type);
		if (shape.sensitive()) {
			this.text.append("***");
		}
		else if (value instanceof Enum<?> constant) {
			this.text.append(constant.name());
		}
		else if (isPlain(value)) {
			addPlain(value.toString());
		}
		else if (depth >= MAX_DEPTH) {
			this.text.append('\u2026');
		}
		else if (type.isArray()) {
			addArray(value, depth);
		}
		else if (!MessageShape.isOfJdk(type)) {
			addParts(value, shape, depth);
		}
		else {
			addContainer(value, depth);
		}
	}

	/**
	 * Returns whether a value is of a JDK class whose {@code toString} contains no
	 * application objects.
	 */
	private static boolean isPlain(Object value) {
		return MessageShape.isOfJdk(value.getClass()) && (value instanceof CharSequence || value instanceof Number
				|| value instanceof Boolean || value instanceof Character || value instanceof TemporalAccessor
				|| value instanceof TemporalAmount || value instanceof ZoneId || value instanceof UUID
				|| value instanceof Date || value instanceof URI || value instanceof URL || value instanceof Path
				|| value instanceof File || value instanceof InetAddress || value instanceof Locale
				|| value instanceof Currency || value instanceof Charset || value instanceof Class<?>);
	}

	private void addPlain(String value) {
		this.text.append(value, 0, Math.min(value.length(), this.maxLength + 1));
	}

	private void addArray(Object array, int depth) {
		int length = Array.getLength(array);
		if (array instanceof byte[]) {
			this.text.append("byte[").append(length).append(']');
			return;
		}
		Iterator<Integer> indexes = IntStream.range(0, length).iterator();
		addAll("[", "]", length, indexes, (index) -> add(Array.get(array, index), depth + 1));
	}

	private void addParts(Object value, MessageShape shape, int depth) {
		this.text.append(value.getClass().getSimpleName());
		addAll("[", "]", shape.parts().size(), shape.parts().values().iterator(), (part) -> {
			this.text.append(part.name()).append('=');
			addPart(value, part, depth);
		});
	}

	private void addPart(Object value, MessageShape.Part part, int depth) {
		if (part.sensitive()) {
			this.text.append("***");
			return;
		}
		try {
			add(part.of(value), depth + 1);
		}
		catch (MessageShape.UnreadableException ex) {
			this.text.append('(').append(ex.getMessage()).append(')');
		}
	}

	/**
	 * Adds a container, which another thread may change concurrently.
	 */
	private void addContainer(Object value, int depth) {
		try {
			if (value instanceof Optional<?> optional) {
				add(optional.orElse(null), depth + 1);
			}
			else if (value instanceof Collection<?> collection) {
				addAll("[", "]", collection.size(), collection.iterator(), (element) -> add(element, depth + 1));
			}
			else if (value instanceof Map<?, ?> map) {
				addAll("{", "}", map.size(), map.entrySet().iterator(), (entry) -> {
					add(entry.getKey(), depth + 1);
					this.text.append('=');
					add(entry.getValue(), depth + 1);
				});
			}
			else {
				this.text.append(value.getClass().getSimpleName());
			}
		}
		catch (RuntimeException ex) {
			this.text.append('(').append(ex.getClass().getSimpleName()).append(')');
		}
	}

	private <E> void addAll(String open, String close, int size, Iterator<E> elements, Consumer<? super E> add) {
		this.text.append(open);
		int count = 0;
		while (elements.hasNext() && count < MAX_ELEMENTS && !isFull()) {
			if (count++ > 0) {
				this.text.append(", ");
			}
			add.accept(elements.next());
		}
		if (elements.hasNext()) {
			this.text.append(", \u2026 %s more".formatted(Math.max(1, size - count)));
		}
		this.text.append(close);
	}

}
