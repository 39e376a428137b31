package io.adaptive.node;

import java.nio.file.Path;
import java.util.EnumSet;

import io.adaptive.message.Scope;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;

/**
 * A server in a program of its own that does nothing but serve.
 */
final class ServingProgram {

	static final String HANDLING = "handling";

	private ServingProgram() {
	}

	public static void main(String[] arguments) {
		AdaptiveNode node = AdaptiveNode.builder()
			.scopes(EnumSet.of(Scope.OS))
			.socketDirectory(Path.of(arguments[0]))
			.build();
		AdaptiveServer server = node.newServer();
		server.publish(Service.named("test", "serving").handle(Slow.class, (slow, stream) -> {
			System.out.println(HANDLING);
			while (server.services().get(0).draining() == null) {
				Thread.sleep(1);
			}
			return slow;
		}).handle(Leave.class, (leave, stream) -> {
			node.close();
			return leave;
		}));
		node.serve();
	}

	/** Answered once the program leaves. */
	record Slow(int number) {
	}

	/** Closes the node. */
	record Leave() {
	}

}
