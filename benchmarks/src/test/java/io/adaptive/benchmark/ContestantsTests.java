package io.adaptive.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.adaptive.benchmark.contestant.Bodies;
import io.adaptive.benchmark.contestant.Caller;
import io.adaptive.benchmark.contestant.Connected;
import io.adaptive.benchmark.contestant.Contestant;
import io.adaptive.benchmark.contestant.Contestants;
import io.adaptive.benchmark.contestant.Place;
import io.adaptive.benchmark.contestant.Served;
import io.adaptive.benchmark.contestant.Transport;
import io.adaptive.benchmark.load.Load;
import io.adaptive.benchmark.load.LoadResult;
import io.adaptive.benchmark.load.LoadRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everybody who can be measured here, in one tiny cell, with both ends in this process.
 */
class ContestantsTests {

	private static final int CALLERS = 8;

	@TempDir
	Path directory;

	static Stream<Arguments> everybody() {
		return Contestants.all()
			.stream()
			.flatMap((contestant) -> Arrays.stream(Transport.values())
				.filter(contestant::runsOn)
				.map((transport) -> Arguments.of(contestant.name(), transport)));
	}

	@ParameterizedTest
	@ValueSource(strings = { Contestants.WORKERS, Contestants.NON_BLOCKING })
	void theFrameworkIsMeasuredOverEveryTransport(String name) {
		assertThat(Transport.values()).allMatch(Contestants.named(name)::runsOn);
	}

	@ParameterizedTest
	@EnumSource
	void anotherConnectionOfTheFrameworkLeadsToTheSameServer(Transport transport) {
		Contestant contestant = Contestants.named(Contestants.WORKERS);
		try (Served served = contestant.serve(place(transport));
				Connected connected = contestant.connect(served.place());
				Caller caller = connected.another().newCaller()) {
			assertThat(caller.call(Bodies.of(4), 1000)).hasSize(1000);
		}
	}

	@Test
	void theRelayedFrameworkAnswersThroughItsRelay() {
		Contestant contestant = Contestants.named(Contestants.RELAYED);
		try (Served relay = contestant.relay(place(Transport.TCP));
				Served served = contestant.serve(relay.place());
				Connected connected = contestant.connect(served.place());
				Caller caller = connected.newCaller()) {
			assertThat(caller.call(Bodies.of(4), 100_000)).hasSize(100_000);
			assertThat(served.place().port()).isNotEqualTo(relay.place().port());
		}
	}

	@ParameterizedTest
	@MethodSource("everybody")
	void replyIsWhatWasAskedFor(String name, Transport transport) {
		Contestant contestant = Contestants.named(name);
		try (Served served = contestant.serve(place(transport));
				Connected connected = contestant.connect(served.place())) {
			List<Caller> callers = Stream.generate(connected::newCaller).limit(CALLERS).toList();
			for (int i = 0; i < CALLERS; i++) {
				int size = 1 + i * 9_000;
				assertThat(callers.get(i).call(Bodies.of(4), size)).isEqualTo(Bodies.of(size).clone());
			}
			assertThat(callers.get(0).call(Bodies.of(100_000), 4)).hasSize(4);
			callers.forEach(Caller::close);
		}
	}

	@ParameterizedTest
	@MethodSource("everybody")
	void allCallersProgress(String name, Transport transport) throws InterruptedException {
		Contestant contestant = Contestants.named(name);
		try (Served served = contestant.serve(place(transport));
				Connected connected = contestant.connect(served.place())) {
			LoadResult result = LoadRun.run(connected, Load.closed(32, false, CALLERS, false, 200, 100));

			assertThat(result.idleCallers()).isZero();
			assertThat(result.allCalls()).isGreaterThanOrEqualTo(CALLERS);
			assertThat(result.p50()).isLessThanOrEqualTo(result.p999());
		}
	}

	private Place place(Transport transport) {
		return new Place(transport, this.directory, 0);
	}

}
