package io.adaptive.internal.dispatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

import io.adaptive.internal.stream.ConnectionQueue;
import io.adaptive.message.Priority;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
		assertThat(serveAll().indexOf("low")).isEqualTo(Mailbox.LOW_PATIENCE);
	}

	@Test
	void normalWaitsForSevenOfHighAndNoMore() {
		put(Priority.NORMAL, "normal");
		for (int i = 0; i < 100; i++) {
			put(Priority.HIGH, "high");
		}
		assertThat(serveAll().indexOf("normal")).isEqualTo(Mailbox.NORMAL_PATIENCE);
	}

	@Test
	void underAFloodOfEverythingEveryPriorityHasItsShareAndNormalIsAheadOfLow() {
		int cycles = 100;
		for (int i = 0; i < 20 * cycles; i++) {
			Arrays.stream(Priority.values()).forEach((priority) -> put(priority, priority.name()));
		}
		List<String> cycle = List.of("HIGH", "HIGH", "HIGH", "HIGH", "HIGH", "HIGH", "HIGH", "NORMAL", "HIGH", "HIGH",
				"HIGH", "HIGH", "HIGH", "HIGH", "HIGH", "NORMAL", "LOW");
		for (int i = 0; i < cycles; i++) {
			this.served.clear();
			cycle.forEach((each) -> serveOne());
			assertThat(this.served).as("cycle %d", i).isEqualTo(cycle);
		}
	}

	@ParameterizedTest
	@CsvSource({ "HIGH, NORMAL, 7", "HIGH, LOW, 15", "NORMAL, LOW, 15" })
	void underAFloodOfTwoTheLowerOneHasItsShare(Priority higher, Priority lower, int ahead) {
		for (int i = 0; i < 2_000; i++) {
			put(higher, "higher");
			put(lower, "lower");
		}
		for (int i = 0; i < 100 * (ahead + 1); i++) {
			serveOne();
		}
		assertThat(this.served).filteredOn("lower"::equals).hasSize(100);
		assertThat(this.served.subList(0, ahead)).containsOnly("higher");
		assertThat(this.served.get(ahead)).isEqualTo("lower");
	}

	@Test
	void normalKeepsItsShareWhenLowIsMoreAndWasThereFirst() {
		ConnectionQueue connection = new ConnectionQueue();
		for (int i = 0; i < 1_000; i++) {
			this.mailbox.put(Priority.LOW, () -> this.served.add("LOW"), connection);
		}
		for (int i = 0; i < 1_000; i++) {
			put(Priority.HIGH, "HIGH");
			put(Priority.NORMAL, "NORMAL");
		}
		int normal = 0;
		int low = 0;
		for (int i = 0; i < 1_000; i++) {
			serveOne();
			normal += this.served.get(i).equals("NORMAL") ? 1 : 0;
			low += this.served.get(i).equals("LOW") ? 1 : 0;
			assertThat(normal).as("after %d works", i + 1).isGreaterThanOrEqualTo(low);
		}
		assertThat(normal).isEqualTo(117);
		assertThat(low).isEqualTo(58);
	}

	@Test
	void patienceBeginsAnewWithEveryServing() {
		put(Priority.LOW, "low 1");
		for (int i = 0; i < Mailbox.LOW_PATIENCE - 1; i++) {
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
