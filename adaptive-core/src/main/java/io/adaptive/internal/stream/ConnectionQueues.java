package io.adaptive.internal.stream;

import io.adaptive.message.Priority;
import org.jspecify.annotations.Nullable;

/**
 * The queues in which the messages of a connection wait for a worker, one for each
 * priority.
 */
final class ConnectionQueues {

	private final ConnectionQueue normal = new ConnectionQueue();

	/** Created with the first such work; most connections have none. */
	private volatile @Nullable ConnectionQueue high;

	private volatile @Nullable ConnectionQueue low;

	ConnectionQueue of(Priority priority) {
		return switch (priority) {
			case HIGH -> high();
			case NORMAL -> this.normal;
			case LOW -> low();
		};
	}

	private ConnectionQueue high() {
		ConnectionQueue known = this.high;
		return (known != null) ? known : makeHigh();
	}

	private synchronized ConnectionQueue makeHigh() {
		ConnectionQueue queue = (this.high != null) ? this.high : new ConnectionQueue();
		this.high = queue;
		return queue;
	}

	private ConnectionQueue low() {
		ConnectionQueue known = this.low;
		return (known != null) ? known : makeLow();
	}

	private synchronized ConnectionQueue makeLow() {
		ConnectionQueue queue = (this.low != null) ? this.low : new ConnectionQueue();
		this.low = queue;
		return queue;
	}

}
