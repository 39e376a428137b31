package io.adaptive.internal.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.transport.SocketTransport;
import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.settings.LinkSettings;

/**
 * Warm-up run: performs once, invisible to other programs, the first use of sockets. Its
 * result are loaded classes, which take by far the longest part of the first use. A
 * failure does no harm: the classes are then loaded on first use.
 */
public final class WarmUpRun {

	private static final KeyValueLogger logger = KeyValueLogger.of(WarmUpRun.class);

	private WarmUpRun() {
	}

	/**
	 * Binds a socket.
	 */
	public static void bind(Path directory) {
		Instance self = new Instance(new ProviderId("warmUpRun"), 0);
		try (SocketTransport sockets = new SocketTransport(self, new ForyCodec(), LinkSettings.DEFAULT)) {
			sockets.listen(directory.resolve("socket"), (link) -> {
				throw new IllegalStateException("Nobody dials");
			}).close();
		}
	}

	/**
	 * Starts a run in the background, in the temporary directory of the system. If that
	 * is not writable there is no run: a run may outlive its node for a moment, and must
	 * not be in a directory that its user removes.
	 */
	public static Thread start(Consumer<Path> warmUpRun) {
		Path parent = Path.of(System.getProperty("java.io.tmpdir"));
		Thread thread = new Thread(null, () -> attempt(parent, warmUpRun), "adaptive-warmUpRun", 0, false);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	/**
	 * Performs a run in a directory that is removed afterwards.
	 */
	static void attempt(Path parent, Consumer<Path> warmUpRun) {
		try {
			Path directory = Files.createTempDirectory(parent, "r");
			// The program may be shut down during the run.
			Thread cleaner = new Thread(() -> delete(directory));
			Runtime.getRuntime().addShutdownHook(cleaner);
			try {
				warmUpRun.accept(directory);
			}
			finally {
				delete(directory);
				Runtime.getRuntime().removeShutdownHook(cleaner);
			}
		}
		catch (IOException | RuntimeException | Error ex) {
			logger.debug("warm-up run failed", ex);
		}
	}

	private static void delete(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
			for (Path file : deepestFirst) {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException | UncheckedIOException ex) {
			logger.debug("files of the warm-up run not removed", ex);
		}
	}

}
