package io.adaptive.internal.server;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.message.Scope;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import io.adaptive.server.ServiceStatus;
import io.adaptive.spi.Announcer;
import org.slf4j.event.Level;

/**
 * {@link AdaptiveServer} of a node.
 */
public final class PublishingServer implements AdaptiveServer {

	private static final KeyValueLogger logger = KeyValueLogger.of(AdaptiveServer.class);

	private final ServerGroup.Means means;

	private final List<Announcer> announcers;

	private final Consumer<Class<?>> warmUp;

	private final Closing closing;

	private final Queue<ActivePublication> publications = new ConcurrentLinkedQueue<>();

	/**
	 * Creates a server.
	 * @param means the parts that all servers of the node share
	 * @param announcers the announcers of the node's scopes
	 * @param warmUp prepares a message type, in the background
	 */
	PublishingServer(ServerGroup.Means means, List<Announcer> announcers, Consumer<Class<?>> warmUp) {
		this.means = means;
		this.announcers = List.copyOf(announcers);
		this.warmUp = warmUp;
		this.closing = new Closing(means.workers());
	}

	@Override
	public Publication publish(Service service) {
		ServiceDefinition definition = ServiceDefinition.of(service);
		List<Announcer> chosen = choose(service);
		service.messageTypes().forEach(this.warmUp);
		ActivePublication publication = new ActivePublication(definition, this.means, this.closing);
		publication.announce(chosen);
		forgetGone();
		this.publications.add(publication);
		logger.log(service.name().isBuiltin() ? Level.DEBUG : Level.INFO, "published service={} scopes={}",
				service.name(), publication.scopes());
		return publication;
	}

	private List<Announcer> choose(Service service) {
		if (this.means.anyScope() || service.scopes().isEmpty()) {
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
		this.closing.close(takeBack());
		forgetGone();
	}

	/**
	 * Records that the services of this server are withdrawn.
	 * @return their publications, to be closed
	 */
	List<ActivePublication> takeBack() {
		List<ActivePublication> leaving = List.copyOf(this.publications);
		leaving.stream().map(ActivePublication::service).forEach(this.means.directory()::takenBack);
		return leaving;
	}

	void forgetGone() {
		this.publications.removeIf(ActivePublication::isGone);
	}

}
