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
 * Publishes the services of an application context in two steps, each done by one
 * publisher: for the program itself when the context starts, so that runners can use
 * them, and for all others when the application is ready, so that nobody is let in while
 * runners still prepare the ground.
 * <p>
 * At the end others are served before anything stops. The program itself is served until
 * its web server and whatever else works on requests has stopped: what a request began,
 * it can still finish.
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
	 * Makes what publishes for the program itself.
	 */
	static ServicePublisher forThisProgram(AdaptiveServer server, DeclaredServices services) {
		return new ServicePublisher(server, services, EnumSet.of(Scope.PROCESS), true, AFTER_REQUESTS);
	}

	/**
	 * Makes what publishes for other programs.
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
	 * Takes back all services of the server together, so that they share one drain
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
