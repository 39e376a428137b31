package io.adaptive.boot.autoconfigure;

import io.adaptive.spring.client.DiscoveredConnections;

import org.springframework.context.SmartLifecycle;

/**
 * Begins to discover what is wanted eagerly once the application context has started, and
 * does not wait for it.
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
