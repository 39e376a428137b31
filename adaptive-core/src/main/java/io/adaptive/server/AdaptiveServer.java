package io.adaptive.server;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import io.adaptive.dispatch.WorkerPool;
import io.adaptive.log.KeyValueLogger;
import io.adaptive.message.Priority;
import io.adaptive.message.Scope;
import io.adaptive.registry.Announcer;
import io.adaptive.stream.ConnectionTelemetry;
import org.slf4j.event.Level;

/**
 * Publishes services. Made by {@code AdaptiveNode.newServer()}. Safe for use by many
 * threads.
 */
public final class AdaptiveServer implements AutoCloseable {

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
	public AdaptiveServer(ServiceDirectory directory, WorkerPool workers, ConnectionTelemetry telemetry,
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

	/**
	 * Publishes a service, and returns when it can be found. The first service in OS or
	 * LAN scope waits for the node's socket. A name may be published again in a scope
	 * where it is not yet.
	 * @param service the service
	 * @return takes it back
	 * @throws io.adaptive.message.ServiceAlreadyPublishedException if this program
	 * publishes the name in one of the scopes
	 * @throws IllegalArgumentException if the service asks for a scope that the node does
	 * not have
	 * @throws IllegalStateException if the node is closed
	 * @throws io.adaptive.message.CannotListenException if the node is to listen on a TCP
	 * port that it cannot have
	 */
	public Publication publish(Service service) {
		List<Announcer> chosen = choose(service);
		service.messageTypes().forEach(this.warmUp);
		ActivePublication publication = new ActivePublication(service, this.directory, this.workers,
				this.workers.callbacks(), this.telemetry, this.closing, service.drainTimeoutOr(this.drainTimeout));
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

	/**
	 * Tells what this server publishes, and what it is taking back.
	 * @return the publications of this moment
	 */
	public List<ServiceStatus> services() {
		return this.publications.stream()
			.filter((publication) -> !publication.isGone())
			.map(ActivePublication::status)
			.toList();
	}

	/**
	 * Takes all services back, together within one drain timeout. While its node is open,
	 * the server may publish again afterwards, also the same names. On a thread that runs
	 * a handler, hook or listener of the node, and on an event loop, this only begins:
	 * the rest is done on another thread.
	 */
	@Override
	public void close() {
		List<ActivePublication> leaving = List.copyOf(this.publications);
		leaving.stream().map(ActivePublication::service).forEach(this.directory::takenBack);
		this.closing.close(leaving);
		this.publications.removeIf(ActivePublication::isGone);
	}

}
