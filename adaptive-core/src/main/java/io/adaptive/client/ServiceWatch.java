package io.adaptive.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ServiceEvent;

/**
 * A watch of services, which reports each instance that appears or is gone, beginning
 * with the known instances. Events are not queued: a slow reader gets the difference to
 * what it has read, so an instance that appeared and went in between is not reported.
 * Used by one thread at a time; {@code close} may be called by any thread.
 */
public interface ServiceWatch extends Iterable<ServiceEvent>, AutoCloseable {

	/**
	 * Waits for the next change.
	 * @param timeout the time to wait; zero does not wait; 100 years or more is no limit
	 * @return the change, empty if the timeout elapsed or the watch is closed
	 * @throws AdaptiveException with code {@code CANCELLED} if the thread is interrupted,
	 * or the message that it handles is cancelled
	 */
	Optional<ServiceEvent> next(Duration timeout);

	/**
	 * Returns an iterator over the changes.
	 * @return the iterator; {@code hasNext} waits for a change and returns {@code false}
	 * once the watch is closed
	 */
	@Override
	Iterator<ServiceEvent> iterator();

	@Override
	void close();

}
