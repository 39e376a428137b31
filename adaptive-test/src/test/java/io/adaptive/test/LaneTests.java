package io.adaptive.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.spi.Envelope;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LaneTests {

	private static final Faults REORDERED = Faults.NONE.reordered(Duration.ofSeconds(1));

	@Test
	void streamsOvertakeEachOther() {
		List<Item> arrived = carry(REORDERED, 1);
		assertThat(arrived).isNotEqualTo(items()).containsExactlyInAnyOrderElementsOf(items());
		for (int stream = 1; stream <= 3; stream++) {
			int current = stream;
			assertThat(arrived.stream().filter((item) -> item.stream == current))
				.isSortedAccordingTo(Comparator.comparingInt(Item::number));
		}
	}

	@Test
	void theSameSeedGivesTheSameOrder() {
		assertThat(carry(REORDERED, 1)).isEqualTo(carry(REORDERED, 1)).isNotEqualTo(carry(REORDERED, 2));
	}

	@Test
	void nothingOvertakesWhereOnlyDelaysAreDrawn() {
		assertThat(carry(Faults.NONE.delayed(Duration.ZERO, Duration.ofSeconds(1)), 1)).isEqualTo(items());
	}

	@Test
	void streamsOpenInTheirOrder() {
		List<Integer> opened = new ArrayList<>();
		Lane lane = new Lane(() -> REORDERED, new SplittableRandom(1));
		IntStream.range(0, 20)
			.forEach((number) -> lane.load(new Envelope.Open(2 * number + 1), () -> opened.add(number), 0));
		unload(lane);
		assertThat(opened).isSorted().hasSize(20);
	}

	@Test
	void whatComesLastComesLast() {
		List<Integer> arrived = new ArrayList<>();
		Lane lane = new Lane(() -> REORDERED, new SplittableRandom(1));
		for (int number = 0; number < 20; number++) {
			int current = number;
			lane.load(new Envelope.Credit(number, 1), () -> arrived.add(current), 0);
		}
		lane.loadLast(() -> arrived.add(99), 0);
		unload(lane);
		assertThat(arrived).hasSize(21).endsWith(99);
	}

	@Test
	void aReaderTakesOneMessageAfterTheOther() {
		Lane lane = new Lane(() -> Faults.NONE.readSlowly(Duration.ofSeconds(1)), new SplittableRandom(1));
		List<Long> due = new ArrayList<>();
		for (int number = 0; number < 3; number++) {
			lane.load(new Envelope.Reply(1, number, null), () -> {
			}, 0);
		}
		for (Lane.Cargo first = lane.first(); first != null; first = lane.first()) {
			due.add(Duration.ofNanos(first.due()).toSeconds());
			lane.unload();
		}
		assertThat(due).containsExactly(1L, 2L, 3L);
	}

	@Test
	void whatIsHurriedArrivesNowInItsOrder() {
		List<Item> arrived = new ArrayList<>();
		Lane lane = new Lane(() -> REORDERED, new SplittableRandom(1));
		items().forEach((item) -> lane.load(
				new Envelope.Failure(item.stream, item.number, new ErrorInfo(ErrorCode.ABORTED, "")),
				() -> arrived.add(item), 0));
		lane.hurry(0);
		for (Lane.Cargo first = lane.first(); first != null; first = lane.first()) {
			assertThat(first.due()).isZero();
			lane.unload();
			first.arrival().run();
		}
		assertThat(arrived).isEqualTo(carry(REORDERED, 1));
	}

	private static List<Item> items() {
		return IntStream.range(0, 30).mapToObj((number) -> new Item(number % 3 + 1, number)).toList();
	}

	private static List<Item> carry(Faults faults, long seed) {
		List<Item> arrived = new ArrayList<>();
		Lane lane = new Lane(() -> faults, new SplittableRandom(seed));
		items().forEach((item) -> lane.load(
				new Envelope.Failure(item.stream, item.number, new ErrorInfo(ErrorCode.ABORTED, "")),
				() -> arrived.add(item), 0));
		unload(lane);
		return arrived;
	}

	private static void unload(Lane lane) {
		for (Lane.Cargo first = lane.first(); first != null; first = lane.first()) {
			lane.unload();
			first.arrival().run();
		}
	}

	record Item(int stream, int number) {
	}

}
