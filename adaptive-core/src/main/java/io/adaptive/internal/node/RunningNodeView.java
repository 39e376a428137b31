package io.adaptive.internal.node;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.adaptive.internal.discovery.Discovery;
import io.adaptive.internal.scope.lan.LanScope;
import io.adaptive.internal.scope.os.OsScope;
import io.adaptive.internal.server.ServerGroup;
import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.internal.stream.ReceiveBudget;
import io.adaptive.internal.wire.Codecs;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.NodeView;
import io.adaptive.server.ServiceStatus;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.status.LanStatus;
import io.adaptive.status.SearchStatus;
import io.adaptive.status.ServiceQuery;
import io.adaptive.stream.ConnectionStatus;

/**
 * {@link NodeView} of a node.
 */
public final class RunningNodeView implements NodeView {

	private final NodeCore core;

	private final NodeScopes scopes;

	private final Discovery discovery;

	private final NodeClients clients;

	private final ServerGroup servers;

	RunningNodeView(NodeCore core, NodeScopes scopes, Discovery discovery, NodeClients clients, ServerGroup servers) {
		this.core = core;
		this.scopes = scopes;
		this.discovery = discovery;
		this.clients = clients;
		this.servers = servers;
	}

	/**
	 * Returns the codecs of the node's messages.
	 * @return the codecs, with the types that the node registers
	 */
	public Codecs codecs() {
		return this.core.codecs();
	}

	/**
	 * Returns the limit of the messages that wait in this node.
	 * @return the budget
	 */
	public ReceiveBudget receiveBudget() {
		return this.core.workers().budget();
	}

	@Override
	public String codec() {
		return this.core.codecs().preferred().name();
	}

	@Override
	public Collection<Class<?>> registeredTypes() {
		return this.core.codecs().registered().types();
	}

	@Override
	public List<ServiceStatus> services() {
		return this.servers.all().stream().flatMap((server) -> server.services().stream()).toList();
	}

	@Override
	public boolean isOutOfService() {
		return this.servers.isOutOfService();
	}

	@Override
	public List<ConnectionStatus> connections() {
		return this.clients.connections().all().stream().map(MultiplexedConnection::status).toList();
	}

	@Override
	public List<ServiceInstance> known() {
		return this.discovery.known(ServiceQuery.of(new ServicePattern("*", "*")));
	}

	@Override
	public List<ServiceInstance> list(ServicePattern pattern) {
		ServiceQuery query = ServiceQuery.of(pattern);
		this.discovery.refresh(query);
		return this.discovery.inEachScope(query);
	}

	@Override
	public List<SearchStatus> searches() {
		return this.discovery.searches();
	}

	@Override
	public Optional<Path> socketDirectory() {
		return this.scopes.os().map(OsScope::directory);
	}

	@Override
	public Optional<Path> socket() {
		return this.scopes.os().flatMap(OsScope::socket);
	}

	@Override
	public List<Path> missingSocketFiles() {
		return this.scopes.os().map(OsScope::missingFiles).orElse(List.of());
	}

	@Override
	public Optional<LanStatus> lan() {
		return this.scopes.lan().flatMap(LanScope::status);
	}

	@Override
	public List<Endpoint.Relayed> relays() {
		return this.scopes.relays().endpoints();
	}

	@Override
	public ScaleFactors scaleFactors() {
		return this.core.workers().scaleFactors();
	}

}
