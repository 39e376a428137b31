package io.adaptive.node;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.message.TraceContext;
import io.adaptive.stream.MessageObserver;
import io.adaptive.stream.ObservedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Notes all that an observer is told.
 */
final class RecordingObserver implements MessageObserver {

	private final AtomicInteger number = new AtomicInteger();

	final List<Sent> sent = new CopyOnWriteArrayList<>();

	final List<Handled> handled = new CopyOnWriteArrayList<>();

	private static String parent(int number) {
		return "00-%032x-%016x-01".formatted(1, number);
	}

	@Override
	public Sending sending(ObservedMessage message, @Nullable Handling within) {
		Sent sent = new Sent(message, (Handled) within, parent(this.number.incrementAndGet()));
		this.sent.add(sent);
		return sent;
	}

	@Override
	public Handling handling(ObservedMessage message) {
		Handled handled = new Handled(message);
		this.handled.add(handled);
		return handled;
	}

	Sent sent(Class<?> type) {
		return this.sent.stream()
			.filter((each) -> each.message.type().equals(type.getName()))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no message yet of " + type));
	}

	Handled handled(Class<?> type) {
		return this.handled.stream()
			.filter((each) -> each.message.type().equals(type.getName()))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no message yet of " + type));
	}

	/**
	 * A message that can end.
	 */
	abstract static class Observed {

		final ObservedMessage message;

		final AtomicInteger ends = new AtomicInteger();

		volatile @Nullable Throwable error;

		volatile @Nullable Thread endedBy;

		Observed(ObservedMessage message) {
			this.message = message;
		}

		public void ended(@Nullable Throwable error) {
			this.error = error;
			this.endedBy = Thread.currentThread();
			this.ends.incrementAndGet();
		}

	}

	static final class Sent extends Observed implements Sending {

		final @Nullable Handled within;

		final String traceparent;

		private Sent(ObservedMessage message, @Nullable Handled within, String traceparent) {
			super(message);
			this.within = within;
			this.traceparent = traceparent;
		}

		@Override
		public TraceContext context() {
			return new TraceContext(this.traceparent, "a=1", "user=me");
		}

	}

	static final class Handled extends Observed implements Handling {

		volatile @Nullable Thread opened;

		volatile @Nullable Thread returned;

		private Handled(ObservedMessage message) {
			super(message);
		}

		@Override
		public Runnable open() {
			this.opened = Thread.currentThread();
			return () -> this.returned = Thread.currentThread();
		}

	}

}
