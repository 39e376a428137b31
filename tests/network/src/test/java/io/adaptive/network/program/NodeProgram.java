package io.adaptive.network.program;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.network.lab.Event;
import io.adaptive.node.AdaptiveNode;

/**
 * Publishes no service of its own: a root registry, a gateway, or both.
 */
public final class NodeProgram {

	private NodeProgram() {
	}

	/**
	 * Does what its options say until its input ends.
	 * @param arguments see {@link Options}
	 */
	public static void main(String[] arguments) {
		AdaptiveNode node = new Options(arguments).node();
		Event.print("up", "instance", node.instance());
		ChildJvm.awaitEndOfInput();
		node.close();
	}

}
