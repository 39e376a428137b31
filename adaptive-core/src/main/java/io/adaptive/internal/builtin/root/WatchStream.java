package io.adaptive.internal.builtin.root;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.registry.Position;
import io.adaptive.internal.registry.RegistryWatch;
import io.adaptive.internal.registry.Update;
import io.adaptive.message.AdaptiveException;
import io.adaptive.stream.MessageStream;
import org.jspecify.annotations.Nullable;

/**
 * Stream of updates to one watcher. The next update is sent when there was credit for the
 * one before.
 */
final class WatchStream {

	private static final KeyValueLogger logger = KeyValueLogger.of(WatchStream.class);

	/**
	 * Number of services in a message, which keeps it far below the size that every peer
	 * accepts.
	 */
	static final int SERVICES_PER_MESSAGE = 2000;

	private final MessageStream stream;

	private final Executor sender;

	private volatile @Nullable RegistryWatch watch;

	private volatile boolean closed;

	WatchStream(MessageStream stream, Executor sender) {
		this.stream = stream;
		this.sender = sender;
	}

	void begin(RegistryWatch watch) {
		this.watch = watch;
		if (this.closed) {
			watch.close();
			return;
		}
		ready();
	}

	/**
	 * Schedules the next update.
	 */
	void ready() {
		try {
			this.sender.execute(this::sendNext);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("watch ended, the registry is closed", ex);
		}
	}

	private void sendNext() {
		RegistryWatch current = this.watch;
		if (current == null || this.closed) {
			return;
		}
		Update update = current.poll(SERVICES_PER_MESSAGE);
		if (update == null) {
			return;
		}
		Position position = update.position();
		RegistryUpdate message = new RegistryUpdate(position.incarnation(), position.revision(), update.fresh(),
				update.complete(), update.settled(), RegistryForms.nodes(update.nodes()));
		this.stream.async().send(message).whenComplete((sent, error) -> {
			if (error == null) {
				ready();
			}
			else {
				logger.debug("a watcher is gone", error);
				close();
			}
		});
	}

	/**
	 * Sends the reason of a refusal and closes the stream.
	 */
	void refuse(AdaptiveException reason) {
		this.stream.async().send(reason).whenComplete((sent, error) -> this.stream.close());
	}

	/**
	 * Ends the watch; closing twice does nothing.
	 */
	void close() {
		this.closed = true;
		RegistryWatch current = this.watch;
		if (current != null) {
			current.close();
		}
	}

}
