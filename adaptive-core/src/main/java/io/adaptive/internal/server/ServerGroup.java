package io.adaptive.internal.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.adaptive.internal.dispatch.WorkerPool;
import io.adaptive.internal.message.Deadline;
import io.adaptive.internal.stream.ConnectionTelemetry;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.spi.Announcer;

/**
 * The servers of a node: those of its user and those of its built-in services. Safe for
 * use by many threads.
 */
public final class ServerGroup {

	private final Means means;

	private final Closing closing;

	private final List<PublishingServer> servers = new CopyOnWriteArrayList<>();

	private List<Closing.Leaving> leaving = List.of();

	/**
	 * Makes a group without servers.
	 * @param means what they have in common
	 */
	public ServerGroup(Means means) {
		this.means = means;
		this.closing = new Closing(means.workers);
	}

	/**
	 * Makes a server.
	 * @param announcers the scopes in which it publishes
	 * @param warmUp prepares a message type, in the background
	 * @return the server, which ends with the group
	 */
	public AdaptiveServer newServer(List<Announcer> announcers, Consumer<Class<?>> warmUp) {
		PublishingServer server = new PublishingServer(this.means, announcers, warmUp);
		this.servers.add(server);
		return server;
	}

	/**
	 * Returns all servers that were made.
	 * @return a copy
	 */
	public List<AdaptiveServer> all() {
		return List.copyOf(this.servers);
	}

	/**
	 * Tells whether services were taken back and nothing is offered any more.
	 * @return whether it is so
	 * @see ServiceDirectory#isOutOfService()
	 */
	public boolean isOutOfService() {
		return this.means.directory.isOutOfService();
	}

	/**
	 * Takes no more services, takes back those that are there, all at once, and serves
	 * what is in flight. For one thread, which may wait.
	 * @param limit until when to be done; some of it is left for {@link #close}
	 */
	public void leave(Deadline limit) {
		this.means.directory.close();
		List<ActivePublication> publications = new ArrayList<>();
		this.servers.forEach((server) -> publications.addAll(server.takeBack()));
		this.leaving = this.closing.leave(publications, limit);
		Closing.serve(this.leaving, limit);
	}

	/**
	 * Waits until what was sent last has left on the connections of the services. For the
	 * thread that took them back.
	 * @param deadline until when to wait
	 */
	public void close(Deadline deadline) {
		Closing.end(this.leaving, deadline);
		this.servers.forEach(PublishingServer::forgetGone);
	}

	/**
	 * What all servers of a node have.
	 *
	 * @param directory the node's services
	 * @param workers the node's workers
	 * @param telemetry who is told of messages
	 * @param anyScope whether all scopes are used, in whatever scope a service is to be
	 * published
	 * @param drainTimeout how long leaving may take, unless a service says so itself
	 */
	public record Means(ServiceDirectory directory, WorkerPool workers, ConnectionTelemetry telemetry, boolean anyScope,
			Duration drainTimeout) {
	}

}
