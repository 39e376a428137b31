package io.adaptive.network.program;

import java.time.Duration;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.adaptive.message.AdaptiveException;
import io.adaptive.network.lab.Event;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;

/**
 * Calls the service of {@link BookServerProgram} at a steady rate, in turn as a future,
 * on a thread that waits, and on a stream of its own. Writes into a file when each call
 * begins and how it ends.
 */
public final class BookClientProgram {

	private static final int LONG_CALL = 300;

	private final BookFile book;

	private final Connection connection;

	private final CallSettings settings;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicInteger waiting = new AtomicInteger();

	private volatile boolean stopped;

	private BookClientProgram(BookFile book, Connection connection, Duration timeout) {
		this.book = book;
		this.connection = connection;
		this.settings = CallSettings.DEFAULT.timeout(timeout);
	}

	/**
	 * Calls until it is told {@code stop}, and prints {@code stopped} once no call is
	 * under way, or after a minute.
	 * @param arguments {@code book=} the file, {@code rate=} how many calls in a second,
	 * {@code timeout=} how long each may take in milliseconds; see also {@link Options}
	 */
	public static void main(String[] arguments) {
		Options options = new Options(arguments);
		try (AdaptiveNode node = options.node()) {
			BookClientProgram program = new BookClientProgram(new BookFile(options.get("book").orElseThrow()),
					node.newClient().lazy(BookServerProgram.BOOK), Duration.ofMillis(options.number("timeout", 0)));
			Thread caller = new Thread(() -> program.call(options.number("rate", 1)), "caller");
			caller.setDaemon(true);
			caller.start();
			Event.print("up");
			Scanner commands = new Scanner(System.in);
			while (commands.hasNext()) {
				program.stop(commands.next());
			}
		}
		System.exit(0);
	}

	private void stop(String command) {
		if (!command.equals("stop")) {
			throw new IllegalArgumentException("It is stop");
		}
		this.stopped = true;
		long start = System.nanoTime();
		while (this.waiting.get() > 0 && System.nanoTime() - start < Duration.ofMinutes(1).toNanos()) {
			LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
		}
		Event.print("stopped", "waiting", this.waiting.get());
	}

	private void call(int rate) {
		long pause = Duration.ofSeconds(1).toNanos() / rate;
		for (long number = 0; !this.stopped; number++) {
			this.waiting.incrementAndGet();
			this.book.write("begun %s".formatted(number));
			begin(new Entry(number, (number % 20 == 0) ? LONG_CALL : 0));
			LockSupport.parkNanos(pause);
		}
	}

	private void begin(Entry entry) {
		switch ((int) (entry.number() % 3)) {
			case 0 -> end(entry, this.connection.async().sendRecv(entry, Pong.class, this.settings));
			case 1 -> end(entry, CompletableFuture
				.supplyAsync(() -> this.connection.sendRecv(entry, Pong.class, this.settings), this.threads));
			default -> end(entry, onStream(entry));
		}
	}

	private CompletableFuture<Pong> onStream(Entry entry) {
		return CompletableFuture.supplyAsync(() -> {
			try (MessageStream stream = this.connection.newStreamAsync(this.settings).join()) {
				return stream.sendRecv(entry, Pong.class, this.settings);
			}
		}, this.threads);
	}

	private void end(Entry entry, CompletableFuture<Pong> call) {
		CompletableFuture<?> unused = call.whenComplete((pong, error) -> {
			this.book.write("ended %s %s".formatted(entry.number(), (error == null) ? "ANSWERED" : outcome(error)));
			this.waiting.decrementAndGet();
		});
	}

	private static String outcome(Throwable error) {
		Throwable cause = error;
		while (cause instanceof CompletionException && cause.getCause() != null) {
			cause = cause.getCause();
		}
		if (cause instanceof AdaptiveException known) {
			return "%s/%s".formatted(known.delivery(), known.code());
		}
		cause.printStackTrace();
		return "OTHER/" + cause.getClass().getName();
	}

}
