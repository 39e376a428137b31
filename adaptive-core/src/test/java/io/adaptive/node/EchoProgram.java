package io.adaptive.node;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.message.Scope;
import io.adaptive.server.Service;

/**
 * A server in a program of its own: echoes at once, or never answers.
 */
final class EchoProgram {

	static final String UP = "echo is published";

	private EchoProgram() {
	}

	public static void main(String[] arguments) {
		AdaptiveNode node = (arguments[0].equals("tcp") ? AdaptiveNode.builder().scopes(Set.of()).listen(0)
				: AdaptiveNode.builder().scopes(EnumSet.of(Scope.OS)).socketDirectory(Path.of(arguments[0])))
			.build();
		node.newServer().publish(echo());
		System.out.println(UP + node.tcpEndpoint().map((endpoint) -> " at " + endpoint).orElse(""));
		ChildJvm.awaitEndOfInput();
		node.close();
	}

	/**
	 * Echoes balls; what falls into the well is never heard of again.
	 */
	static Service echo() {
		return Service.named("test", "echo").handle(Ball.class, (ball) -> ball).handle(Well.class, (well) -> {
			while (!Thread.currentThread().isInterrupted()) {
				LockSupport.park();
			}
			return null;
		});
	}

	record Ball(int thread, int number) {
	}

	record Well() {
	}

}
