package io.adaptive.internal.client;

import java.util.Objects;
import java.util.concurrent.Executor;

import io.adaptive.internal.stream.ConnectionSet;
import io.adaptive.raw.RawConnection;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;
import io.adaptive.spi.RawReceiver;
import org.jspecify.annotations.Nullable;

/**
 * Opens one raw connection.
 */
final class RawOpening implements LinkAcceptor {

	private final Executor callbacks;

	private final ConnectionSet connections;

	private volatile @Nullable RawConnection connection;

	RawOpening(Executor callbacks, ConnectionSet connections) {
		this.callbacks = callbacks;
		this.connections = connections;
	}

	@Override
	public Link.Receiver accept(Link link) {
		throw new IllegalStateException("A raw connection was asked for: " + link);
	}

	@Override
	public boolean opensRaw() {
		return true;
	}

	@Override
	public RawReceiver acceptRaw(Link link) {
		return new RawReceiver(this.callbacks, (opened) -> {
			this.connections.add(opened);
			this.connection = opened;
		});
	}

	/**
	 * Returns the connection, once its link is open.
	 */
	RawConnection connection() {
		return Objects.requireNonNull(this.connection);
	}

}
