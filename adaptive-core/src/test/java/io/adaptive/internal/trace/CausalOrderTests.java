package io.adaptive.internal.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

import io.adaptive.trace.MessageTrace;
import io.adaptive.trace.TraceEvent;
import io.adaptive.trace.TraceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link CausalOrder}.
 */
class CausalOrderTests {

	private static final int SHUFFLES = 50;

	private static List<TraceRecord> shuffled(List<TraceRecord> records, long seed) {
		List<TraceRecord> copy = new ArrayList<>(records);
		Collections.shuffle(copy, new Random(seed));
		return copy;
	}

	@Test
	void nestedCallsAreInTheOrderInWhichTheyHappenedWhateverTheClocksSay() {
		TracedRun run = new TracedRun(1);
		run.call(1, 0, "p#client", "p#a", () -> {
			run.call(2, 1, "p#a", "p#b", () -> run.call(3, 2, "p#b", "p#c", () -> {
			}));
			run.call(4, 1, "p#a", "p#c", () -> {
			});
		});
		for (int i = 0; i < SHUFFLES; i++) {
			assertThat(CausalOrder.of(shuffled(run.happened(), i))).isEqualTo(run.happened());
		}
	}

	@Test
	void recordsThatWereCollectedTwiceAreToldOnce() {
		TracedRun run = new TracedRun(1);
		run.call(1, 0, "p#client", "p#a", () -> {
		});
		List<TraceRecord> twice = new ArrayList<>(run.happened());
		twice.addAll(run.happened());
		assertThat(CausalOrder.of(twice)).isEqualTo(run.happened());
	}

	@Test
	void aMessageThatNobodyWaitsForIsFollowedBeforeItsSenderGoesOn() {
		TracedRun run = new TracedRun(1);
		run.record(TraceEvent.CLIENT_SEND, 1, 0, "p#z", "p#a", "s/a");
		run.record(TraceEvent.CLIENT_SEND, 2, 0, "p#z", "p#b", "s/b");
		run.record(TraceEvent.HANDLER, 2, 0, "p#b", "p#z", "s/b");
		run.record(TraceEvent.HANDLER, 1, 0, "p#a", "p#z", "s/a");
		List<TraceRecord> h = run.happened();
		assertThat(CausalOrder.of(h)).containsExactly(h.get(0), h.get(3), h.get(1), h.get(2));
	}

	@Test
	void aPushFollowsWhatCausedIt() {
		TracedRun run = new TracedRun(3);
		run.record(TraceEvent.CLIENT_SEND, 1, 0, "p#publisher", "p#topic", "s/topic");
		run.record(TraceEvent.HANDLER, 1, 0, "p#topic", "p#publisher", "s/topic");
		run.record(TraceEvent.SERVER_SEND, 2, 1, "p#topic", "p#a", "s/topic");
		run.record(TraceEvent.CLIENT_RECV, 2, 0, "p#a", "p#topic", "s/topic");
		run.record(TraceEvent.SERVER_SEND, 3, 1, "p#topic", "p#b", "s/topic");
		run.record(TraceEvent.CLIENT_RECV, 3, 0, "p#b", "p#topic", "s/topic");
		for (int i = 0; i < SHUFFLES; i++) {
			assertThat(CausalOrder.of(shuffled(run.happened(), i))).isEqualTo(run.happened());
		}
	}

