package io.adaptive.stress.memory;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.stream.ContextStream;
import io.adaptive.stress.memory.Flood.Begin;
import io.adaptive.stress.memory.Flood.Chunk;
import io.adaptive.stress.memory.Flood.End;

/**
 * Reads 128 chunks of a stream at full speed, then pauses, and so on; fails the
 * conversation at the first chunk that is not the next one.
 */
final class SlowReaderProgram {

	static final String UP = "the reader is published";

	private static final int CHUNKS_BETWEEN_PAUSES = 128;

	private static final long PAUSE_MILLIS = 30;

	private SlowReaderProgram() {
	}

	public static void main(String[] arguments) {
		AdaptiveNode node = AdaptiveNode.builder()
			.scopes(EnumSet.of(Scope.OS))
			.socketDirectory(Path.of(arguments[0]))
			.build();
		node.newServer()
			.publish(Service.named("stress", "reader").handle(Begin.class, (begin, stream) -> read(begin, stream)));
		System.out.println(UP);
		ChildJvm.awaitEndOfInput();
		node.close();
	}

	private static Object read(Begin begin, ContextStream stream) throws InterruptedException {
		long paused = 0;
		for (long number = 0; number < begin.chunks(); number++) {
			Chunk chunk = stream.recv(Chunk.class);
			if (chunk.number() != number || !chunk.isIntact()) {
				throw new IllegalStateException("Got chunk %d instead of %d, which is %s".formatted(chunk.number(),
						number, chunk.isIntact() ? "intact" : "damaged"));
			}
			if (number % CHUNKS_BETWEEN_PAUSES == CHUNKS_BETWEEN_PAUSES - 1) {
				long start = System.nanoTime();
				TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
				paused += System.nanoTime() - start;
			}
		}
		return new End(TimeUnit.NANOSECONDS.toMillis(paused));
	}

}
