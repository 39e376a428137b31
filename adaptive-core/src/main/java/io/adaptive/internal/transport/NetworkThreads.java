package io.adaptive.internal.transport;

import java.time.Duration;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.Deadline;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * The event loops, one for each processor, and the watch over the addresses of the
 * machine, for one or several nodes. Threads are started on first use.
 */
public final class NetworkThreads implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(NetworkThreads.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final LoopResources loops = new SharedLoops();

	private final OwnAddresses addresses;

	/**
	 * Creates them without starting threads.
	 */
	public NetworkThreads() {
		this(new OwnAddresses());
	}

	NetworkThreads(OwnAddresses addresses) {
		this.addresses = addresses;
	}

	LoopResources loops() {
		return this.loops;
	}

	OwnAddresses addresses() {
		return this.addresses;
	}

	@Override
	public void close() {
		close(Deadline.NEVER);
	}

	/**
	 * Ends the threads and closes the channels on them.
	 * @param deadline the end of the waiting for the event loops, which takes seconds at
	 * most
	 */
	public void close(Deadline deadline) {
		this.addresses.close();
		await("event loops", this.loops.disposeLater(Duration.ZERO, TIMEOUT), deadline);
	}

	/**
	 * Waits until the event loops have closed a resource. A loop that is late, on a busy
	 * machine or because of a handler that never returns, closes it later or ends with
	 * the process; closing a node does not wait for that.
	 */
	static void await(String what, Mono<Void> closed, Deadline deadline) {
		try {
			closed.block(Deadline.in(TIMEOUT).soonerOf(deadline).left());
		}
		catch (IllegalStateException ex) {
			logger.warn("event loop is busy, closed later what={}", what, ex);
		}
	}

}
