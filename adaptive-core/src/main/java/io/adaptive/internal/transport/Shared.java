package io.adaptive.internal.transport;

import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.adaptive.internal.message.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * A resource shared by several users: created for the first one, ended with the last.
 * Thread-safe.
 *
 * @param <T> the type of the resource
 */
public final class Shared<T> {

	private final Supplier<T> make;

	private final BiConsumer<T, Deadline> end;

	private int users;

	private @Nullable T current;

	/**
	 * Creates a holder without users.
	 * @param make creates the resource for the first user, must not block
	 * @param end ends it after the last user has left, by a deadline; a new resource may
	 * exist by then
	 */
	public Shared(Supplier<T> make, BiConsumer<T, Deadline> end) {
		this.make = make;
		this.end = end;
	}

	/**
	 * Adds a user.
	 * @return the resource; each call is followed by one of {@link #release}
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
	 * Removes a user.
	 * @param deadline the end of the waiting for the resource to end, if this was the
	 * last user
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
	 * Returns the number of users.
	 * @return the number
	 */
	public synchronized int users() {
		return this.users;
	}

}
