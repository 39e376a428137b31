package io.adaptive.dispatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

import io.adaptive.message.Priority;
import io.adaptive.stream.ConnectionQueue;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What comes out of a mailbox, and in which order.
 */
class MailboxTests {

	private final Mailbox mailbox = new Mailbox();

	private final List<String> served = new ArrayList<>();

	private void put(Priority priority, String name) {
		this.mailbox.put(priority, () -> this.served.add(name));
	}

	private boolean serveOne() {
		Runnable work = this.mailbox.poll();
		if (work != null) {
			work.run();
		}
		return work != null;
	}

	private List<String> serveAll() {
		boolean more = true;
		while (more) {
			more = serveOne();
		}
		return this.served;
	}

	@Test
	void anEmptyMailboxGivesNothing() {
		assertThat(this.mailbox.poll()).isNull();
		assertThat(this.mailbox.isEmpty()).isTrue();
		assertThat(this.mailbox.size()).isZero();
	}

	@Test
	void workIsNotLostWhenWhoWatchesFails() {
		this.mailbox.listener((priority, nanos) -> {
			throw new IllegalStateException("expected by the test");
		});
		put(Priority.NORMAL, "1");
		put(Priority.NORMAL, "2");
		assertThat(serveAll()).containsExactly("1", "2");
		assertThat(this.mailbox.size()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void withinAPriorityWhatCameFirstGoesFirst(Priority priority) {
		put(priority, "1");
		put(priority, "2");
		put(priority, "3");
		assertThat(serveAll()).containsExactly("1", "2", "3");
	}

	@ParameterizedTest
	@EnumSource
	void connectionsTakeTurnsHoweverMuchOneOfThemSends(Priority priority) {
		ConnectionQueue flooding = new ConnectionQueue();
		ConnectionQueue quiet = new ConnectionQueue();
		for (int i = 0; i < 60_000; i++) {
			this.mailbox.put(priority, () -> this.served.add("flood"), flooding);
		}
		this.mailbox.put(priority, () -> this.served.add("quiet 1"), quiet);
		this.mailbox.put(priority, () -> this.served.add("quiet 2"), quiet);
		put(priority, "of the node");
		assertThat(serveAll()).hasSize(60_003)
			.startsWith("flood", "quiet 1", "of the node", "flood", "quiet 2", "flood", "flood");
		assertThat(this.mailbox.size()).isZero();
	}

	@Test
	void higherPrioritiesGoBeforeWhateverWaits() {
		put(Priority.LOW, "low 1");
		put(Priority.NORMAL, "normal 1");
		put(Priority.LOW, "low 2");
		put(Priority.HIGH, "high 1");
		put(Priority.NORMAL, "normal 2");
		put(Priority.HIGH, "high 2");
		assertThat(serveAll()).containsExactly("high 1", "high 2", "normal 1", "normal 2", "low 1", "low 2");
	}

	@ParameterizedTest
	@EnumSource(names = { "HIGH", "NORMAL" })
	void lowWaitsForFifteenOfAHigherPriorityAndNoMore(Priority higher) {
		put(Priority.LOW, "low");
		for (int i = 0; i < 100; i++) {
			put(higher, "higher");
		}
		assertThat(serveAll().indexOf("low")).isEqualTo(Mailbox.PATIENCE);
	}

	@Test
	void underAFloodOfEverythingEveryPriorityIsServedInTurn() {
		for (int i = 0; i < 1_000; i++) {
			Arrays.stream(Priority.values()).forEach((priority) -> put(priority, priority.name()));
		}
		for (int i = 0; i < 1_000; i++) {
			serveOne();
		}
		assertThat(longestWait("LOW")).isEqualTo(Mailbox.PATIENCE);
		// LOW may be served before and after the fifteen that NORMAL waits for.
		assertThat(longestWait("NORMAL")).isEqualTo(Mailbox.PATIENCE + 2);
		assertThat(this.served).filteredOn("HIGH"::equals).hasSizeGreaterThan(800);
	}

	private int longestWait(String name) {
		int longest = 0;
		int last = -1;
		for (int i = 0; i < this.served.size(); i++) {
			if (this.served.get(i).equals(name)) {
				longest = Math.max(longest, i - last - 1);
				last = i;
			}
		}
		return Math.max(longest, this.served.size() - last - 1);
	}

	@Test
	void patienceBeginsAnewWithEveryServing() {
		put(Priority.LOW, "low 1");
		for (int i = 0; i < Mailbox.PATIENCE - 1; i++) {
			put(Priority.HIGH, "high");
		}
		serveAll();
		this.served.clear();
		put(Priority.LOW, "low 2");
		put(Priority.HIGH, "high 1");
		put(Priority.HIGH, "high 2");
		assertThat(serveAll()).containsExactly("high 1", "high 2", "low 2");
	}

	@Test
	void beingOvertakenCountsOnlyWhileSomethingWaits() {
		for (int i = 0; i < 100; i++) {
			put(Priority.HIGH, "high");
		}
		serveAll();
		this.served.clear();
		put(Priority.LOW, "low");
		put(Priority.NORMAL, "normal");
		put(Priority.HIGH, "high");
		assertThat(serveAll()).containsExactly("high", "normal", "low");
	}

	@Test
	void itCountsWhatWaits() {
		put(Priority.HIGH, "1");
		put(Priority.LOW, "2");
		assertThat(this.mailbox.size()).isEqualTo(2);
		assertThat(this.mailbox.isEmpty()).isFalse();
		serveOne();
		assertThat(this.mailbox.size()).isOne();
		serveOne();
		assertThat(this.mailbox.size()).isZero();
		assertThat(this.mailbox.isEmpty()).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void whatWaitsIsInTheWayOfItsOwnPriorityAndOfLowerOnes(Priority waiting) {
		put(waiting, "waiting");
		for (Priority priority : Priority.values()) {
			assertThat(this.mailbox.hasWaiting(priority)).isEqualTo(waiting.compareTo(priority) <= 0);
		}
		serveAll();
		assertThat(Priority.values()).noneMatch(this.mailbox::hasWaiting);
	}

	@Test
	void anOfferIsRefusedWhileTheMailboxIsFull() {
		Runnable work = () -> this.served.add("offered");
		assertThat(this.mailbox.offer(Priority.NORMAL, work, 2)).isTrue();
		assertThat(this.mailbox.offer(Priority.LOW, work, 2)).isTrue();
		assertThat(this.mailbox.offer(Priority.HIGH, work, 2)).isFalse();
		assertThat(this.mailbox.size()).isEqualTo(2);
		serveOne();
		assertThat(this.mailbox.offer(Priority.HIGH, work, 2)).isTrue();
		assertThat(serveAll()).hasSize(3);
	}

	@RepeatedTest(20)
	@Timeout(60)
	void manyPutAndManyTakeAndEachWorkIsTakenOnce() throws InterruptedException {
		int producers = 4;
		int each = 2_000;
		AtomicIntegerArray taken = new AtomicIntegerArray(producers * each);
		CountDownLatch left = new CountDownLatch(producers * each);
		List<Thread> threads = new ArrayList<>();
		for (int p = 0; p < producers; p++) {
			int first = p * each;
			threads.add(new Thread(() -> {
				for (int i = first; i < first + each; i++) {
					int index = i;
					this.mailbox.put(Priority.of(index % 3), () -> taken.incrementAndGet(index));
				}
			}));
		}
		for (int t = 0; t < 3; t++) {
			threads.add(new Thread(() -> {
				while (left.getCount() > 0) {
					Runnable work = this.mailbox.poll();
					assertThat(this.mailbox.size()).isNotNegative();
					if (work != null) {
						work.run();
						left.countDown();
					}
				}
			}));
		}
		threads.forEach(Thread::start);
		assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
		for (Thread thread : threads) {
			thread.join();
		}
		for (int i = 0; i < taken.length(); i++) {
			assertThat(taken.get(i)).isOne();
		}
		assertThat(this.mailbox.size()).isZero();
		assertThat(this.mailbox.isEmpty()).isTrue();
	}

	@RepeatedTest(20)
	@Timeout(60)
	void oneProducersWorkOfAPriorityKeepsItsOrder() throws InterruptedException {
		int each = 2_000;
		List<List<Integer>> taken = List.of(new ArrayList<>(), new ArrayList<>());
		List<Thread> producers = new ArrayList<>();
		for (int p = 0; p < 2; p++) {
			List<Integer> own = taken.get(p);
			producers.add(new Thread(() -> {
				for (int i = 0; i < each; i++) {
					int number = i;
					this.mailbox.put(Priority.NORMAL, () -> own.add(number));
				}
			}));
		}
		producers.forEach(Thread::start);
		int count = 0;
		while (count < 2 * each) {
			Runnable work = this.mailbox.poll();
			if (work != null) {
				work.run();
				count++;
			}
		}
		for (Thread producer : producers) {
			producer.join();
		}
		assertThat(taken).allSatisfy((own) -> assertThat(own).hasSize(each).isSorted());
	}

}
