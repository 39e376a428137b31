package io.adaptive.stress.memory;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.ParallelThreads;
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

	/** The test that started the program gives up before. */
	private static final Duration LIMIT = Duration.ofHours(1);

	private FastSenderProgram() {
	}

	/**
	 * Sends on some streams of some connections.
	 * @param arguments directory, chunks for each stream, bytes of a chunk, connections,
	 * streams of each
	 */
	public static void main(String[] arguments) throws Exception {
		long chunks = Long.parseLong(arguments[1]);
		int size = Integer.parseInt(arguments[2]);
		try (AdaptiveNode node = AdaptiveNode.builder()
			.scopes(EnumSet.of(Scope.OS))
			.socketDirectory(Path.of(arguments[0]))
			.build()) {
			List<MessageStream> streams = streams(node, Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
			LongAdder heldBack = new LongAdder();
			LongAdder paused = new LongAdder();
			long start = System.nanoTime();
			ParallelThreads.run(streams.size(), LIMIT, (number) -> {
				MessageStream stream = streams.get(number);
				stream.send(new Begin(chunks));
				heldBack.add(send(stream, chunks, size));
				paused.add(stream.recv(End.class).pausedMillis());
			});
			System.out.printf("%s: held back %d ms, reader paused %d ms, took %d ms%n", DONE, millis(heldBack.sum()),
					paused.sum(), millis(System.nanoTime() - start));
			ChildJvm.awaitEndOfInput();
		}
	}

	private static List<MessageStream> streams(AdaptiveNode node, int connections, int each) {
		List<MessageStream> streams = new ArrayList<>();
		for (int i = 0; i < connections; i++) {
			Connection connection = node.newClient()
				.discoverTimeout(Duration.ofSeconds(30))
				.discover("stress", "reader");
			for (int j = 0; j < each; j++) {
				streams.add(connection.newStream());
			}
		}
		return streams;
	}

	private static long send(MessageStream stream, long chunks, int size) {
		byte[] bytes = new byte[size];
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
