package io.adaptive.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ServiceEvent;

/**
 * Tells what instances of services appear and go, beginning with those that are there.
 * Nothing is queued: a reader that is slow gets the difference to what it knows, and an
 * instance that came and went meanwhile is not told. For one thread at a time; closing
 * may be done by another.
 */
public interface ServiceWatch extends Iterable<ServiceEvent>, AutoCloseable {

	/**
	 * Waits for the next change.
	 * @param timeout how long to wait, zero to only look; a hundred years or more are no
	 * limit
	 * @return the change, empty if there was none in time or the watch is closed
	 * @throws AdaptiveException with code {@code CANCELLED} if the thread is interrupted,
	 * or the message is cancelled that it handles
	 */
	Optional<ServiceEvent> next(Duration timeout);

	/**
	 * Returns the changes, one after the other, as they happen.
	 * @return the changes; {@code hasNext} waits for one, and is {@code false} once the
	 * watch is closed
	 */
	@Override
	Iterator<ServiceEvent> iterator();

	@Override
	void close();

}
