package io.adaptive.benchmark.contestant;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.AdaptiveNodeBuilder;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;

/**
 * The framework itself, with its defaults. In one process server and client are one node,
 * otherwise two.
 */
final class AdaptiveContestant implements Contestant {

	private static final ServiceName NAME = new ServiceName("benchmark", "answering");

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final String name;

	private final HandlerOptions options;

	private final Function<Place, AdaptiveNode> nodes;

	AdaptiveContestant(String name, HandlerOptions options) {
		this(name, options, AdaptiveContestant::newNode);
	}

	/**
	 * Makes a contestant with nodes of its own.
	 * @param nodes makes the node of a server or a client
	 */
	AdaptiveContestant(String name, HandlerOptions options, Function<Place, AdaptiveNode> nodes) {
		this.name = name;
		this.options = options;
		this.nodes = nodes;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public boolean runsOn(Transport transport) {
		return true;
	}

	/**
	 * Makes a node for a server or a client. Only a server, which publishes, binds the
	 * port.
	 */
	private static AdaptiveNode newNode(Place place) {
		AdaptiveNodeBuilder builder = AdaptiveNode.builder().socketDirectory(place.directory());
		return switch (place.transport()) {
			case PROCESS -> builder.scopes(Set.of(Scope.PROCESS)).build();
			case OS -> builder.scopes(Set.of(Scope.OS)).build();
			case TCP -> builder.scopes(Set.of()).listen(place.port()).build();
		};
	}

	@SuppressWarnings("resource") // the node closes its server
	void publish(AdaptiveNode node) {
		node.newServer()
			.publish(Service.named(NAME)
				.handle(Ask.class, (ask) -> new Answer(Bodies.of(ask.replySize())))
				.options(Ask.class, this.options));
	}

	@Override
	public Served serve(Place place) {
		AdaptiveNode node = this.nodes.apply(place);
		publish(node);
		return new Served(node.tcpEndpoint().map((endpoint) -> place.withPort(endpoint.port())).orElse(place),
				node::close);
	}

	@Override
	public Connected connect(Place place) {
		AdaptiveNode node = this.nodes.apply(place);
		return new Conversations(node, place, reach(node, place));
	}

	private static Connection reach(AdaptiveNode node, Place place) {
		AdaptiveClient client = node.newClient();
		return (place.transport() == Transport.TCP) ? client
			.connect(new Endpoint.Tcp(InetAddress.getLoopbackAddress().getHostAddress(), place.port()), NAME)
				: client.discoverTimeout(PATIENCE).discover(NAME);
	}

	private record Conversations(AdaptiveNode node, Place place, Connection connection) implements Connected {

		@Override
		public Caller newCaller() {
			return new Conversation(this.connection.newStream());
		}

		@Override
		public Connected another() {
			return new Conversations(this.node, this.place, reach(this.node, this.place));
		}

		@Override
		public void close() {
			this.node.close();
		}

	}

	private record Conversation(MessageStream stream) implements Caller {

		@Override
		public byte[] call(byte[] body, int replySize) {
			return this.stream.sendRecv(new Ask(replySize, body), Answer.class).body();
		}

		@Override
		public void close() {
			this.stream.close();
		}

	}

}