	@Test
	void anAnswerThatComesTooLateDoesNotHoldUpWhoHasGivenUp() {
		TracedRun run = new TracedRun(1);
		run.record(TraceEvent.CLIENT_SEND, 1, 0, "p#c", "p#a", "s/a");
		run.record(TraceEvent.HANDLER, 1, 0, "p#a", "p#c", "s/a");
		run.record(TraceEvent.CLIENT_RECV, 1, 0, "p#c", "p#a", "s/a", TraceRecord.Content.FAILURE);
		run.record(TraceEvent.CLIENT_SEND, 2, 0, "p#c", "p#a", "s/a");
		run.record(TraceEvent.HANDLER, 2, 0, "p#a", "p#c", "s/a");
		run.record(TraceEvent.SERVER_SEND, 1, 0, "p#a", "p#c", "s/a");
		assertThat(CausalOrder.of(shuffled(run.happened(), 1))).isEqualTo(run.happened());
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 })
	void noEffectStandsBeforeItsCauseInAnyRun(long seed) {
		List<TraceRecord> happened = randomRun(seed);
		List<TraceRecord> ordered = CausalOrder.of(shuffled(happened, seed));
		assertCausal(ordered);
		assertThat(ordered).containsExactlyInAnyOrderElementsOf(happened);
		assertThat(CausalOrder.of(shuffled(happened, -seed))).isEqualTo(ordered);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
	void recordsThatAreMissingLeaveTheOthersInAStableOrder(long seed) {
		List<TraceRecord> happened = randomRun(seed);
		Random random = new Random(seed);
		List<TraceRecord> found = happened.stream().filter((each) -> random.nextInt(4) > 0).toList();
		List<TraceRecord> ordered = CausalOrder.of(shuffled(found, seed));
		assertThat(ordered).containsExactlyInAnyOrderElementsOf(found);
		assertThat(CausalOrder.of(shuffled(found, -seed))).isEqualTo(ordered);
		assertInProgramOrder(ordered);
		String away = happened.get(0).program();
		List<TraceRecord> others = happened.stream().filter((each) -> !each.program().equals(away)).toList();
		assertCausal(CausalOrder.of(shuffled(others, seed)));
	}

	@Test
	void recordsThatContradictEachOtherAreToldAllTheSame() {
		TracedRun run = new TracedRun(1);
		run.record(TraceEvent.HANDLER, 1, 1, "p#a", "p#b", "s/a");
		run.record(TraceEvent.CLIENT_SEND, 2, 1, "p#a", "p#b", "s/a");
		run.record(TraceEvent.HANDLER, 2, 1, "p#b", "p#a", "s/a");
		run.record(TraceEvent.CLIENT_SEND, 1, 2, "p#b", "p#a", "s/a");
		assertThat(CausalOrder.of(run.happened())).containsExactlyInAnyOrderElementsOf(run.happened());
		MessageTrace trace = new MessageTrace(TracedRun.TOKEN, run.happened());
		assertThat(trace.toText()).contains("events=4");
	}

	/**
	 * Programs that work on many messages at the same time.
	 */
	private static List<TraceRecord> randomRun(long seed) {
		Random random = new Random(seed);
		TracedRun run = new TracedRun(seed);
		List<Work> open = new ArrayList<>();
		run.record(TraceEvent.CLIENT_SEND, 1, 0, "p#0", "p#1", "s/1");
		open.add(new Work(1, 0, "p#0", "p#1", false));
		long hops = 1;
		while (!open.isEmpty()) {
			Work work = open.remove(random.nextInt(open.size()));
			if (!work.handled()) {
				run.record(TraceEvent.HANDLER, work.hop(), 0, work.server(), work.client(), "s/x");
				open.add(new Work(work.hop(), work.parent(), work.client(), work.server(), true));
			}
			else if (hops < 60 && random.nextInt(3) > 0) {
				open.add(work);
				String server = "p#" + random.nextInt(6);
				run.record(TraceEvent.CLIENT_SEND, ++hops, work.hop(), work.server(), server, "s/x");
				open.add(new Work(hops, work.hop(), work.server(), server, false));
			}
			else if (random.nextInt(4) > 0) {
				run.record(TraceEvent.SERVER_SEND, work.hop(), 0, work.server(), work.client(), "s/x");
				run.record(TraceEvent.CLIENT_RECV, work.hop(), 0, work.client(), work.server(), "s/x");
			}
		}
		return run.happened();
	}

	private static void assertCausal(List<TraceRecord> ordered) {
		assertInProgramOrder(ordered);
		for (TraceRecord each : ordered) {
			switch (each.event()) {
				case CLIENT_SEND -> assertBefore(ordered, each, (other) -> other.hop() == each.parentHop()
						&& other.event() != TraceEvent.SERVER_SEND && other.event() != TraceEvent.CLIENT_RECV);
				case HANDLER -> assertBefore(ordered, each,
						(other) -> other.hop() == each.hop() && other.event() == TraceEvent.CLIENT_SEND);
				case SERVER_SEND -> assertBefore(ordered, each,
						(other) -> other.hop() == each.hop() && other.event() == TraceEvent.HANDLER);
				case CLIENT_RECV -> assertBefore(ordered, each,
						(other) -> other.hop() == each.hop() && other.event() == TraceEvent.SERVER_SEND);
			}
		}
	}

	private static void assertBefore(List<TraceRecord> ordered, TraceRecord effect, Predicate<TraceRecord> cause) {
		ordered.stream()
			.filter(cause)
			.forEach((each) -> assertThat(ordered.indexOf(each)).isLessThan(ordered.indexOf(effect)));
	}

	private static void assertInProgramOrder(List<TraceRecord> ordered) {
		Map<String, Long> last = new HashMap<>();
		for (TraceRecord each : ordered) {
			Long before = last.put(each.program(), each.order());
			assertThat(before == null || before < each.order()).isTrue();
		}
	}

	private record Work(long hop, long parent, String client, String server, boolean handled) {
	}

}
