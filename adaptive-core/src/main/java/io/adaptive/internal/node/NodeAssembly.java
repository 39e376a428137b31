package io.adaptive.internal.node;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.builtin.root.ReachabilityToken;
import io.adaptive.internal.builtin.tracing.NodeTracing;
import io.adaptive.internal.discovery.Discovery;
import io.adaptive.internal.scope.DiscoveryScope;
import io.adaptive.internal.scope.MachineServices;
import io.adaptive.internal.scope.os.OsScope;
import io.adaptive.internal.scope.process.ProcessScope;
import io.adaptive.internal.scope.wan.AutoRelays;
import io.adaptive.internal.server.ServerGroup;
import io.adaptive.internal.server.ServiceDirectory;
import io.adaptive.internal.stream.ConnectionTelemetry;
import io.adaptive.internal.stream.ObserverGroup;
import io.adaptive.internal.transport.Dialer;
import io.adaptive.internal.transport.ProcessSettings;
import io.adaptive.internal.transport.SocketDirectory;
import io.adaptive.internal.transport.SocketPlace;
import io.adaptive.message.Scope;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.node.NodeStatistics;
import io.adaptive.node.NodeView;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;
import io.adaptive.status.LeaseStatistics;
import org.jspecify.annotations.Nullable;

/**
 * Assembly of a node: creates its parts from the configuration, each after those it
 * needs, and adds them to the life cycle.
 */
final class NodeAssembly {

	private final NodeConfiguration configuration;

	final NodeCore core;

	final NodeTracing tracing;

	final NodeClients clients;

	final ServiceDirectory directory = new ServiceDirectory();

	final NodeScopes scopes;

	final Discovery discovery;

	final ServerGroup servers;

	final BuiltinServices builtin;

	final NodeView view;

	private final ReachabilityToken token = ReachabilityToken.random();

	/**
	 * Creates the parts. Only those of the {@link NodeCore} open resources.
	 * @param life closes the resources
	 */
	NodeAssembly(NodeConfiguration configuration, LifeCycle life) {
		this.configuration = configuration;
		this.core = NodeCore.open(configuration, life);
		MessageConfiguration messages = configuration.messages();
		Late<Supplier<AdaptiveClient>> newClient = new Late<>();
		this.tracing = new NodeTracing(this.core.instance(), () -> newClient.get().get(), configuration.traceAccess(),
				InstantSource.system());
		ConnectionTelemetry telemetry = new ConnectionTelemetry(this.tracing.tracer(),
				ObserverGroup.of(messages.observers()));
		ProcessSettings process = processSettings(configuration, this.core);
		NodeClients clients = new NodeClients(new Dialer(this.core.instance(), configuration.space().table(), process,
				this.core.sockets(), messages.dialInterceptor()), this.core.workers(), telemetry);
		this.clients = clients;
		Late<MachineServices> machineServices = new Late<>();
		Supplier<List<Service>> services = () -> machineServices.get().get();
		NodeScopes scopes = NodeScopes.of(configuration.reach(), processScope(configuration, process, services),
				directory(configuration, this.core), new NodeScopes.Means(this.core.instance(), this.core.sockets(),
						this.directory, this.token, clients::seeingNothing, services));
		this.scopes = scopes;
		Discovery discovery = new Discovery(this.scopes.lookups(), configuration.discoveryClock(),
				configuration.inMemory());
		this.discovery = discovery;
		machineServices.set(new MachineServices(this.core.instance(), discovery, scopes::registries,
				configuration.reach().isTold()));
		newClient.set(() -> newClient(configuration, clients, discovery));
		this.servers = new ServerGroup(new ServerGroup.Means(this.directory, this.core.workers(), telemetry,
				configuration.inMemory(), configuration.drainTimeout()));
		this.builtin = BuiltinServices.of(configuration.reach(), this.scopes, this.servers, this.tracing);
		this.view = new RunningNodeView(this.core, this.scopes, discovery, clients, this.servers);
	}

	private static ProcessSettings processSettings(NodeConfiguration configuration, NodeCore core) {
		MessageConfiguration messages = configuration.messages();
		return new ProcessSettings(messages.links().limits(), messages.links().pending(), core.codecs().preferred(),
				messages.copyInProcess(), messages.callerContext(), core.sockets().traffic().in(Scope.PROCESS),
				configuration.program());
	}

