package io.adaptive.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.adaptive.beacon.LanStatus;
import io.adaptive.discovery.Discovery;
import io.adaptive.discovery.OsScope;
import io.adaptive.discovery.SearchStatus;
import io.adaptive.discovery.ServiceQuery;
import io.adaptive.dispatch.ScaleFactors;
import io.adaptive.dispatch.WorkerPool;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.ServiceDirectory;
import io.adaptive.server.ServiceStatus;
import io.adaptive.stream.ConnectionSet;
import io.adaptive.stream.ConnectionStatus;
import io.adaptive.stream.MultiplexedConnection;
import io.adaptive.wire.Codecs;

/**
 * What a node shows of itself to the person who runs it. Each method reads the moment.
 * Safe for use by many threads.
 */
public final class NodeView {

	private final NodeScopes scopes;

	private final ServiceDirectory directory;

	private final Supplier<List<AdaptiveServer>> servers;

	private final ConnectionSet clientConnections;

	private final Discovery discovery;

	private final WorkerPool workers;

	private final Codecs codecs;

	NodeView(NodeScopes scopes, ServiceDirectory directory, Supplier<List<AdaptiveServer>> servers,
			ConnectionSet clientConnections, Discovery discovery, WorkerPool workers, Codecs codecs) {
		this.scopes = scopes;
		this.directory = directory;
		this.servers = servers;
		this.clientConnections = clientConnections;
		this.discovery = discovery;
		this.workers = workers;
		this.codecs = codecs;
	}

	/**
	 * Tells how messages are encoded.
	 * @return the codecs, with the types that the node registers
	 */
	public Codecs codecs() {
		return this.codecs;
	}

	/**
	 * Tells what the node publishes, and what it is taking back.
	 * @return one status for each publication, built-in services included
	 */
	public List<ServiceStatus> services() {
		return this.servers.get().stream().flatMap((server) -> server.services().stream()).toList();
	}

	/**
	 * Tells whether the node once published services, and offers none any more.
	 * @return whether nobody but perhaps the program itself is served
	 */
	public boolean isOutOfService() {
		return this.directory.isOutOfService();
	}

	/**
	 * Tells which connections the clients of the node have.
	 * @return the connections, in no order; those to its services are told with them
	 */
	public List<ConnectionStatus> connections() {
		return this.clientConnections.all().stream().map(MultiplexedConnection::status).toList();
	}

	/**
	 * Tells what the node knows of services, without asking the networks.
	 * @return each instance once, nearest first
	 */
	public List<ServiceInstance> known() {
		return this.discovery.known(ServiceQuery.of(new ServicePattern("*", "*")));
	}

	/**
	 * Asks the networks, two seconds at most, and tells what services there are, as the
	 * built-in service lister does.
	 * @param pattern which services
	 * @return the instances, once in each scope in which they are seen
	 */
	public List<ServiceInstance> list(ServicePattern pattern) {
		ServiceQuery query = ServiceQuery.of(pattern);
		this.discovery.refresh(query);
		return this.discovery.inEachScope(query);
	}

	/**
	 * Tells which searches for services wait, and why.
	 * @return the searches, in no order
	 */
	public List<SearchStatus> searches() {
		return this.discovery.searches();
	}

	/**
	 * Returns where the programs of this machine meet.
	 * @return the directory of their sockets, empty without OS scope
	 */
	public Optional<Path> socketDirectory() {
		return this.scopes.os().map(OsScope::directory);
	}

	/**
	 * Returns where the programs of this machine reach the node.
	 * @return its socket, empty before its first service is published there
	 */
	public Optional<Path> socket() {
		return this.scopes.os().flatMap(OsScope::socket);
	}

	/**
	 * Returns which files of the node in the socket directory are not there, as when
	 * others have cleared it. They are made again within a second.
	 * @return the files, as a rule none
	 */
	public List<Path> missingSocketFiles() {
		return this.scopes.os().map(OsScope::missingFiles).orElse(List.of());
	}

	/**
	 * Tells how the node takes part in its local networks.
	 * @return the status, empty for a node that does not
	 */
	public Optional<LanStatus> lan() {
		return this.scopes.lan().flatMap((lan) -> lan.beacon().status());
	}

	/**
	 * Returns where the node is reached through reverse proxies.
	 * @return the endpoints
	 */
	public List<Endpoint.Relayed> relays() {
		return this.scopes.relays().endpoints();
	}

	/**
	 * Returns how the worker pool follows its load.
	 * @return the factors, with a maximum that is a number of workers
	 */
	public ScaleFactors scaleFactors() {
		return this.workers.scaleFactors();
	}

}
