package io.adaptive.network.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import io.adaptive.network.lab.Event;
import io.adaptive.network.lab.Host;
import io.adaptive.network.lab.Lan;
import io.adaptive.network.program.BookClientProgram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client that calls servers all the time, and faults that happen meanwhile.
 * {@code -Dadaptive.chaos.seconds} says for how long faults begin, and
 * {@code -Dadaptive.chaos.seed} repeats those of an earlier run.
 */
final class Chaos {

	private static final long SECONDS = Integer.getInteger("adaptive.chaos.seconds", 60);

	private static final long SEED = Long.getLong("adaptive.chaos.seed", System.nanoTime() & 0xffffff);

	private static final int RATE = 60;

	private static final Duration TIMEOUT = Duration.ofSeconds(3);

	/**
	 * How long a call may take that first opens a stream, and how late its end may be.
	 */
	private static final Duration LIMIT = TIMEOUT.multipliedBy(2).plusSeconds(5);

	/**
	 * How soon calls are answered again once all faults are over: ten times the goal,
	 * which is 20 seconds.
	 */
	private static final Duration RECOVERY = Duration.ofSeconds(200);

	private static final int ANSWERED_IN_A_ROW = 5 * RATE;

	private final String name;

	private final Path directory;

	private final List<Path> files = new ArrayList<>();

	private final List<Part> parts = new ArrayList<>();

	private Part client;

	/**
	 * Makes one without any program.
	 * @param name its name in the output
	 * @param directory of the books
	 */
	Chaos(String name, Path directory) {
		this.name = name;
		this.directory = directory;
	}

	/**
	 * Returns the option that names the book of a host.
	 */
	String book(Host host) {
		Path file = this.directory.resolve(host.name());
		this.files.add(file);
		return "book=" + file;
	}

	void add(Part part) {
		this.parts.add(part);
	}

	/**
	 * Starts the client.
	 * @param faults what may happen to it
	 * @param option how it finds the servers
	 */
	void client(List<FaultKind> faults, Host host, Lan lan, String option) {
		this.client = new Part(faults, host, lan, BookClientProgram.class, option, book(host), "rate=" + RATE,
				"timeout=" + TIMEOUT.toMillis());
		this.parts.add(this.client);
	}

	/**
	 * Lets the faults happen, waits until calls are answered again, and checks the books.
	 */
	void run() throws InterruptedException {
		// Now, and not only with the totals, for a run that never ends.
		System.out.println("chaos %s: seed %s".formatted(this.name, SEED));
		awaitAnswers(System.nanoTime(), Duration.ofMinutes(2));
		List<Fault> plan = Fault.plan(new SplittableRandom(SEED), this.parts, TimeUnit.SECONDS.toMillis(SECONDS));
		happen(plan);
		long over = Math.max(System.nanoTime(),
				this.parts.stream().map(Part::awaitUp).mapToLong(Event::nanos).max().orElseThrow());
		long recovered = awaitAnswers(over, RECOVERY.plusMinutes(1));
		Event stopped = this.client.program().ask("stop", "stopped");
		CallBooks books = CallBooks.read(this.files);
		System.out.println("chaos %s: seed %s, %s faults in %s s: %s; slowest call %s ms; answered again after %s ms"
			.formatted(this.name, SEED, plan.size(), SECONDS, books, books.slowestMillis(this.client::paused),
					recovered));
		assertThat(stopped.number("waiting")).as("calls that never end").isZero();
		assertThat(books.errors(LIMIT.toNanos(), this.client::paused)).as("seed %s", SEED).isEmpty();
		assertThat(books.sent()).isEqualTo(books.answered() + books.failed());
		assertThat(recovered).as("seed %s", SEED).isLessThan(RECOVERY.toMillis());
	}

	private void happen(List<Fault> plan) throws InterruptedException {
		List<Fault.Step> steps = plan.stream()
			.flatMap((fault) -> fault.steps().stream())
			.sorted(Comparator.comparingLong(Fault.Step::at))
			.toList();
		long start = System.nanoTime();
		for (Fault.Step step : steps) {
			// What is tested is what happens at such times.
			TimeUnit.NANOSECONDS.sleep(start + TimeUnit.MILLISECONDS.toNanos(step.at()) - System.nanoTime());
			System.out.println("chaos %s: %s ms: %s".formatted(this.name,
					TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start), step.text()));
			step.action().run();
		}
	}

	/**
	 * Waits until calls are answered one after the other.
	 * @return after how many milliseconds the first of them was
	 */
	private long awaitAnswers(long since, Duration patience) {
		long answered = await().pollInterval(Duration.ofMillis(200))
			.atMost(patience)
			.until(() -> CallBooks.read(this.files).firstOfAnswered(ANSWERED_IN_A_ROW, since), OptionalLong::isPresent)
			.getAsLong();
		return TimeUnit.NANOSECONDS.toMillis(answered - since);
	}

}
