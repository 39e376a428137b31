package io.adaptive.spring.observation;

import io.adaptive.message.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * The trace headers of a message: the W3C headers {@code traceparent}, {@code tracestate}
 * and {@code baggage}, and no others. Not thread-safe.
 */
public final class TraceHeaders {

	private @Nullable String traceparent;

	private @Nullable String tracestate;

	private @Nullable String baggage;

	TraceHeaders() {
	}

	static TraceHeaders of(@Nullable TraceContext context) {
		TraceHeaders headers = new TraceHeaders();
		if (context != null) {
			headers.traceparent = context.traceparent();
			headers.tracestate = context.tracestate();
			headers.baggage = context.baggage();
		}
		return headers;
	}

	/**
	 * Sets a header.
	 * @param name the name; other headers are ignored
	 * @param value the value
	 */
	public void set(String name, String value) {
		switch (name) {
			case "traceparent" -> this.traceparent = value;
			case "tracestate" -> this.tracestate = value;
			case "baggage" -> this.baggage = value;
			default -> {
				// The protocol has no field for it.
			}
		}
	}

	/**
	 * Returns a header.
	 * @param name its name
	 * @return its value, {@code null} if it is not set
	 */
	public @Nullable String get(String name) {
		return switch (name) {
			case "traceparent" -> this.traceparent;
			case "tracestate" -> this.tracestate;
			case "baggage" -> this.baggage;
			default -> null;
		};
	}

	@Nullable TraceContext toContext() {
		return (this.traceparent != null) ? new TraceContext(this.traceparent, this.tracestate, this.baggage) : null;
	}

}
