package io.adaptive.sample.plain;

import java.nio.file.Path;
import java.util.Set;

import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

class HelloTests {

	@TempDir
	private Path socketDirectory;

	@Test
	void serviceAnswersOverASocket() {
		try (AdaptiveNode server = newNode(); AdaptiveNode client = newNode()) {
			Hello.publish(server);
			assertEquals("I am hello server, John", Hello.ask(client, "John"));
		}
	}

	private AdaptiveNode newNode() {
		return AdaptiveNode.builder().scopes(Set.of(Scope.OS)).socketDirectory(this.socketDirectory).build();
	}

}
