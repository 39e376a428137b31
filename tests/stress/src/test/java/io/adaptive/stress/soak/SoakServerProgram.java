package io.adaptive.stress.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;

/**
 * The server's end of the soak in a program of its own.
 */
final class SoakServerProgram {

	static final String UP = "the soak is published";

	private SoakServerProgram() {
	}

	public static void main(String[] arguments) {
		try (AdaptiveNode node = AdaptiveNode.builder()
			.scopes(EnumSet.of(Scope.OS))
			.socketDirectory(Path.of(arguments[0]))
			.linkSettings(SoakTests.LITTLE_CREDIT)
			.drainTimeout(Duration.ofSeconds(5))
			.build()) {
			SoakServer.publish(node);
			System.out.println(UP);
			ChildJvm.awaitEndOfInput();
		}
	}

}
