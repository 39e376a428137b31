package io.adaptive.boot.autoconfigure;

import java.util.EnumSet;
import java.util.Set;

import io.adaptive.message.Scope;
import io.adaptive.server.AdaptiveServer;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes the services of an application context. There are two publishers: one for the
 * program itself, which publishes when the context starts, so that runners can use the
 * services; and one for other programs, which publishes when the application is ready,
 * after the runners.
 * <p>
 * On shutdown, the services are first unpublished for other programs, before any bean
 * stops. For the program itself they are unpublished after the web server and other
 * request processors have stopped, so that running requests can complete.
 */
final class ServicePublisher implements SmartLifecycle, ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	/** Below the phases of web servers, listener containers and schedulers. */
	private static final int AFTER_REQUESTS = SmartLifecycle.DEFAULT_PHASE - 8 * 1024;

	private final AdaptiveServer server;

	private final DeclaredServices services;

	private final Set<Scope> scopes;

	private final int phase;

	private boolean ready;

	private volatile boolean running;

	private ServicePublisher(AdaptiveServer server, DeclaredServices services, Set<Scope> scopes, boolean ready,
			int phase) {
		this.server = server;
		this.services = services;
		this.scopes = scopes;
		this.ready = ready;
		this.phase = phase;
	}

	/**
	 * Returns the publisher for the program itself.
	 */
	static ServicePublisher forThisProgram(AdaptiveServer server, DeclaredServices services) {
		return new ServicePublisher(server, services, EnumSet.of(Scope.PROCESS), true, AFTER_REQUESTS);
	}

	/**
	 * Returns the publisher for other programs.
	 */
	static ServicePublisher forOthers(AdaptiveServer server, DeclaredServices services) {
		return new ServicePublisher(server, services, EnumSet.complementOf(EnumSet.of(Scope.PROCESS)), false,
				DEFAULT_PHASE);
	}

	@Override
	public synchronized void start() {
		this.running = true;
		if (this.ready) {
			publish();
		}
	}

	@Override
	public synchronized void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC && !this.ready) {
			this.ready = true;
			if (this.running) {
				publish();
			}
		}
	}

	private void publish() {
		this.services.in(this.scopes).forEach(this.server::publish);
	}

	/**
	 * Unpublishes all services of the server together, so that they share one drain
	 * timeout.
	 */
	@Override
	public synchronized void stop() {
		this.running = false;
		this.server.close();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

}
