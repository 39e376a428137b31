package io.adaptive.internal.trace;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.message.TraceTag;
import io.adaptive.message.TraceToken;
import io.adaptive.trace.MarkedMessages;
import org.jspecify.annotations.Nullable;

/**
 * The mark of one message type, valid for a number of messages.
 */
final class Mark {

	private final String type;

	private final UUID id = UUID.randomUUID();

	private final int count;

	private final List<FieldFilter> filters;

	private final AtomicInteger next = new AtomicInteger();

	Mark(String type, int count, List<FieldFilter> filters) {
		this.type = type;
		this.count = count;
		this.filters = List.copyOf(filters);
	}

	String type() {
		return this.type;
	}

	/**
	 * Starts the trace of a message.
	 * @return its tag, {@code null} if it does not match the filters or the mark is used
	 * up
	 */
	@Nullable TraceTag start(Object message) {
		if (!this.filters.stream().allMatch((filter) -> filter.matches(message))) {
			return null;
		}
		int sequence = this.next.getAndUpdate((before) -> Math.min(before + 1, this.count));
		return (sequence < this.count) ? TraceTag.first(new TraceToken(this.id, sequence)) : null;
	}

	int remaining() {
		return this.count - this.next.get();
	}

	MarkedMessages describe() {
		String tokens = (this.count == 1) ? this.id + ".0" : this.id + ".0.." + (this.count - 1);
		return new MarkedMessages(this.type, tokens, this.count,
				this.filters.stream().map(FieldFilter::toString).toList());
	}

}
