package io.adaptive.stress.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.stream.Connection;

/**
 * Some seconds of everything at once, and then silence, in which the books are balanced.
 */
final class Round {

	/** How long a lane may take to end its last episode. */
	private static final Duration LAST_EPISODE = Duration.ofSeconds(60);

	private final AdaptiveClient client;

	private final Connection control;

	private final SplittableRandom random;

	private final Books books = new Books(0);

	private final Connection connection;

	private final Connection ordered;

	private volatile boolean over;

	/**
	 * Prepares a round.
	 * @param client finds the services
	 * @param control leads to {@link SoakServer#CONTROL}
	 * @param random makes all choices
	 */
	Round(AdaptiveClient client, Connection control, SplittableRandom random) {
		this.client = client;
		this.control = control;
		this.random = random;
		this.connection = connect();
		this.ordered = client.discover(SoakServer.ORDERED);
	}

	Books books() {
		return this.books;
	}

	Connection connection() {
		return this.connection;
	}

	Connection ordered() {
		return this.ordered;
	}

	Connection connect() {
		return this.client.discover(SoakServer.SOAK);
	}

	/**
	 * Runs the round. Afterwards the books hold those of the server, too.
	 * @param duration how long lanes begin new episodes
	 * @return what the server says of all rounds
	 */
	String run(Duration duration) throws InterruptedException {
		this.control.sendRecv(new SoakServer.Begin(), Void.class);
		try (Connection toRolling = this.client.lazy(SoakServer.ROLLING)) {
			List<Thread> threads = start(lanes(toRolling));
			long end = System.nanoTime() + duration.toNanos();
			while (System.nanoTime() - end < 0) {
				TimeUnit.MILLISECONDS.sleep(200 + this.random.nextInt(200));
				this.control.sendRecv(new SoakServer.Roll(), Void.class);
			}
			this.over = true;
			join(threads);
		}
		this.connection.close();
		this.ordered.close();
		SoakServer.Ended ended = this.control.sendRecv(new SoakServer.End(), SoakServer.Ended.class);
		this.books.add(ended.books());
		return ended.summary();
	}

	private List<Lane> lanes(Connection toRolling) {
		return List.of(new CallLane(this, this.random.split()), new CallLane(this, this.random.split()),
				new ImpatientLane(this, this.random.split()), new ImpatientLane(this, this.random.split()),
				new OneWayLane(this, this.random.split()), new ConversationLane(this, this.random.split()),
				new ConversationLane(this, this.random.split()), new SubscriberLane(this, this.random.split()),
				new SubscriberLane(this, this.random.split()), new ConnectionLane(this, this.random.split()),
				new OrderedLane(this, this.random.split()), new RollingLane(this, this.random.split(), toRolling));
	}

	private List<Thread> start(List<Lane> lanes) {
		List<Thread> threads = new ArrayList<>();
		for (Lane lane : lanes) {
			Thread thread = new Thread(() -> run(lane), lane.getClass().getSimpleName());
			thread.setDaemon(true);
			thread.start();
			threads.add(thread);
		}
		return threads;
	}

	private void run(Lane lane) {
		try {
			while (!this.over) {
				lane.episode();
			}
		}
		catch (InterruptedException | RuntimeException ex) {
			this.books.error("%s: %s at %s".formatted(Thread.currentThread().getName(), ex,
					Arrays.toString(ex.getStackTrace())));
		}
	}

	private void join(List<Thread> threads) throws InterruptedException {
		long end = System.nanoTime() + LAST_EPISODE.toNanos();
		for (Thread thread : threads) {
			thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
			if (thread.isAlive()) {
				this.books.error("%s hangs at %s".formatted(thread.getName(), Arrays.toString(thread.getStackTrace())));
			}
		}
	}

}
