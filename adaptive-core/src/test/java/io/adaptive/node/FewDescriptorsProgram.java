package io.adaptive.node;

import java.util.EnumSet;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.message.Scope;
import io.adaptive.server.Service;

/**
 * A server that may have few open files.
 */
final class FewDescriptorsProgram {

	private FewDescriptorsProgram() {
	}

	public static void main(String[] arguments) {
		try (AdaptiveNode node = AdaptiveNode.builder().scopes(EnumSet.of(Scope.LAN)).listen("127.0.0.1", 0).build()) {
			node.newServer()
				.publish(Service.named("test", "echo").handle(String.class, (String text) -> "answer to " + text));
			System.out.println("port " + node.tcpEndpoint().orElseThrow().port());
			ChildJvm.awaitEndOfInput();
		}
	}

}
