package io.adaptive.boot.autoconfigure;

import io.adaptive.spring.client.DiscoveredConnections;
import org.springframework.context.SmartLifecycle;

/**
 * Starts eager discovery when the application context has started, without waiting for
 * it.
 */
final class EagerClients implements SmartLifecycle {

	private final DiscoveredConnections connections;

	private volatile boolean running;

	EagerClients(DiscoveredConnections connections) {
		this.connections = connections;
	}

	@Override
	public void start() {
		this.running = true;
		this.connections.start();
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
