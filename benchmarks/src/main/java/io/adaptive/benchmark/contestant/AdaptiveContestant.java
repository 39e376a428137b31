package io.adaptive.benchmark.contestant;

import java.time.Duration;
import java.util.Set;

import io.adaptive.dispatch.HandlerOptions;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
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

	AdaptiveContestant(String name, HandlerOptions options) {
		this.name = name;
		this.options = options;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public boolean runsOn(Transport transport) {
		return transport != Transport.TCP;
	}

	private static AdaptiveNode newNode(Place place) {
		Scope scope = (place.transport() == Transport.PROCESS) ? Scope.PROCESS : Scope.OS;
		return AdaptiveNode.builder().scopes(Set.of(scope)).socketDirectory(place.directory()).build();
	}

	@Override
	@SuppressWarnings("resource") // the node closes its server
	public Served serve(Place place) {
		AdaptiveNode node = newNode(place);
		node.newServer()
			.publish(Service.named(NAME)
				.handle(Ask.class, (ask) -> new Answer(Bodies.of(ask.replySize())))
				.options(Ask.class, this.options));
		return new Served(place, node::close);
	}

	@Override
	public Connected connect(Place place) {
		AdaptiveNode node = newNode(place);
		return new Conversations(node, discover(node));
	}

	private static Connection discover(AdaptiveNode node) {
		return node.newClient().discoverTimeout(PATIENCE).discover(NAME);
	}

	private record Conversations(AdaptiveNode node, Connection connection) implements Connected {

		@Override
		public Caller newCaller() {
			return new Conversation(this.connection.newStream());
		}

		@Override
		public Connected another() {
			return new Conversations(this.node, discover(this.node));
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
