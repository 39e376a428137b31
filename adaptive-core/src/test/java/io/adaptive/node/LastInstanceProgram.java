package io.adaptive.node;

import java.nio.file.Path;
import java.util.EnumSet;

import io.adaptive.message.Scope;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;
import io.adaptive.settings.ScaleFactors;

/**
 * A server in a program of its own with one worker, so that calls wait behind one that
 * takes long.
 */
final class LastInstanceProgram {

	static final String UP = "program is up";

	static final String HANDLING = "handling";

	private LastInstanceProgram() {
	}

	/**
	 * Serves until SIGTERM.
	 * @param arguments the socket directory, and the name that is in the answers
	 */
	public static void main(String[] arguments) {
		AdaptiveNode node = AdaptiveNode.builder()
			.scopes(EnumSet.of(Scope.OS))
			.socketDirectory(Path.of(arguments[0]))
			.scaleFactors(new ScaleFactors(1, 16, -1, 1))
			.build();
		AdaptiveServer server = node.newServer();
		server.publish(Service.named("test", "last").handle(Slow.class, (slow) -> {
			System.out.println(HANDLING);
			while (server.services().get(0).draining() == null) {
				Thread.sleep(1);
			}
			return new Answer(arguments[1], slow.number());
		}).handle(Quick.class, (quick) -> new Answer(arguments[1], quick.number())));
		System.out.println(UP);
		node.serve();
	}

	/** Answered once the program leaves. */
	record Slow(int number) {
	}

	/** Answered at once, when a worker is free. */
	record Quick(int number) {
	}

	/** Who has handled what. */
	record Answer(String by, int number) {
	}

}
