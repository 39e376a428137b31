package io.adaptive.internal.server;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import io.adaptive.internal.dispatch.WorkerPool;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.stream.ConnectionTelemetry;
import io.adaptive.message.Scope;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import io.adaptive.server.ServiceStatus;
import io.adaptive.spi.Announcer;
import org.slf4j.event.Level;

/**
 * The {@link AdaptiveServer} of a node.
 */
public final class PublishingServer implements AdaptiveServer {

	private static final KeyValueLogger logger = KeyValueLogger.of(AdaptiveServer.class);

	private final ServiceDirectory directory;

	private final WorkerPool workers;

	private final ConnectionTelemetry telemetry;

	private final List<Announcer> announcers;

	private final boolean anyScope;

	private final Duration drainTimeout;

	private final Consumer<Class<?>> warmUp;

	private final Closing closing;

	private final Queue<ActivePublication> publications = new ConcurrentLinkedQueue<>();

	/**
	 * Makes a server; for the node.
	 * @param directory the node's services
	 * @param workers the node's workers
	 * @param telemetry who is told of messages
	 * @param announcers the node's scopes
	 * @param anyScope whether all are used, in whatever scope a service is to be
	 * published
	 * @param drainTimeout how long leaving may take
	 * @param warmUp prepares a message type, in the background
	 */
	public PublishingServer(ServiceDirectory directory, WorkerPool workers, ConnectionTelemetry telemetry,
			List<Announcer> announcers, boolean anyScope, Duration drainTimeout, Consumer<Class<?>> warmUp) {
		this.directory = directory;
		this.workers = workers;
		this.telemetry = telemetry;
		this.announcers = List.copyOf(announcers);
		this.anyScope = anyScope;
		this.drainTimeout = drainTimeout;
		this.warmUp = warmUp;
		this.closing = new Closing(workers);
	}

	@Override
	public Publication publish(Service service) {
		ServiceDefinition definition = ServiceDefinition.of(service);
		List<Announcer> chosen = choose(service);
		service.messageTypes().forEach(this.warmUp);
		ActivePublication publication = new ActivePublication(definition, this.directory, this.workers,
				this.workers.callbacks(), this.telemetry, this.closing, definition.drainTimeoutOr(this.drainTimeout));
		publication.announce(chosen);
		this.publications.removeIf(ActivePublication::isGone);
		this.publications.add(publication);
		logger.log(service.name().isBuiltin() ? Level.DEBUG : Level.INFO, "published service={} scopes={}",
				service.name(), publication.scopes());
		return publication;
	}

	private List<Announcer> choose(Service service) {
		if (this.anyScope || service.scopes().isEmpty()) {
			return this.announcers;
		}
		List<Scope> available = this.announcers.stream().map(Announcer::scope).toList();
		Set<Scope> wanted = service.scopes();
		if (!available.containsAll(wanted)) {
			throw new IllegalArgumentException(
					"Service %s is for scopes %s, this node has %s".formatted(service.name(), wanted, available));
		}
		return this.announcers.stream().filter((announcer) -> wanted.contains(announcer.scope())).toList();
	}

	@Override
	public List<ServiceStatus> services() {
		return this.publications.stream()
			.filter((publication) -> !publication.isGone())
			.map(ActivePublication::status)
			.toList();
	}

	@Override
	public void close() {
		List<ActivePublication> leaving = List.copyOf(this.publications);
		leaving.stream().map(ActivePublication::service).forEach(this.directory::takenBack);
		this.closing.close(leaving);
		this.publications.removeIf(ActivePublication::isGone);
	}

}
