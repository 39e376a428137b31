package io.adaptive.internal.transport;

import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.adaptive.internal.message.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Something that several have together: made for the first of them, ended with the last.
 * Safe for use by many threads.
 *
 * @param <T> what it is
 */
public final class Shared<T> {

	private final Supplier<T> make;

	private final BiConsumer<T, Deadline> end;

	private int users;

	private @Nullable T current;

	/**
	 * Makes it without users.
	 * @param make makes it for the first one, must not block
	 * @param end ends it with the last one, by a deadline; another may be there by then
	 */
	public Shared(Supplier<T> make, BiConsumer<T, Deadline> end) {
		this.make = make;
		this.end = end;
	}

	/**
	 * Takes part.
	 * @return what is shared; each call is followed by one of {@link #release}
	 */
	public synchronized T acquire() {
		T made = this.current;
		if (made == null) {
			made = this.make.get();
			this.current = made;
		}
		this.users++;
		return made;
	}

	/**
	 * Takes part no longer.
	 * @param deadline until when to wait for its end, if this was the last one
	 */
	public void release(Deadline deadline) {
		T last = leave();
		if (last != null) {
			this.end.accept(last, deadline);
		}
	}

	private synchronized @Nullable T leave() {
		this.users--;
		if (this.users > 0) {
			return null;
		}
		T last = this.current;
		this.current = null;
		return last;
	}

	/**
	 * Returns how many take part.
	 * @return the number
	 */
	public synchronized int users() {
		return this.users;
	}

}
