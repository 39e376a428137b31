package io.adaptive.builtin;

import java.util.List;
import java.util.Set;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ProviderId;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;

/**
 * A program with some services that are registered with a root registry.
 */
final class RegisteredProgram {

	static final String UP = "published";

	private RegisteredProgram() {
	}

	public static void main(String[] arguments) {
		AdaptiveNode node = AdaptiveNode.builder()
			.providerId(new ProviderId("child"))
			.scopes(Set.of())
			.listen("127.0.0.1", 0)
			.registries(List.of(new Endpoint.Tcp("127.0.0.1", Integer.parseInt(arguments[0]))))
			.build();
		node.newServer().publish(Service.named("test", arguments[1]));
		System.out.println(UP);
		ChildJvm.awaitEndOfInput();
		node.close();
	}

}
