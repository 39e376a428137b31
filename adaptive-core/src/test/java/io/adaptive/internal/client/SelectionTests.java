package io.adaptive.internal.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.adaptive.client.Measurements;
import io.adaptive.client.Selection;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SelectionTests {

	private static final int ROUNDS = 10_000;

	private final Measured measured = new Measured();

	private static ServiceInstance instance(int number) {
		return instance("machine-" + number, number);
	}

	private static ServiceInstance instance(String provider, int incarnation) {
		return new ServiceInstance(new ServiceName("test", "s"), new Instance(new ProviderId(provider), incarnation),
				Scope.LAN, new Endpoint.Tcp("192.0.2.1", 7000 + incarnation));
	}

	private static List<ServiceInstance> instances(int count) {
		return IntStream.range(0, count).mapToObj(SelectionTests::instance).toList();
	}

	static List<Selection> all() {
		return List.of(Selection.random(), Selection.capacity(), Selection.latency(),
				Selection.capacity().thenLatency(), Selection.roundRobin(), Selection.sticky("key"),
				Selection.powerOfTwoChoices());
	}

	@ParameterizedTest
	@MethodSource("all")
	void everyCandidateIsTriedInTheEnd(Selection selection) {
		for (int count = 1; count < 8; count++) {
			assertThat(selection.order(instances(count), this.measured))
				.containsExactlyInAnyOrderElementsOf(instances(count));
		}
	}

	private Map<ServiceInstance, Integer> count(Selection selection, List<ServiceInstance> candidates) {
		Map<ServiceInstance, Integer> counts = new HashMap<>();
		for (int i = 0; i < ROUNDS; i++) {
			counts.merge(selection.order(candidates, this.measured).get(0), 1, Integer::sum);
		}
		return counts;
	}

	@Test
	void randomChoosesEachAsOften() {
		assertThat(count(Selection.random(), instances(4)).values()).hasSize(4)
			.allSatisfy((count) -> assertThat(count).isCloseTo(ROUNDS / 4, within(ROUNDS / 20)));
	}

	@Test
	void capacityChoosesAnyOfTheHalfWithMost() {
		instances(5).forEach((each) -> this.measured.capacity.put(each, (double) each.instance().incarnation()));
		assertThat(count(Selection.capacity(), instances(5)).keySet()).containsExactlyInAnyOrder(instance(2),
				instance(3), instance(4));
	}

	@Test
	void amongTheBetterHalfCapacityDrawsByTheScore() {
		this.measured.capacity.putAll(Map.of(instance(0), 2.0, instance(1), 0.5, instance(2), 0.1));
		Map<ServiceInstance, Integer> counts = count(Selection.capacity(), instances(3));
		assertThat(counts).containsOnlyKeys(instance(0), instance(1));
		assertThat(counts.get(instance(0))).isCloseTo(ROUNDS * 4 / 5, within(ROUNDS / 20));
	}

	@Test
	void anIdleInstanceOfThreeGetsMoreThanOneWithTwentyBusyWorkers() {
		this.measured.capacity.putAll(Map.of(instance(0), 2.0 / 21, instance(1), 2.0, instance(2), 2.0 / 50));
		assertThat(count(Selection.capacity(), instances(3)).get(instance(0))).isCloseTo(ROUNDS / 22,
				within(ROUNDS / 50));
	}

	@Test
	void aFixedPoolIsDrawnLessOftenThanEveryPoolThatScales() {
		// The worst of the pools that scale is 0.4; 0.4 / (1 + 3) is 0.1.
		this.measured.capacity.putAll(Map.of(instance(0), 0.4, instance(1), -3.0, instance(2), -4.0));
		assertThat(count(Selection.capacity(), instances(3)).get(instance(1))).isCloseTo(ROUNDS / 5,
				within(ROUNDS / 20));
		this.measured.capacity.putAll(Map.of(instance(0), -1.0, instance(1), -3.0, instance(2), -4.0));
		assertThat(count(Selection.capacity(), instances(3)).get(instance(1))).isCloseTo(ROUNDS / 3,
				within(ROUNDS / 20));
	}

	@Test
	void scoresThatAreNoNumbersAreNone() {
		this.measured.capacity
			.putAll(Map.of(instance(0), Double.NaN, instance(1), 0.1, instance(2), Double.POSITIVE_INFINITY));
		assertThat(count(Selection.capacity(), instances(3)).keySet()).containsExactly(instance(1));
	}

	@Test
	void theDrawAtTheEndOfAChainIsWeightedByCapacity() {
		instances(8).forEach((each) -> {
			int number = (int) each.instance().incarnation();
			this.measured.capacity.put(each, Map.of(7, 3.0, 6, 1.0, 5, 1.0, 4, 1.0).getOrDefault(number, 0.1));
			this.measured.latency.put(each, Duration.ofMillis(10 - number));
		});
		Map<ServiceInstance, Integer> counts = count(Selection.capacity().thenLatency(), instances(8));
		assertThat(counts).containsOnlyKeys(instance(6), instance(7));
		assertThat(counts.get(instance(7))).isCloseTo(ROUNDS * 3 / 4, within(ROUNDS / 20));
	}

	static List<Selection> broken() {
		return List.of((candidates, measurements) -> {
			throw new IllegalStateException("broken");
		}, (candidates, measurements) -> {
			throw new StackOverflowError();
		}, (candidates, measurements) -> null, (candidates, measurements) -> List.of(),
				(candidates, measurements) -> List.of(instance(99)), (candidates, measurements) -> {
					candidates.clear();
					return candidates;
				}, (candidates, measurements) -> new ArrayList<>(java.util.Collections.nCopies(3, null)));
	}

	@ParameterizedTest
	@MethodSource("broken")
	void whateverASelectionDoesAllCandidatesAreTried(Selection selection) {
		assertThat(CheckedSelection.order(selection, instances(3), this.measured))
			.containsExactlyElementsOf(instances(3));
	}

	@Test
	void candidatesThatASelectionLeavesOutAreTriedLast() {
		Selection selection = (candidates, measurements) -> List.of(instance(2), instance(99), instance(2));
		assertThat(CheckedSelection.order(selection, instances(3), this.measured)).containsExactly(instance(2),
				instance(0), instance(1));
	}

	@Test
	void latencyChoosesAnyOfTheFasterHalf() {
		instances(4)
			.forEach((each) -> this.measured.latency.put(each, Duration.ofMillis(each.instance().incarnation() + 1)));
		assertThat(count(Selection.latency(), instances(4)).keySet()).containsExactlyInAnyOrder(instance(0),
				instance(1));
	}

	@Test
	void aChainHalvesWhatTheCriterionBeforeHasKept() {
		instances(8).forEach((each) -> {
			this.measured.capacity.put(each, (double) each.instance().incarnation());
			this.measured.latency.put(each, Duration.ofMillis(100 - each.instance().incarnation() % 4));
		});
		assertThat(count(Selection.capacity().thenLatency(), instances(8)).keySet())
			.containsExactlyInAnyOrder(instance(6), instance(7));
	}

	@Test
	void whoDoesNotAnswerComesLast() {
		this.measured.capacity.put(instance(1), -5.0);
		assertThat(Selection.capacity().order(instances(2), this.measured)).containsExactly(instance(1), instance(0));
	}

	@Test
	void roundRobinTakesTurnsWhateverTheOrderOfTheCandidates() {
		Selection selection = Selection.roundRobin();
		List<ServiceInstance> chosen = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			List<ServiceInstance> candidates = new ArrayList<>(instances(3));
			java.util.Collections.shuffle(candidates);
			chosen.add(selection.order(candidates, this.measured).get(0));
		}
		assertThat(chosen).containsExactly(instance(0), instance(1), instance(2), instance(0), instance(1),
				instance(2));
	}

	@Test
	void aKeySticksToAProviderThroughItsRestart() {
		List<ServiceInstance> before = instances(10);
		for (int key = 0; key < 100; key++) {
			ServiceInstance chosen = Selection.sticky("key" + key).order(before, this.measured).get(0);
			List<ServiceInstance> restarted = before.stream()
				.map((each) -> instance(each.instance().provider().value(), (int) each.instance().incarnation() + 50))
				.toList();
			assertThat(Selection.sticky("key" + key).order(restarted, this.measured).get(0).instance().provider())
				.isEqualTo(chosen.instance().provider());
		}
	}

	@Test
	void onlyTheKeysOfAProviderThatGoesMoveAndTheyMoveToAll() {
		List<ServiceInstance> before = instances(5);
		List<ServiceInstance> after = before.subList(0, 4);
		Set<ServiceInstance> heirs = new HashSet<>();
		for (int key = 0; key < 500; key++) {
			ServiceInstance chosen = Selection.sticky("key" + key).order(before, this.measured).get(0);
			ServiceInstance next = Selection.sticky("key" + key).order(after, this.measured).get(0);
			if (chosen.equals(instance(4))) {
				heirs.add(next);
			}
			else {
				assertThat(next).isEqualTo(chosen);
			}
		}
		assertThat(heirs).hasSize(4);
	}

	@Test
	void twoProgramsOfOneProviderAreStuckToSeparately() {
		List<ServiceInstance> programs = List.of(instance("machine", 1), instance("machine", 2));
		Set<ServiceInstance> chosen = new HashSet<>();
		for (int key = 0; key < 50; key++) {
			chosen.add(Selection.sticky("key" + key).order(programs, this.measured).get(0));
		}
		assertThat(chosen).hasSize(2);
	}

	@Test
	void powerOfTwoChoicesNeverChoosesTheBusiest() {
		instances(4).forEach((each) -> this.measured.load.put(each, (int) each.instance().incarnation()));
		Map<ServiceInstance, Integer> counts = count(Selection.powerOfTwoChoices(), instances(4));
		assertThat(counts).doesNotContainKey(instance(3));
		// Of the six pairs, the idlest is in three.
		assertThat(counts.get(instance(0))).isCloseTo(ROUNDS / 2, within(ROUNDS / 20));
	}

	@Test
	void aFreshInstanceGetsItsShareSlowly() {
		List<Integer> shares = new ArrayList<>();
		for (int seconds : new int[] { 0, 5, 10, 100 }) {
			this.measured.age.put(instance(2), Duration.ofSeconds(seconds));
			// Draws are seen when both are equally busy: the first that is drawn wins.
			shares.add(count(Selection.powerOfTwoChoices(), instances(3)).get(instance(2)));
		}
		assertThat(shares.get(0)).isCloseTo(ROUNDS / 21, within(ROUNDS / 50));
		assertThat(shares.get(1)).isCloseTo(ROUNDS / 5, within(ROUNDS / 20));
		assertThat(shares.get(2)).isCloseTo(ROUNDS / 3, within(ROUNDS / 20));
		assertThat(shares.get(3)).isCloseTo(ROUNDS / 3, within(ROUNDS / 20));
	}

	private static final class Measured implements Measurements {

		private final Map<ServiceInstance, Double> capacity = new HashMap<>();

		private final Map<ServiceInstance, Duration> latency = new HashMap<>();

		private final Map<ServiceInstance, Integer> load = new HashMap<>();

		private final Map<ServiceInstance, Duration> age = new HashMap<>();

		@Override
		public Map<ServiceInstance, Double> capacity(Iterable<ServiceInstance> instances) {
			return this.capacity;
		}

		@Override
		public Map<ServiceInstance, Duration> latency(Iterable<ServiceInstance> instances) {
			return this.latency;
		}

		@Override
		public int load(ServiceInstance instance) {
			return this.load.getOrDefault(instance, 0);
		}

		@Override
		public Duration age(ServiceInstance instance) {
			return this.age.getOrDefault(instance, Duration.ofHours(1));
		}

	}

}
