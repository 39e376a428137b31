package io.adaptive.boot.autoconfigure;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.adaptive.message.Scope;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;
import io.adaptive.spring.server.AnnotatedServices;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes the services of an application context in two steps: for the program itself
 * when the context starts, so that runners can use them, and for all others when the
 * application is ready, so that nobody is let in while runners still prepare the ground.
 * <p>
 * It starts after and stops before everything else of the context: a handler finds what
 * it needs until the last message is served.
 */
final class ServicePublisher implements SmartLifecycle, SmartInitializingSingleton,
		ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	private final AdaptiveServer server;

	private final Set<Scope> nearScopes;

	private final Set<Scope> farScopes;

	private final AnnotatedServices annotatedServices;

	private List<Service> services = List.of();

	private boolean ready;

	private volatile boolean running;

	ServicePublisher(AdaptiveServer server, Collection<Scope> scopes, AnnotatedServices annotatedServices) {
		this.server = server;
		this.nearScopes = EnumSet.of(Scope.PROCESS);
		this.nearScopes.retainAll(scopes);
		this.farScopes = EnumSet.complementOf(EnumSet.of(Scope.PROCESS));
		this.farScopes.retainAll(scopes);
		this.annotatedServices = annotatedServices;
	}

	/**
	 * Reads the services before anything starts, so that a wrong declaration ends the
	 * start at once.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		this.services = this.annotatedServices.read();
	}

	@Override
	public synchronized void start() {
		this.running = true;
		publish(this.nearScopes);
		if (this.ready) {
			publish(this.farScopes);
		}
	}

	@Override
	public synchronized void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC && !this.ready) {
			this.ready = true;
			if (this.running) {
				publish(this.farScopes);
			}
		}
	}

	private void publish(Set<Scope> scopes) {
		if (scopes.isEmpty()) {
			return;
		}
		for (Service service : this.services) {
			this.server.publish(service.scopes(scopes.toArray(Scope[]::new)));
		}
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

}
