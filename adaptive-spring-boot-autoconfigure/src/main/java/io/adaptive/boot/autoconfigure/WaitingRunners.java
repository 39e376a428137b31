package io.adaptive.boot.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.status.SearchStatus;
import io.adaptive.status.ServiceQuery;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.context.ApplicationListener;

/**
 * Logs why an application does not become ready while its runners wait for services.
 * Other programs find its own services only after the runners, so two applications whose
 * runners call each other wait until a timeout, or without limit. Each service is logged
 * once.
 */
final class WaitingRunners implements ApplicationListener<SpringApplicationEvent>, DisposableBean {

	private static final KeyValueLogger logger = KeyValueLogger.of(ServicePublisher.class);

	private final AdaptiveNode node;

	private final DeclaredServices services;

	private final Duration delay;

	/** Searches that have been logged. One check runs at a time. */
	private final Set<ServiceQuery> logged = new HashSet<>();

	private volatile boolean ended;

	/**
	 * Creates the listener.
	 * @param node the node whose searches are checked
	 * @param services the services of the application
	 * @param delay how long a search may wait before it is logged
	 */
	WaitingRunners(AdaptiveNode node, DeclaredServices services, Duration delay) {
		this.node = node;
		this.services = services;
		this.delay = delay;
	}

	@Override
	public void onApplicationEvent(SpringApplicationEvent event) {
		if (event instanceof ApplicationStartedEvent) {
			checkLater();
		}
		else if (event instanceof ApplicationReadyEvent || event instanceof ApplicationFailedEvent) {
			this.ended = true;
		}
	}

	/**
	 * Checks more often than it logs, because a runner can begin to wait at any time.
	 */
	private void checkLater() {
		CompletableFuture.delayedExecutor(this.delay.toMillis() / 5, TimeUnit.MILLISECONDS).execute(() -> {
			if (!this.ended) {
				check();
				checkLater();
			}
		});
	}

	private void check() {
		List<String> own = this.services.forOthers();
		List<SearchStatus> waiting = this.node.view()
			.searches()
			.stream()
			.filter((search) -> !search.query().isForBuiltin() && search.age().compareTo(this.delay) >= 0)
			.filter((search) -> !own.isEmpty() && this.logged.add(search.query()))
			.toList();
		for (SearchStatus search : waiting) {
			logger.warn(
					"application is not ready, its runners wait for a service, and other programs find its own services only after its runners waitingFor={} scopes={} for=\"{}\" thread=\"{}\" waited={} services={}",
					search.query().pattern(), search.scopes(), Objects.requireNonNullElse(search.purpose(), "-"),
					search.thread(), search.age().truncatedTo(ChronoUnit.MILLIS), own);
		}
	}

	@Override
	public void destroy() {
		this.ended = true;
	}

}
