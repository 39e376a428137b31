package io.adaptive.internal.client;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.adaptive.client.ConnectionListener;
import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.internal.stream.SerialQueue;

/**
 * Events of a reconnecting connection: logged, and passed to its listener one after the
 * other. Thread-safe.
 */
final class ConnectionEvents {

	/** The listener of connections without listener. */
	static final ConnectionListener NOBODY = new ConnectionListener() {
	};

	private final ConnectionListener listener;

	private final Executor callbacks;

	private final SerialQueue queue = new SerialQueue();

	ConnectionEvents(ConnectionListener listener, Executor callbacks) {
		this.listener = listener;
		this.callbacks = callbacks;
	}

	/**
	 * Passes the dropped answers of a connection, before it is in use.
	 */
	void passDroppedAnswers(MultiplexedConnection found) {
		found.onAnswerDropped((answer) -> {
			ConnectionLog.answerDropped(found.info(), answer);
			tell(() -> this.listener.answerDropped(found.info(), answer));
		});
	}

	/**
	 * Passes the begin of a connection, and its loss when it ends.
	 * @param again whether another connection was used before
	 */
	void connected(MultiplexedConnection found, boolean again) {
		ConnectionLog.connected(found.info(), again);
		tell(() -> this.listener.connected(found.info()));
		CompletionStage<?> unused = found.whenClosed().thenAccept((cause) -> {
			ConnectionLog.ended(found.info(), cause);
			tell(() -> this.listener.lost(found.info(), cause));
		});
	}

	private void tell(Runnable event) {
		if (this.listener == NOBODY) {
			return;
		}
		this.queue.execute((done) -> this.callbacks.execute(() -> {
			try {
				event.run();
			}
			finally {
				done.run();
			}
		}));
	}

}
