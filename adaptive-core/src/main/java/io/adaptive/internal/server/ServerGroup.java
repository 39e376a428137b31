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
 * Servers of a node: those of its user and those of its built-in services. Safe for use
 * by many threads.
 */
public final class ServerGroup {

	private final Means means;

	private final Closing closing;

	private final List<PublishingServer> servers = new CopyOnWriteArrayList<>();

	private List<Closing.Leaving> leaving = List.of();

	/**
	 * Creates a group without servers.
	 * @param means the parts that the servers share
	 */
	public ServerGroup(Means means) {
		this.means = means;
		this.closing = new Closing(means.workers);
	}

	/**
	 * Creates a server.
	 * @param announcers the announcers of the scopes in which it publishes
	 * @param warmUp prepares a message type, in the background
	 * @return the server, which is closed with the group
	 */
	public AdaptiveServer newServer(List<Announcer> announcers, Consumer<Class<?>> warmUp) {
		PublishingServer server = new PublishingServer(this.means, announcers, warmUp);
		this.servers.add(server);
		return server;
	}

	/**
	 * Returns all servers of the group.
	 * @return a copy
	 */
	public List<AdaptiveServer> all() {
		return List.copyOf(this.servers);
	}

	/**
	 * Returns whether services were withdrawn and none is offered any more.
	 * @return whether the node is out of service
	 * @see ServiceDirectory#isOutOfService()
	 */
	public boolean isOutOfService() {
		return this.means.directory.isOutOfService();
	}

	/**
	 * Refuses new services, withdraws all services at once, and serves the messages in
	 * flight. For use by one thread, which may block.
	 * @param limit the limit of the end, of which a part is reserved for {@link #close}
	 */
	public void leave(Deadline limit) {
		this.means.directory.close();
		List<ActivePublication> publications = new ArrayList<>();
		this.servers.forEach((server) -> publications.addAll(server.takeBack()));
		this.leaving = this.closing.leave(publications, limit);
		Closing.serve(this.leaving, limit);
	}

	/**
	 * Waits for the unsent messages of the services, and closes their connections. For
	 * use by the thread that called {@link #leave}.
	 * @param deadline the limit of the wait
	 */
	public void close(Deadline deadline) {
		Closing.end(this.leaving, deadline);
		this.servers.forEach(PublishingServer::forgetGone);
	}

	/**
	 * Parts that all servers of a node share.
	 *
	 * @param directory the node's services
	 * @param workers the node's workers
	 * @param telemetry receives the events of messages
	 * @param anyScope whether services are published in all scopes, even if they set some
	 * @param drainTimeout the time limit of leaving, unless a service sets its own
	 */
	public record Means(ServiceDirectory directory, WorkerPool workers, ConnectionTelemetry telemetry, boolean anyScope,
			Duration drainTimeout) {
	}

}
