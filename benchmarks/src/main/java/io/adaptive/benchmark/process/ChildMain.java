package io.adaptive.benchmark.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import io.adaptive.benchmark.contestant.Connected;
import io.adaptive.benchmark.contestant.Contestant;
import io.adaptive.benchmark.contestant.Contestants;
import io.adaptive.benchmark.contestant.Place;
import io.adaptive.benchmark.contestant.Served;
import io.adaptive.benchmark.contestant.Transport;
import io.adaptive.benchmark.load.Load;
import io.adaptive.benchmark.load.LoadRun;
import io.adaptive.benchmark.load.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A process of a measurement: a server, a client, or within a process both; or a relay
 * between them. It obeys a line at a time, answers each with a line, and ends with its
 * input, so also with its parent.
 */
public final class ChildMain {

	/** How an answer begins; what else is printed is the Java's own and no answer. */
	static final String ANSWER = "answer ";

	/** How the reason begins why there is no answer. */
	static final String FAILED = "failed ";

	private static final int COLLECTIONS = 3;

	private final @Nullable Connected connection;

	/** What is opened only to be there. */
	private final List<Object> idle = new ArrayList<>();

	private ChildMain(@Nullable Connected connection) {
		this.connection = connection;
	}

	/**
	 * Runs until the input ends.
	 * @param arguments role, contestant, transport, directory, port
	 * @throws IOException if the parent cannot be heard
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		Contestant contestant = Contestants.named(arguments[1]);
		Place place = new Place(Transport.of(arguments[2]), Path.of(arguments[3]), Integer.parseInt(arguments[4]));
		// What libraries print must not be taken for an answer.
		PrintStream answers = System.out;
		System.setOut(System.err);
		if (arguments[0].equals("relay")) {
			Served relay = contestant.relay(place);
			place = relay.place();
		}
		else if (arguments[0].equals("serve") || place.transport() == Transport.PROCESS) {
			Served served = contestant.serve(place);
			place = served.place();
		}
		Connected connection = arguments[0].equals("call") ? contestant.connect(place) : null;
		answers.println(ANSWER + "port=" + place.port());
		new ChildMain(connection).obey(answers);
		System.exit(0);
	}

	private void obey(PrintStream answers) throws IOException, InterruptedException {
		BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = orders.readLine(); line != null; line = orders.readLine()) {
			try {
				List<String> words = Arrays.asList(line.split(" ", -1));
				answers.println(ANSWER + obey(words.get(0), words.subList(1, words.size())));
			}
			catch (RuntimeException ex) {
				ex.printStackTrace();
				answers.println(FAILED + ex.toString().replace('\n', ' '));
			}
		}
	}

	private String obey(String order, List<String> words) throws InterruptedException {
		return switch (order) {
			case "usage" -> Usage.now().toString();
			case "memory" -> "memory=" + memory();
			case "load" -> LoadRun.run(connection(), Load.of(words)).toString();
			case "streams" -> open(words, () -> connection().newCaller());
			case "connections" -> open(words, () -> connection().another());
			default -> throw new IllegalArgumentException("Not an order: " + order);
		};
	}

	private Connected connection() {
		if (this.connection == null) {
			throw new IllegalStateException("A server makes no calls");
		}
		return this.connection;
	}

	private String open(List<String> words, Supplier<Object> opening) {
		int count = Integer.parseInt(words.get(0));
		for (int i = 0; i < count; i++) {
			this.idle.add(opening.get());
		}
		return "open=" + this.idle.size();
	}

	/**
	 * Returns what is in use after a collection, on the heap and in buffers outside.
	 */
	private static long memory() throws InterruptedException {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
			Thread.sleep(100);
		}
		long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		return heap + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.mapToLong(BufferPoolMXBean::getMemoryUsed)
			.sum();
	}

}
