package io.adaptive.test.spring;

import io.adaptive.test.InMemoryNetwork;
import io.adaptive.test.ServiceStub;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes the stubs of a test before the beans of the application start.
 */
final class StubPublisher implements SmartLifecycle {

	private final InMemoryNetwork network;

	private final ObjectProvider<ServiceStub> stubs;

	private boolean published;

	private volatile boolean running;

	StubPublisher(InMemoryNetwork network, ObjectProvider<ServiceStub> stubs) {
		this.network = network;
		this.stubs = stubs;
	}

	@Override
	public void start() {
		this.running = true;
		if (!this.published) {
			this.published = true;
			this.stubs.forEach(this.network::publish);
		}
	}

	/**
	 * Keeps the stubs published, because a cached context may be started again. The
	 * network closes them.
	 */
	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

}
