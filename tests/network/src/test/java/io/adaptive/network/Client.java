package io.adaptive.network;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.adaptive.network.lab.Event;
import io.adaptive.network.lab.Host;
import io.adaptive.network.lab.Program;
import io.adaptive.network.program.ClientProgram;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A running {@link ClientProgram}.
 */
final class Client {

	/** The calls in a second of most cases. */
	static final int RATE = 200;

	/** How long to wait before it is said that something did not happen at all. */
	private static final Duration NEVER = Duration.ofSeconds(160);

	private final Program program;

	private int rate;

	private Client(Program program, int rate) {
		this.program = program;
		this.rate = rate;
	}

	/**
	 * Starts a client that watches, and calls as soon as there is somebody.
	 */
	static Client start(Host host, Object... options) {
		Program program = host.run(ClientProgram.class, options);
		program.await("up");
		Client client = new Client(program, 0);
		client.rate(RATE);
		return client;
	}

	/**
	 * Starts a client that only watches.
	 */
	static Client watching(Host host, Object... options) {
		Program program = host.run(ClientProgram.class, options);
		program.await("up");
		return new Client(program, 0);
	}

	Program program() {
		return this.program;
	}

	void rate(int rate) {
		this.program.ask("rate " + rate, "calling");
		this.rate = rate;
	}

	/**
	 * Returns how long after a moment it saw a provider, in milliseconds.
	 */
	long millisToAppear(Provider provider, long since) {
		return millis(since, await("appeared", "instance", provider.instance(), since));
	}

	/**
	 * Returns how long after it was published it saw a provider, zero if that was before
	 * the provider could say so.
	 */
	long millisToAppear(Provider provider) {
		return millis(provider.published().nanos(),
				await("appeared", "instance", provider.instance(), provider.publishing()));
	}

	/**
	 * Returns how long after a moment a provider was gone, in milliseconds.
	 */
	long millisToGo(Provider provider, long since) {
		return millis(since, await("gone", "instance", provider.instance(), since));
	}

	/**
	 * Returns how long after a moment its calls came to a host, in milliseconds.
	 */
	long millisToAnswerBy(Host host, long since) {
		return millis(since, await("answered", "by", host.name(), since));
	}

	/**
	 * Returns how long after a moment there was an answer again.
	 */
	long millisToAnswer(long since) {
		return millis(since, this.program.ask("answer", "answer"));
	}

	/**
	 * Returns how long after a moment its watch knew exactly these again, in
	 * milliseconds.
	 */
	long millisToKnow(List<Provider> providers, long since) {
		Set<String> wanted = providers.stream().map(Provider::instance).collect(Collectors.toSet());
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.atMost(NEVER)
			.untilAsserted(() -> assertThat(known()).as("%s", this.program).isEqualTo(wanted));
		return Math.max(0, TimeUnit.NANOSECONDS.toMillis(lastTold() - since));
	}

	private Set<String> known() {
		Set<String> known = new HashSet<>();
		told().forEach((event) -> {
			String instance = event.fields().get("instance");
			assertThat(event.name().equals("gone") ? known.remove(instance) : known.add(instance))
				.as("%s is told once", event)
				.isTrue();
		});
		return known;
	}

	private long lastTold() {
		return told().stream().mapToLong(Event::nanos).max().orElseThrow();
	}

	/**
	 * Returns what its watch was told, in that order.
	 */
	private List<Event> told() {
		return this.program.events("appeared", "gone").toList();
	}

	private Event await(String event, String field, String value, long since) {
		return this.program.await(event, NEVER, (each) -> each.has(field, value) && each.nanos() > since);
	}

	private static long millis(long since, Event event) {
		return Math.max(0, TimeUnit.NANOSECONDS.toMillis(event.nanos() - since));
	}

	/**
	 * Waits until it is answered, and forgets what was before.
	 */
	Client answered() {
		millisToAnswer(0);
		calls();
		return this;
	}

	/**
	 * Waits until there were so many answers more.
	 */
	void answers(int more) {
		this.program.ask("count " + more, "counted");
	}

	/**
	 * Tells who of some answers now.
	 */
	Provider used(List<Provider> providers) {
		return providers.stream().filter(this::isUsed).findFirst().orElseThrow();
	}

	/**
	 * Tells who of some does not answer now.
	 */
	Provider unused(List<Provider> providers) {
		return providers.stream().filter((provider) -> !isUsed(provider)).findFirst().orElseThrow();
	}

	private boolean isUsed(Provider provider) {
		Event last = this.program.events("answered").reduce((first, second) -> second).orElseThrow();
		return last.has("by", provider.host().name());
	}

	/**
	 * Takes the counts of the calls that began since they were taken last, while it goes
	 * on calling.
	 */
	Calls calls() {
		return Calls.take(this.program, this.rate);
	}

	/**
	 * Stops calling, lets the last calls end, and takes the counts.
	 */
	Calls end() {
		this.program.ask("rate 0", "calling");
		return calls();
	}

}
