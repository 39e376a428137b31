package io.adaptive.node;

import java.nio.file.Path;
import java.util.EnumSet;

import io.adaptive.message.Scope;
import io.adaptive.stream.Connection;

/**
 * A program that waits for the service of {@link EchoProgram} and calls it.
 */
final class EchoClientProgram {

	private EchoClientProgram() {
	}

	/**
	 * Calls the service once.
	 * @param arguments the socket directory
	 */
	public static void main(String[] arguments) {
		try (AdaptiveNode node = AdaptiveNode.builder()
			.scopes(EnumSet.of(Scope.OS))
			.socketDirectory(Path.of(arguments[0]))
			.build(); Connection connection = node.newClient().discover("test", "echo")) {
			System.out.println("answer " + connection.sendRecv(new EchoProgram.Ball(1, 2), EchoProgram.Ball.class));
		}
	}

}
