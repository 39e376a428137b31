package io.adaptive.stress.values;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.ValueEcho;
import io.adaptive.node.AdaptiveNode;

/**
 * A program that sends values back, on the JDK that it was started with.
 */
final class ValueEchoProgram {

	private ValueEchoProgram() {
	}

	/**
	 * Serves until the end of the standard input.
	 * @param arguments the name of the codec
	 */
	public static void main(String[] arguments) {
		try (AdaptiveNode node = AdaptiveNode.builder().listen(0).codec(arguments[0]).warmUpAtOnce(false).build()) {
			node.newServer().publish(ValueEcho.service());
			System.out.println("java " + Runtime.version().feature() + " port " + port(node));
			ChildJvm.awaitEndOfInput();
		}
	}

	private static int port(AdaptiveNode node) {
		String endpoint = node.tcpEndpoint().orElseThrow().toString();
		return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
	}

}
