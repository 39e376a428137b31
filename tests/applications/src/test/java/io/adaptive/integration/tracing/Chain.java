package io.adaptive.integration.tracing;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.adaptive.handler.ReplyHandler;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;

/**
 * Four services, each on a node of its own: a asks b and c, and c asks d.
 */
final class Chain implements AutoCloseable {

	static final String CLOSED = "<b>closed</b>; come back #tomorrow";

	private final Deque<AdaptiveNode> nodes = new ArrayDeque<>();

	private final Path socketDirectory;

	Chain(Path socketDirectory) {
		this.socketDirectory = socketDirectory;
		publish(newNode(), "service-b", (ask) -> new Answer(ask.input() + " Hello service b"));
		publish(newNode(), "service-d", (ask) -> new Answer(ask.input() + " Hello service d"));
		publishC(newNode());
		publishA(newNode());
	}

	private void publishC(AdaptiveNode node) {
		Connection d = node.newClient().discover("example", "service-d");
		publish(node, "service-c", (ask) -> {
			if (ask.input().contains("closed")) {
				throw new IllegalStateException(CLOSED);
			}
			return new Answer(ask.input() + " Hello service c(" + ask(d, "depend") + ")");
		});
	}

	private void publishA(AdaptiveNode node) {
		Connection b = node.newClient().discover("example", "service-b");
		Connection c = node.newClient().discover("example", "service-c");
		publish(node, "service-a", (ask) -> {
			if (ask.input().startsWith("many ")) {
				return new Answer(IntStream.range(0, Integer.parseInt(ask.input().substring(5)))
					.mapToObj((i) -> ask(b, "depend " + i))
					.collect(Collectors.joining(", ")));
			}
			String dependency = ask.input().contains("closed") ? "closed" : "depend";
			return new Answer(ask.input() + " Hello service a(" + ask(b, "depend") + ", " + ask(c, dependency) + ")");
		});
	}

	private static String ask(Connection service, String input) {
		return service.sendRecv(new Ask(input), Answer.class).output();
	}

	private static void publish(AdaptiveNode node, String name, ReplyHandler<Ask> handler) {
		node.newServer().publish(Service.named("example", name).handle(Ask.class, handler));
	}

	private AdaptiveNode newNode() {
		AdaptiveNode node = AdaptiveNode.builder()
			.scopes(Set.of(Scope.OS))
			.socketDirectory(this.socketDirectory)
			.build();
		this.nodes.push(node);
		return node;
	}

	@Override
	public void close() {
		this.nodes.forEach(AdaptiveNode::close);
	}

}
