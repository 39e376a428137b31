package io.adaptive.boot.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.adaptive.boot.autoconfigure.actuate.NodeDescription.Builtin;
import io.adaptive.boot.autoconfigure.actuate.NodeDescription.Connected;
import io.adaptive.boot.autoconfigure.actuate.NodeDescription.Discovered;
import io.adaptive.boot.autoconfigure.actuate.NodeDescription.Drain;
import io.adaptive.boot.autoconfigure.actuate.NodeDescription.Handled;
import io.adaptive.boot.autoconfigure.actuate.NodeDescription.Published;
import io.adaptive.boot.autoconfigure.actuate.NodeDescription.ScopeDescription;
import io.adaptive.boot.autoconfigure.actuate.NodeDescription.Search;
import io.adaptive.boot.autoconfigure.actuate.NodeDescription.Send;
import io.adaptive.boot.autoconfigure.actuate.NodeDescription.Waiting;
import io.adaptive.boot.autoconfigure.actuate.NodeDescription.Workers;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.ServiceStatus;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.status.SearchStatus;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.ConnectionStatus;
import org.jspecify.annotations.Nullable;

/**
 * Creates the description of a node.
 */
final class NodeDescriber {

	private final AdaptiveNode node;

	private final Instant now;

	NodeDescriber(AdaptiveNode node, Instant now) {
		this.node = node;
		this.now = now;
	}

	NodeDescription describe() {
		List<ServiceStatus> services = this.node.view().services();
		List<ConnectionStatus> own = this.node.view().connections();
		List<ConnectionStatus> connections = Stream
			.concat(own.stream(), services.stream().flatMap((service) -> service.connections().stream()))
			.sorted(Comparator.comparing(ConnectionStatus::age).reversed())
			.toList();
		return new NodeDescription(this.node.instance().provider().value(),
				Long.toHexString(this.node.instance().incarnation()), this.node.isInMemory(),
				this.node.view().isOutOfService(), scopes(), published(services), builtin(services), workers(),
				Excerpt.of(connections, this::connected), discovered(own), waiting(services, connections));
	}

	private Instant before(Duration age) {
		return this.now.minus(age).truncatedTo(ChronoUnit.MILLIS);
	}

	private List<ScopeDescription> scopes() {
		return this.node.scopes().stream().map(this::scope).toList();
	}

	private ScopeDescription scope(Scope scope) {
		return switch (scope) {
			case PROCESS -> new ScopeDescription(scope, List.of(text(new Endpoint.InProcess(this.node.instance()))),
					null, null, null);
			case OS -> new ScopeDescription(scope,
					this.node.view().socket().map((socket) -> text(new Endpoint.UnixSocket(socket))).stream().toList(),
					this.node.view().socketDirectory().map(Object::toString).orElse(null), null, null);
			case LAN -> new ScopeDescription(scope, tcp(), null,
					this.node.view()
						.lan()
						.map((lan) -> new NodeDescription.Network(lan.port(), lan.started(), lan.listening(),
								lan.interfaces(), lan.signed()))
						.orElse(null),
					null);
			case WAN -> new ScopeDescription(scope,
					Stream.concat(tcp().stream(), this.node.view().relays().stream().map(NodeDescriber::text)).toList(),
					null, null, registries());
		};
	}

	private static String text(Endpoint endpoint) {
		return endpoint.toString();
	}

	private List<String> tcp() {
		return this.node.tcpEndpoint().map(NodeDescriber::text).stream().toList();
	}

	private List<NodeDescription.Registry> registries() {
		return this.node.registries()
			.stream()
			.map((status) -> new NodeDescription.Registry(status.address().toString(), status.connected(),
					before(status.since()), status.registration().name(), status.refusal(), status.lastError()))
			.toList();
	}

	/**
	 * Merges the publications of a service, which can be published separately in some of
	 * the scopes.
	 */
	private static Excerpt<Published> published(List<ServiceStatus> services) {
		Map<String, List<ServiceStatus>> byName = services.stream()
			.filter((service) -> !service.service().isBuiltin())
			.collect(Collectors.groupingBy((service) -> service.service().toString(), TreeMap::new,
					Collectors.toList()));
		return Excerpt.of(List.copyOf(byName.entrySet()), (each) -> published(each.getKey(), each.getValue()));
	}

	private static Published published(String name, List<ServiceStatus> parts) {
		ServiceStatus first = parts.get(0);
		return new Published(name, scopesOf(parts, false), scopesOf(parts, true), first.ordered(),
				first.messages()
					.stream()
					.map((message) -> new Handled(message.name(), message.options().priority(),
							message.options().nonBlocking()))
					.toList(),
				parts.stream().mapToInt((part) -> part.connections().size()).sum(),
				parts.stream().mapToLong(ServiceStatus::inFlight).sum());
	}

