package io.adaptive.internal.node;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.client.ClientContext;
import io.adaptive.internal.client.DiscoveringClient;
import io.adaptive.internal.discovery.Discovery;
import io.adaptive.internal.dispatch.WorkerPool;
import io.adaptive.internal.message.Deadline;
import io.adaptive.internal.stream.ConnectionSet;
import io.adaptive.internal.stream.ConnectionTelemetry;
import io.adaptive.internal.transport.Dialer;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import org.jspecify.annotations.Nullable;

/**
 * Factory of the clients of a node, which also closes them.
 *
 * @param dialer opens links
 * @param workers run callbacks and limit waiting messages
 * @param telemetry receives the events of messages
 * @param connections the connections of all clients
 * @param stopped completed when the node closes
 */
record NodeClients(Dialer dialer, WorkerPool workers, ConnectionTelemetry telemetry, ConnectionSet connections,
		CompletableFuture<@Nullable Void> stopped) {

	private static final ErrorInfo STOPPED = new ErrorInfo(ErrorCode.CANCELLED, "the node is closed");

	NodeClients(Dialer dialer, WorkerPool workers, ConnectionTelemetry telemetry) {
		this(dialer, workers, telemetry, new ConnectionSet(), new CompletableFuture<>());
	}

	/**
	 * Creates a client.
	 * @param discovery finds the services
	 */
	AdaptiveClient seeing(Discovery discovery) {
		return new DiscoveringClient(new ClientContext(discovery, this.dialer, this.connections,
				this.workers.callbacks(), this.telemetry, this.workers.budget(), this.stopped));
	}

	/**
	 * Creates a client that connects to addresses and searches no scope.
	 */
	AdaptiveClient seeingNothing() {
		return seeing(new Discovery(List.of()));
	}

	/**
	 * Ends the waits of the clients, and closes their connections.
	 * @param deadline the limit of the wait for unsent messages
	 */
	void close(Deadline deadline) {
		this.stopped.complete(null);
		try {
			this.connections.close(STOPPED, deadline.left());
		}
		catch (InterruptedException ex) {
			// Closing continues, without waiting for unsent messages.
			Thread.currentThread().interrupt();
		}
	}

}