	private @Nullable ProcessScope processScope(NodeConfiguration configuration, ProcessSettings settings,
			Supplier<List<Service>> services) {
		return configuration.reach().scopes().contains(Scope.PROCESS) ? new ProcessScope(configuration.space().table(),
				this.core.instance(), settings, this.directory, services) : null;
	}

	private static NodeScopes.Directory directory(NodeConfiguration configuration, NodeCore core) {
		SocketDirectory meeting = core.entry().directory();
		return new NodeScopes.Directory(
				(meeting != null) ? new OsScope.Meeting(meeting, core.entry().place(), core.shared().clock()) : null,
				SocketDirectories.toldIn(configuration, core.shared(), meeting));
	}

	private static AdaptiveClient newClient(NodeConfiguration configuration, NodeClients clients, Discovery discovery) {
		AdaptiveClient client = clients.seeing(discovery);
		Duration timeout = configuration.discoverTimeout();
		return (timeout != null) ? client.discoverTimeout(timeout) : client;
	}

	/**
	 * Adds the parts that remain to be started, in their order.
	 */
	void addTo(LifeCycle life) {
		this.scopes.tcpPort().ifPresent((port) -> life.add(NodePart.named("TCP port").closedBy(port::close)));
		this.scopes.near().forEach((scope) -> life.add(part(scope)));
		life.add(NodePart.named("clients").closedBy(this.clients::close));
		life.add(NodePart.named("tracing").closedBy(this.tracing::close));
		life.add(NodePart.named("settings of the machine")
			.startedBy(this.scopes::learn)
			.leftBy((deadline) -> this.scopes.stopLearning()));
		life.add(NodePart.named("built-in services").startedBy(this::publishBuiltin).closedBy(this.builtin::close));
		life.add(NodePart.named("services").leftBy(this.servers::leave).closedBy(this.servers::close));
		AutoRelays relays = this.scopes.relays();
		life.add(NodePart.named("relays").startedBy(relays::start).closedBy((deadline) -> relays.close()));
		this.scopes.far().forEach((scope) -> life.add(part(scope)));
		life.add(NodePart.named("first messages")
			.startedBy(this::prepareFirstMessages)
			.leftBy((deadline) -> this.core.warmUp().close()));
	}

	private static NodePart part(DiscoveryScope scope) {
		return NodePart.named("scope %s".formatted(scope.scope()))
			.startedBy(scope::start)
			.leftBy((deadline) -> scope.leave())
			.closedBy(scope::close);
	}

	private void publishBuiltin() {
		this.builtin.publishUnlisted(this.token, this.clients.seeingNothing(), this.core.sockets());
		SocketPlace place = this.core.entry().place();
		if (place != null && this.configuration.reach().isTold()) {
			place.tell(this.builtin.settings().lines());
		}
	}

	/**
	 * Prepares the codecs and the transport, so that the first message of any type loads
	 * no classes for them.
	 */
	private void prepareFirstMessages() {
		WarmUp warmUp = this.core.warmUp();
		SocketDirectory meeting = this.core.entry().directory();
		if (meeting != null || this.configuration.reach().isTold()) {
			boolean shared = this.configuration.socketDirectory().shared();
			warmUp.execute(() -> this.builtin.shareSettings(newClient(), shared));
		}
		warmUp.later(() -> warmUp.encodable(WorkerStatistics.class));
		if (meeting != null) {
			warmUp.later(() -> this.core.sockets().warmUp(meeting.path()));
		}
		if (this.configuration.warmUp() == NodeConfiguration.WarmUpSetting.AT_ONCE) {
			warmUp.begin();
		}
	}

	/**
	 * Prepares more thoroughly, with a call over a socket.
	 * @param call makes the call
	 */
	void warmUp(Runnable call) {
		if (this.scopes.os().isPresent()) {
			this.core.warmUp().run(call);
		}
		this.core.warmUp().begin();
	}

	AdaptiveClient newClient() {
		return newClient(this.configuration, this.clients, this.discovery);
	}

	AdaptiveServer newServer() {
		return this.servers.newServer(this.builtin.announcers(), (type) -> {
			this.tracing.handles(type);
			this.core.warmUp().prepare(type);
		});
	}

	NodeStatistics statistics() {
		return new NodeStatistics(this.core.workers().statistics(), this.core.workers().queue(),
				this.core.sockets().traffic().statistics(), this.discovery.counters().statistics(),
				this.scopes.wan().map((wan) -> wan.registries().statistics()).orElse(LeaseStatistics.NONE),
				this.builtin.rootRegistry(), this.builtin.relaying(), this.tracing.tracing().statistics());
	}

}
