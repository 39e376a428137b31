package io.adaptive.internal.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.Deadline;
import io.adaptive.internal.transport.TcpPort;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.NodeHost;
import io.adaptive.node.NodeStatistics;
import io.adaptive.node.NodeView;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;
import io.adaptive.server.UnpublishResult;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.status.QueueListener;
import io.adaptive.status.RootRegistryStatus;
import io.adaptive.trace.MessageTracing;

/**
 * Implementation of {@link AdaptiveNode}: a facade of the parts of a node.
 */
public final class RunningNode implements AdaptiveNode {

	private static final KeyValueLogger logger = KeyValueLogger.of(AdaptiveNode.class);

	private final NodeConfiguration configuration;

	private final NodeAssembly parts;

	private final NodeEnd end;

	private final NodeHost host;

	private RunningNode(NodeConfiguration configuration, NodeAssembly parts, NodeEnd end, NodeHost host) {
		this.configuration = configuration;
		this.host = host;
		this.parts = parts;
		this.end = end;
	}

	/**
	 * Starts a node. If it cannot start, all that was opened is closed.
	 * @param host receives the start and the end of the node, {@link NodeHost#NONE} for
	 * no receiver
	 */
	public static RunningNode start(NodeConfiguration configuration, NodeHost host) {
		return start(configuration, host, UnaryOperator.identity());
	}

	/**
	 * Starts a node.
	 * @param change applied to each of its parts before
	 */
	static RunningNode start(NodeConfiguration configuration, NodeHost host, UnaryOperator<NodePart> change) {
		configuration.reach().check();
		LifeCycle life = new LifeCycle(change);
		try {
			NodeAssembly parts = new NodeAssembly(configuration, life);
			parts.addTo(life);
			life.start();
			RunningNode node = new RunningNode(configuration, parts, new NodeEnd(life, parts.core.workers()), host);
			logger.log(configuration.logLevel(), "started node={} scopes={}", node.instance(), node.scopes());
			host.started(node);
			return node;
		}
		catch (RuntimeException | Error ex) {
			life.abandon(ex);
			throw ex;
		}
	}

	@Override
	public void warmUp() {
		this.parts.warmUp(WarmUpCall::callOnce);
	}

	@Override
	public void prepare(Class<?>... types) {
		this.parts.core.warmUp().expect(types);
	}

	@Override
	public AdaptiveServer newServer() {
		return this.parts.newServer();
	}

	@Override
	public AdaptiveClient newClient() {
		return this.parts.newClient();
	}

	@Override
	public WorkerStatistics workers() {
		return this.parts.core.workers().statistics();
	}

	@Override
	public NodeStatistics statistics() {
		return this.parts.statistics();
	}

	@Override
	public void queueListener(QueueListener listener) {
		this.parts.core.workers().listener(listener);
	}

	@Override
	public void scale(UnaryOperator<ScaleFactors> change) {
		this.parts.core.workers().scale(change);
	}

	@Override
	public MessageTracing tracing() {
		return this.parts.tracing.tracing();
	}

	@Override
	public NodeView view() {
		return this.parts.view;
	}

	@Override
	public Optional<UnpublishResult> unpublish(ServiceName service) {
		return this.parts.directory.unpublish(service, this.parts.core.workers());
	}

	@Override
	public Instance instance() {
		return this.parts.core.instance();
	}

	@Override
	public Set<Scope> scopes() {
		return this.parts.scopes.published();
	}

	@Override
	public Set<Scope> searchedScopes() {
		return this.parts.scopes.searched();
	}

	@Override
	public boolean isInMemory() {
		return this.configuration.inMemory();
	}

	@Override
	public Optional<Endpoint.Tcp> tcpEndpoint() {
		return this.parts.scopes.tcpPort().flatMap(TcpPort::endpoint);
	}

	@Override
	public List<RootRegistryStatus> registries() {
		return this.parts.scopes.wan().map((wan) -> wan.registries().status()).orElse(List.of());
	}

	@Override
	public Optional<Endpoint.Relayed> relayedEndpoint() {
		return this.parts.scopes.relays().endpoint();
	}

	@Override
	public void serve() {
		this.end.serve(this::close);
	}

	@Override
	public void close() {
		this.end.close(Deadline.NEVER, this::closed);
	}

	@Override
	public void close(Duration timeout) {
		this.end.close(Deadline.in(Service.checkDrainTimeout(timeout)), this::closed);
	}

	private void closed() {
		logger.log(this.configuration.logLevel(), "stopped node={}", instance());
		this.host.closed(this);
	}

	@Override
	public String toString() {
		return "node " + instance();
	}

}
