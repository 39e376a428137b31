package io.adaptive.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.adaptive.internal.discovery.Discovery;
import io.adaptive.internal.stream.ConnectionSet;
import io.adaptive.internal.stream.ConnectionTelemetry;
import io.adaptive.internal.stream.ReceiveBudget;
import io.adaptive.internal.transport.Dialer;
import io.adaptive.settings.DiscoveryClock;

/**
 * Parts of a node that its clients share.
 *
 * @param discovery finds instances
 * @param dialer opens links to them
 * @param connections the node's open connections
 * @param callbacks executor for the dependent stages of futures
 * @param telemetry the tracer and the observer of messages
 * @param budget the receive budget of the node
 * @param stop ends all waiting when it completes
 */
public record ClientContext(Discovery discovery, Dialer dialer, ConnectionSet connections, Executor callbacks,
		ConnectionTelemetry telemetry, ReceiveBudget budget, CompletableFuture<?> stop) {

	/**
	 * Returns a context whose connections in PROCESS scope copy messages, or do not.
	 */
	ClientContext copying(boolean copying) {
		return new ClientContext(this.discovery, this.dialer.copying(copying), this.connections, this.callbacks,
				this.telemetry, this.budget, this.stop);
	}

	DiscoveryClock clock() {
		return this.discovery.clock();
	}

}
