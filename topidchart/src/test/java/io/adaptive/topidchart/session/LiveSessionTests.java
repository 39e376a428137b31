package io.adaptive.topidchart.session;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.topidchart.series.Bucket;
import io.adaptive.topidchart.series.BucketBlock;
import io.adaptive.topidchart.series.Moment;
import io.adaptive.topidchart.series.Reading;
import io.adaptive.topidchart.series.SeriesKey;
import io.adaptive.topidchart.store.StoredSeries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link LiveSession}, without a database.
 */
@Timeout(60)
class LiveSessionTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	@TempDir
	private Path folder;

	private LiveSession session(SessionProperties properties, MemoryBudget memory, long id) {
		return new LiveSession(SessionFixture.unsaved(id, 1), properties, memory.account(), 0);
	}

	private LiveSession session(int blockSamples) {
		SessionProperties properties = SessionFixture.properties(this.folder, blockSamples);
		return session(properties, new MemoryBudget(properties), 1);
	}

	private static Thread start(Action action) {
		Thread thread = new Thread(() -> {
			try {
				action.run();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		thread.start();
		return thread;
	}

	@Test
	void noBlockOvertakesOneThatWaits() throws Exception {
		LiveSession session = session(1);
		List<Long> handed = Collections.synchronizedList(new ArrayList<>());
		CountDownLatch full = new CountDownLatch(1);
		LiveSession.Handover queue = (closing) -> {
			long number = closing.block().progress().lastNumber();
			if (number == 1) {
				full.await();
			}
			handed.add(number);
		};
		Thread first = start(() -> session.accept(SessionFixture.sample(1, "name"), () -> 1000, queue));
		await().atMost(LONG).until(() -> first.getState() == Thread.State.WAITING);
		// The same session over another connection.
		Thread second = start(() -> session.accept(SessionFixture.sample(2, "name"), () -> 2000, queue));
		await().atMost(LONG)
			.until(() -> second.getState() == Thread.State.WAITING || second.getState() == Thread.State.TERMINATED);
		session.endIfIdle(Long.MAX_VALUE, queue);
		full.countDown();
		first.join();
		second.join();
		assertThat(handed).containsExactly(1L, 2L);
		assertThat(session.isEnded()).isFalse();
	}

	@Test
	void aSessionThatWaitedForTheDatabaseHasItsTimeAgain() throws Exception {
		LiveSession session = session(1);
		List<Closing> closed = new ArrayList<>();
		AtomicLong now = new AtomicLong();
		long hour = Duration.ofHours(1).toMillis();
		session.accept(SessionFixture.sample(1, "name"), now::get, (closing) -> {
			now.set(hour);
			closed.add(closing);
		});
		long endsAfter = Duration.ofMinutes(10).toMillis();
		session.endIfIdle(hour + endsAfter - 1, closed::add);
		assertThat(session.isEnded()).isFalse();
		session.endIfIdle(hour + endsAfter, closed::add);
		assertThat(session.isEnded()).isTrue();
		assertThat(closed).hasSize(2);
	}

	@Test
	void aListenerMayWaitForAThreadThatReadsTheSession() throws Exception {
		LiveSession session = session(10);
		List<Long> heard = new ArrayList<>();
		session.moments().subscribe((moment) -> {
			CompletableFuture<Long> read = CompletableFuture
				.supplyAsync(() -> session.session().progress().lastNumber());
			heard.add(read.orTimeout(10, TimeUnit.SECONDS).join());
		});
		SessionFixture.accept(session, SessionFixture.sample(1, "name"), SessionFixture.sample(2, "name"));
		assertThat(heard).containsExactly(1L, 2L);
	}

	@Test
	void allSessionsTogetherHaveOneBoundOfMemory() throws Exception {
		SessionProperties properties = SessionFixture.properties(this.folder, 10, DataSize.ofKilobytes(64));
		MemoryBudget memory = new MemoryBudget(properties);
		List<LiveSession> sessions = new ArrayList<>();
		for (long id = 1; id <= 20; id++) {
			LiveSession session = session(properties, memory, id);
			SessionFixture.accept(session, crowd(1), crowd(2));
			sessions.add(session);
		}
		assertThat(memory.used()).isLessThanOrEqualTo(64 * 1024);
		assertThat(sessions.get(0).series()).hasSize(6);
		assertThat(sessions.get(0).leftOut()).isZero();
		assertThat(sessions.get(19).series()).hasSizeLessThan(6);
		assertThat(sessions.get(19).leftOut()).isPositive();
		assertThat(sessions.get(19).session().progress().lastNumber()).isEqualTo(2);
		sessions.forEach(LiveSession::release);
		assertThat(memory.used()).isZero();
	}

	@Test
	void oneSessionTakesItsShareOnly() throws Exception {
		SessionProperties properties = new SessionProperties(this.folder, 10, Duration.ofMinutes(10), 10, 10, 1000,
				DataSize.ofKilobytes(32), DataSize.ofKilobytes(64));
		MemoryBudget memory = new MemoryBudget(properties);
		LiveSession greedy = session(properties, memory, 1);
		List<Reading> readings = new ArrayList<>();
		for (int pid = 1; pid <= 500; pid++) {
			readings.add(new Reading(SeriesKey.process(pid, 1), "process" + pid, 1, 1, 1));
		}
		SessionFixture.accept(greedy, new Moment(1, 1000, 0, readings, "tree"));
		assertThat(memory.used()).isBetween(31L * 1024, 32L * 1024);
		assertThat(greedy.leftOut()).isPositive();
		LiveSession modest = session(properties, memory, 2);
		SessionFixture.accept(modest, crowd(1));
		assertThat(modest.leftOut()).isZero();
	}

	/** Each of these points has a bucket of its own in each coarser row. */
	@Test
	void theBucketsThatWaitForACoarserRowAreCounted() throws Exception {
		SessionProperties properties = SessionFixture.properties(this.folder, 100);
		MemoryBudget memory = new MemoryBudget(properties);
		LiveSession session = new LiveSession(SessionFixture.unsaved(1, 86_400), properties, memory.account(), 0);
		List<Closing> closed = new ArrayList<>();
		Random random = new Random(15);
		for (int number = 1; number <= 900; number++) {
			Moment sample = new Moment(number, 86_400_000L * number, 0, List.of(new Reading(SeriesKey.process(1, 1),
					"process", random.nextInt(1 << 20), random.nextInt(1 << 20), random.nextLong(1L << 40))), "");
			session.accept(sample, sample::millis, closed::add);
		}
		closed.forEach((each) -> session.stored(each.block()));
		long buckets = session.<Long>read((view) -> {
			Map<Integer, List<Bucket>> pending = new HashMap<>();
			view.addBuckets(Set.of(1, 2), 600_000, 0, Long.MAX_VALUE / 2, pending);
			return pending.values().stream().mapToLong((each) -> BucketBlock.encode(each).length).sum();
		});
		assertThat(buckets).isGreaterThan(10_000);
		assertThat(memory.used()).isGreaterThan(buckets);
		session.release();
		assertThat(memory.used()).isZero();
	}

	@Test
	void theMemoryOfWhatHasEndedAndIsStoredIsGivenBack() throws Exception {
		SessionProperties properties = SessionFixture.properties(this.folder, 2);
		MemoryBudget memory = new MemoryBudget(properties);
		LiveSession session = session(properties, memory, 1);
		List<Closing> closed = SessionFixture.accept(session, crowd(1), crowd(2), SessionFixture.sample(3, "name"),
				SessionFixture.sample(4, "name"));
		long waiting = memory.used();
		closed.forEach((each) -> session.stored(each.block()));
		assertThat(memory.used()).isPositive().isLessThan(waiting);
		long statistics = session.series().stream().mapToLong(LiveSessionTests::rest).sum();
		long buckets = memory.used() - statistics - 2 * (512 + 8 * 20);
		assertThat(buckets).isBetween(1L, 500L);
		// Two series go on: the total and the last one.
		assertThat(memory.used()).isEqualTo(statistics + 2 * (512 + 8 * 20) + buckets);
	}

	private static long rest(StoredSeries series) {
		return new LiveSeries(series).restBytes();
	}

	private static Moment crowd(long number) {
		List<Reading> readings = new ArrayList<>();
		for (int pid = 1; pid <= 5; pid++) {
			readings.add(new Reading(SeriesKey.process(pid, 1), "process" + pid, 1, 1, 1));
		}
		return new Moment(number, 1000 * number, 0, readings, "tree");
	}

	/**
	 * Something that waits.
	 */
	private interface Action {

		void run() throws InterruptedException;

	}

}
