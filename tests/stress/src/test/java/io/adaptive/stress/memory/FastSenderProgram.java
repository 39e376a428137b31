package io.adaptive.stress.memory;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import io.adaptive.stress.memory.Flood.Begin;
import io.adaptive.stress.memory.Flood.Chunk;
import io.adaptive.stress.memory.Flood.End;

/**
 * Sends as fast as it may, and tells how long it was held back.
 */
final class FastSenderProgram {

	static final String DONE = "all chunks are read";

	/** A send that takes longer has waited for credit. */
	private static final long HELD_BACK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private FastSenderProgram() {
	}

	public static void main(String[] arguments) {
		long chunks = Long.parseLong(arguments[1]);
		try (AdaptiveNode node = AdaptiveNode.builder()
			.scopes(EnumSet.of(Scope.OS))
			.socketDirectory(Path.of(arguments[0]))
			.build();
				Connection connection = node.newClient()
					.discoverTimeout(Duration.ofSeconds(30))
					.discover("stress", "reader");
				MessageStream stream = connection.newStream()) {
			stream.send(new Begin(chunks));
			long start = System.nanoTime();
			long heldBack = send(stream, chunks);
			End end = stream.recv(End.class);
			System.out.printf("%s: held back %d ms, reader paused %d ms, took %d ms%n", DONE, millis(heldBack),
					end.pausedMillis(), millis(System.nanoTime() - start));
			ChildJvm.awaitEndOfInput();
		}
	}

	private static long send(MessageStream stream, long chunks) {
		byte[] bytes = new byte[Flood.CHUNK_BYTES];
		new Random(1).nextBytes(bytes);
		long heldBack = 0;
		for (long number = 0; number < chunks; number++) {
			ByteBuffer.wrap(bytes).putLong(number);
			Chunk chunk = Chunk.of(number, bytes);
			long start = System.nanoTime();
			stream.send(chunk);
			long took = System.nanoTime() - start;
			heldBack += (took >= HELD_BACK_NANOS) ? took : 0;
		}
		return heldBack;
	}

	private static long millis(long nanos) {
		return TimeUnit.NANOSECONDS.toMillis(nanos);
	}

}