	private static Set<Scope> scopesOf(List<ServiceStatus> parts, boolean draining) {
		Set<Scope> scopes = EnumSet.noneOf(Scope.class);
		parts.stream().filter((part) -> part.isDraining() == draining).forEach((part) -> scopes.addAll(part.scopes()));
		return scopes;
	}

	private static List<Builtin> builtin(List<ServiceStatus> services) {
		Map<String, Set<Scope>> byName = new TreeMap<>();
		services.stream()
			.filter((service) -> service.service().isBuiltin())
			.forEach((service) -> byName
				.computeIfAbsent(service.service().toString(), (name) -> EnumSet.noneOf(Scope.class))
				.addAll(service.scopes()));
		return byName.entrySet().stream().map((each) -> new Builtin(each.getKey(), each.getValue())).toList();
	}

	Workers workers() {
		ScaleFactors factors = this.node.view().scaleFactors();
		return new Workers(factors.residentWorkers(), factors.queueSizePerCore(), factors.queueWeight(),
				factors.maxWorkers(), this.node.workers());
	}

	private Connected connected(ConnectionStatus status) {
		ConnectionInfo info = status.info();
		return new Connected(status.side(), info.service().toString(), info.peer().toString(), info.scope(),
				text(info.endpoint()), info.relayedBy().map(Object::toString).orElse(null), before(status.age()),
				status.open(), status.leaving(), status.streams(), status.callsSent(), status.callsReceived(),
				status.credit());
	}

	private Excerpt<Discovered> discovered(List<ConnectionStatus> connections) {
		Map<Provider, Duration> connected = connections.stream()
			.filter(ConnectionStatus::open)
			.collect(Collectors.toMap((each) -> new Provider(each.info().service(), each.info().peer()),
					ConnectionStatus::age, NodeDescriber::longer));
		List<ServiceInstance> known = this.node.view()
			.known()
			.stream()
			.filter((each) -> !each.service().isBuiltin() && !each.instance().equals(this.node.instance()))
			.sorted(Comparator.comparing((ServiceInstance each) -> each.service().toString()))
			.toList();
		return Excerpt.of(known,
				(each) -> discovered(each, connected.get(new Provider(each.service(), each.instance()))));
	}

	private Discovered discovered(ServiceInstance instance, @Nullable Duration connectedFor) {
		return new Discovered(instance.service().toString(), instance.instance().toString(), instance.scope(),
				instance.endpoints().stream().map(NodeDescriber::text).toList(),
				instance.endpoints().stream().allMatch(Endpoint.Relayed.class::isInstance),
				(connectedFor != null) ? before(connectedFor) : null);
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) >= 0) ? one : other;
	}

	private Waiting waiting(List<ServiceStatus> services, List<ConnectionStatus> connections) {
		List<SearchStatus> searches = new ArrayList<>(this.node.view().searches());
		searches.sort(Comparator.comparing(SearchStatus::age).reversed());
		List<ConnectionStatus> blocked = connections.stream().filter((each) -> each.blockedMessages() > 0).toList();
		List<Drain> drains = services.stream().flatMap(this::drain).toList();
		return new Waiting(Excerpt.of(searches, this::search), Excerpt.of(blocked, this::send),
				Excerpt.of(drains, Function.identity()));
	}

	private Search search(SearchStatus status) {
		return new Search(status.query().pattern().toString(), status.scopes(),
				status.query().providers().stream().map(ProviderId::value).sorted().toList(), before(status.age()),
				status.timeout(), reason(status), status.purpose(), status.thread());
	}

	private static String reason(SearchStatus status) {
		if (status.known() == 0) {
			return "no instance is known"
					+ ((status.lastError() != null) ? ", the last one was not usable: " + status.lastError() : "");
		}
		return "%s known, none usable: %s".formatted(status.known(),
				(status.lastError() != null) ? status.lastError() : "being tried");
	}

	private Send send(ConnectionStatus status) {
		return new Send(status.info().service().toString(), status.info().peer().toString(), status.info().scope(),
				status.blockedStreams(), status.blockedMessages(), before(status.blockedFor()));
	}

	private Stream<Drain> drain(ServiceStatus status) {
		return (status.draining() != null) ? Stream
			.of(new Drain(status.service().toString(), status.scopes(), before(status.draining()), status.inFlight()))
				: Stream.empty();
	}

	/**
	 * Who is connected.
	 */
	private record Provider(ServiceName service, Instance instance) {
	}

}
