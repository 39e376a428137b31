package io.adaptive.node;

import java.util.Set;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.node.LanDiscoveryTests.Answer;
import io.adaptive.node.LanDiscoveryTests.Question;
import io.adaptive.server.Service;
import io.adaptive.settings.LanSettings;

/**
 * A server in a program of its own, on the loopback's broadcast address.
 */
final class LanProgram {

	static final String UP = "hello is published";

	private LanProgram() {
	}

	public static void main(String[] arguments) {
		LanSettings lan = LanSettings.DEFAULT.port(Integer.parseInt(arguments[0])).interfaces("lo");
		AdaptiveNode node = AdaptiveNode.builder().scopes(Set.of()).listen(0).lan(lan).build();
		node.newServer()
			.publish(Service.named("example", "hello").handle(Question.class, (question) -> new Answer("there")));
		System.out.println(UP);
		ChildJvm.awaitEndOfInput();
		node.close();
	}

}
