package io.adaptive.stress.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import io.adaptive.fixture.TwoNodes;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Publication;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;

/**
 * Some seconds of everything at once, and then silence, in which the books are balanced.
 */
final class Round {

	private static final ServiceName SOAK = new ServiceName("stress", "soak");

	private static final ServiceName ORDERED = new ServiceName("stress", "ordered");

	private static final ServiceName ROLLING = new ServiceName("stress", "rolling");

	/** How long a lane may take to end its last episode. */
	private static final Duration LAST_EPISODE = Duration.ofSeconds(60);

	private final TwoNodes nodes;

	private final SoakServices services;

	private final SplittableRandom random;

	private final Books books = new Books();

	private final Connection connection;

	private final Connection ordered;

	private volatile boolean over;

	Round(TwoNodes nodes, SoakServices services, SplittableRandom random) {
		this.nodes = nodes;
		this.services = services;
		this.random = random;
		this.connection = connect();
		this.ordered = nodes.client().newClient().discover(ORDERED);
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
		return this.nodes.client().newClient().discoverTimeout(Duration.ofSeconds(10)).discover(SOAK);
	}

	/**
	 * Runs the round.
	 * @param duration how long lanes begin new episodes
	 * @return the totals
	 */
	Balance run(Duration duration) throws InterruptedException {
		Connection relay = connect();
		this.services.begin(this.books, relay);
		Publication rolling = this.nodes.server().newServer().publish(this.services.rolling());
		try (relay; Connection toRolling = this.nodes.client().newClient().lazy(ROLLING)) {
			List<Thread> threads = start(lanes(toRolling));
			long end = System.nanoTime() + duration.toNanos();
			while (System.nanoTime() - end < 0) {
				TimeUnit.MILLISECONDS.sleep(200 + this.random.nextInt(200));
				rolling.close();
				rolling = this.nodes.server().newServer().publish(this.services.rolling());
			}
			this.over = true;
			join(threads);
		}
		this.connection.close();
		this.ordered.close();
		awaitSilence();
		rolling.close();
		return this.books.balance();
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

	/**
	 * Once all connections have ended at the server, whatever was on its way has arrived;
	 * once no worker is busy, it has been handled.
	 */
	private void awaitSilence() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.services.open() == 0 && this.nodes.server().workers().queued() == 0
					&& this.nodes.server().workers().busy() == 0);
	}

}
