package io.adaptive.internal.builtin.root;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ProviderId;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;

/**
 * A program with nodes, one for each service, that are registered with a root registry.
 */
final class RegisteredProgram {

	static final String UP = "published";

	private RegisteredProgram() {
	}

	public static void main(String[] arguments) {
		List<AdaptiveNode> nodes = Stream.of(arguments)
			.skip(1)
			.map((service) -> start(Integer.parseInt(arguments[0]), service))
			.toList();
		System.out.println(UP);
		ChildJvm.awaitEndOfInput();
		nodes.forEach(AdaptiveNode::close);
	}

	private static AdaptiveNode start(int root, String service) {
		AdaptiveNode node = AdaptiveNode.builder()
			.providerId(new ProviderId("host-of-" + service))
			.scopes(Set.of())
			.listen("127.0.0.1", 0)
			.registries(List.of(new Endpoint.Tcp("127.0.0.1", root)))
			.build();
		node.newServer().publish(Service.named("test", service));
		return node;
	}

}
