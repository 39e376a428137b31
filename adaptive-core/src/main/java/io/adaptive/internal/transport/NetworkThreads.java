package io.adaptive.internal.transport;

import java.time.Duration;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.Deadline;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * Event loops, one for each processor, and the watch over the addresses of the machine,
 * for one node or several. Threads are started when they are first used.
 */
public final class NetworkThreads implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(SocketTransport.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final LoopResources loops = new SharedLoops();

	private final OwnAddresses addresses;

	/**
	 * Prepares to start threads.
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
	 * Ends the threads and what is still open on them.
	 * @param deadline until when to wait for the event loops, seconds at most
	 */
	public void close(Deadline deadline) {
		this.addresses.close();
		await("event loops", this.loops.disposeLater(Duration.ZERO, TIMEOUT), deadline);
	}

	/**
	 * Waits until something that event loops close is closed. A loop that does not get to
	 * it, on a machine that is very busy or with a handler that never returns, gets to it
	 * later, or ends with the program: whoever closes a node does not wait for that.
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
