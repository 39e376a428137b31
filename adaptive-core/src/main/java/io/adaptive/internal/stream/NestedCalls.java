package io.adaptive.internal.stream;

import io.adaptive.stream.CallContext;
import org.jspecify.annotations.Nullable;

/**
 * The open calls made by the handler of one message, in a ring, so that each can be
 * removed at any time. Thread-safe.
 */
final class NestedCalls {

	/** Before the first and after the last one. */
	private final Entry ring = new Entry(() -> {
	});

	/**
	 * Adds a call.
	 * @param cancel cancels it, on any thread; must not block
	 * @return removes the call when it is over
	 */
	synchronized CallContext.Binding add(Runnable cancel) {
		Entry entry = new Entry(cancel);
		entry.previous = this.ring.previous;
		entry.next = this.ring;
		entry.previous.next = entry;
		this.ring.previous = entry;
		return entry;
	}

	/**
	 * Cancels all calls, each once.
	 */
	void cancel() {
		for (Entry first = takeFirst(); first != null; first = takeFirst()) {
			first.cancel.run();
		}
	}

	private synchronized @Nullable Entry takeFirst() {
		Entry first = this.ring.next;
		if (first == this.ring) {
			return null;
		}
		first.unlink();
		return first;
	}

	/**
	 * Returns the number of calls.
	 */
	synchronized int count() {
		int count = 0;
		for (Entry each = this.ring.next; each != this.ring; each = each.next) {
			count++;
		}
		return count;
	}

	/**
	 * One call. Linked to itself after its removal.
	 */
	private final class Entry implements CallContext.Binding {

		private final Runnable cancel;

		/** Guarded by the monitor of the calls, like the next field. */
		private Entry previous = this;

		private Entry next = this;

		Entry(Runnable cancel) {
			this.cancel = cancel;
		}

		private void unlink() {
			this.previous.next = this.next;
			this.next.previous = this.previous;
			this.previous = this;
			this.next = this;
		}

		@Override
		public void close() {
			synchronized (NestedCalls.this) {
				unlink();
			}
		}

	}

}
