package io.adaptive.stress.memory;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.stress.memory.Flood.Chunk;
import io.adaptive.stress.memory.Flood.End;
import org.jspecify.annotations.Nullable;

/**
 * Takes chunks slowly, and answers how many it has taken.
 */
final class SlowHandlerProgram {

	static final String UP = "the handler is published";

	private static final long PAUSE_MILLIS = 2;

	private long handled;

	private SlowHandlerProgram() {
	}

	public static void main(String[] arguments) {
		SlowHandlerProgram program = new SlowHandlerProgram();
		AdaptiveNode node = AdaptiveNode.builder()
			.scopes(EnumSet.of(Scope.OS))
			.socketDirectory(Path.of(arguments[0]))
			.build();
		node.newServer()
			.publish(Service.named("stress", "handler")
				.handle(Chunk.class, program::handle)
				.handle(Flood.Begin.class, (begin) -> program.count()));
		System.out.println(UP);
		ChildJvm.awaitEndOfInput();
		node.close();
	}

	/**
	 * One at a time: the other workers wait.
	 */
	private synchronized @Nullable Object handle(Chunk chunk) throws InterruptedException {
		TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
		if (!chunk.isIntact()) {
			throw new IllegalStateException("Chunk %d is damaged".formatted(chunk.number()));
		}
		this.handled++;
		return null;
	}

	private synchronized End count() {
		return new End(this.handled);
	}

}
