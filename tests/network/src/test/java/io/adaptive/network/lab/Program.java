package io.adaptive.network.lab;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.adaptive.fixture.ChildJvm;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/**
 * A program that runs in a host and prints {@link Event events}.
 */
public final class Program implements AutoCloseable {

	private final String host;

	private final ChildJvm jvm;

	private final long clock;

	Program(String host, ChildJvm jvm, long clock) {
		this.host = host;
		this.jvm = jvm;
		this.clock = clock;
	}

	/**
	 * Waits for an event.
	 * @param name its name
	 * @param timeout how long
	 * @param which whether it is the one
	 * @return the first such event
	 */
	public Event await(String name, Duration timeout, Predicate<Event> which) {
		try {
			return Awaitility.await("event " + name)
				.pollInterval(Duration.ofMillis(10))
				.atMost(timeout)
				.failFast("it has ended", () -> !isAlive())
				.until(() -> events(name).filter(which).findFirst(), Optional::isPresent)
				.orElseThrow();
		}
		catch (ConditionTimeoutException | TerminalFailureException ex) {
			throw new AssertionError("No such event \"%s\" within %s from %s".formatted(name, timeout, this), ex);
		}
	}

	/**
	 * Waits for an event of this name, long enough for a program to start.
	 * @param name its name
	 * @return the first such event
	 */
	public Event await(String name) {
		return await(name, Duration.ofSeconds(120), (event) -> true);
	}

	/**
	 * Returns the events that there were, at times of this machine's clock.
	 * @param names their names
	 * @return the events, the first one first
	 */
	public Stream<Event> events(String... names) {
		List<String> wanted = List.of(names);
		return this.jvm.lines()
			.stream()
			.flatMap((line) -> Event.read(line.text(), this.clock).stream())
			.filter((event) -> wanted.contains(event.name()));
	}

	/**
	 * Says something to the program and waits for what it makes of it.
	 * @param command what it is told
	 * @param name the event that answers
	 * @return the answer
	 */
	public Event ask(String command, String name) {
		long now = System.nanoTime();
		this.jvm.tell(command);
		return await(name, Duration.ofSeconds(120), (event) -> event.nanos() >= now);
	}

	/**
	 * Ends it as {@code kill -9} does.
	 * @return when, by {@link System#nanoTime()}
	 */
	public long kill() {
		long now = System.nanoTime();
		this.jvm.kill();
		return now;
	}

	/**
	 * Lets it end by itself, and waits until it has.
	 * @return when it was told, by {@link System#nanoTime()}
	 */
	public long stop() {
		long now = System.nanoTime();
		int status = this.jvm.stop();
		if (status != 0) {
			throw new AssertionError("Ended with status %d: %s".formatted(status, this));
		}
		return now;
	}

	/**
	 * Asks it to end ({@code SIGTERM}).
	 */
	public void terminate() {
		this.jvm.signal("TERM");
	}

	/**
	 * Waits until it has ended.
	 */
	public void awaitExit() {
		this.jvm.awaitExit();
	}

	/**
	 * Stops it as a closed lid does ({@code SIGSTOP}), until it is resumed.
	 */
	public void pause() {
		this.jvm.signal("STOP");
	}

	/**
	 * Lets it go on after a pause.
	 */
	public void resume() {
		this.jvm.signal("CONT");
	}

	/**
	 * Tells whether it runs.
	 * @return whether it does
	 */
	public boolean isAlive() {
		return ProcessHandle.of(this.jvm.pid()).filter(ProcessHandle::isAlive).isPresent();
	}

	@Override
	public void close() {
		this.jvm.close();
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(
				"program %d of %s, which printed, at milliseconds of the clock of this machine:"
					.formatted(this.jvm.pid(), this.host));
		this.jvm.lines()
			.forEach((line) -> text
				.append("\n\t%d %s".formatted(TimeUnit.NANOSECONDS.toMillis(line.nanos()), line.text())));
		return text.toString();
	}

}
