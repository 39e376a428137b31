package io.adaptive.stress.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.OpenResources;
import io.adaptive.fixture.TwoNodes;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything at once, for a long time, over each transport. By default 15 seconds each;
 * {@code -Dadaptive.soak.seconds} says how long, and {@code -Dadaptive.soak.seed} repeats
 * the choices of an earlier run, though not the timing of its threads.
 */
class SoakTests {

	/** Little credit, so that much has to wait for it. */
	static final LinkSettings LITTLE_CREDIT = new LinkSettings(
			new Limits(Limits.DEFAULT.maxMessage(), 256 * 1024, 4 << 20), LinkSettings.DEFAULT.handshakeTimeout(),
			LinkSettings.DEFAULT.pingAfter(), LinkSettings.DEFAULT.deadAfter());

	private static final Duration DURATION = Duration.ofSeconds(Integer.getInteger("adaptive.soak.seconds", 15));

	private static final long SEED = Long.getLong("adaptive.soak.seed", System.nanoTime() & 0xffffff);

	private static final Duration ROUND = Duration.ofSeconds(9);

	@TempDir
	Path sockets;

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void theBooksBalance(Scope scope) throws InterruptedException {
		OpenResources before = OpenResources.now();
		try (TwoNodes nodes = new TwoNodes(scope, this.sockets, (settings) -> settings.linkSettings(LITTLE_CREDIT))) {
			SoakServer.publish(nodes.server());
			soak(scope.toString(), nodes.client().newClient());
		}
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> OpenResources.now().isWithin(before));
	}

	@Test
	void theBooksOfTwoProcessesBalance() throws InterruptedException {
		Path directory = this.sockets.resolve("s");
		try (ChildJvm server = ChildJvm.start(List.of("-Dio.netty.leakDetection.level=paranoid"),
				SoakServerProgram.class, directory)) {
			server.awaitLine(SoakServerProgram.UP);
			try (AdaptiveNode client = AdaptiveNode.builder()
				.scopes(EnumSet.of(Scope.OS))
				.socketDirectory(directory)
				.linkSettings(LITTLE_CREDIT)
				.build()) {
				soak("OS, two processes", client.newClient());
			}
			assertThat(server.stop()).as(server::toString).isZero();
			assertThat(server.toString()).doesNotContain("LEAK");
		}
	}

	private static void soak(String name, AdaptiveClient client) throws InterruptedException {
		// Now, and not only with the totals, for a run that never ends.
		System.out.println("soak %s: seed %d".formatted(name, SEED));
		AdaptiveClient patient = client.discoverTimeout(Duration.ofSeconds(10));
		SplittableRandom random = new SplittableRandom(SEED);
		Balance total = Balance.ZERO;
		String summary = "";
		int rounds = 0;
		long start = System.nanoTime();
		try (Connection control = patient.discover(SoakServer.CONTROL)) {
			for (; System.nanoTime() - start < DURATION.toNanos(); rounds++) {
				Round round = new Round(patient, control, random.split());
				summary = round.run(ROUND);
				total = total.plus(balance(round.books(), "%s, seed %d, round %d".formatted(name, SEED, rounds)));
			}
		}
		System.out.println("soak %s: seed %d, %d s, %d rounds: %s; %s".formatted(name, SEED,
				(System.nanoTime() - start) / 1_000_000_000, rounds, total, summary));
	}

	private static Balance balance(Books books, String round) {
		Balance balance = books.balance();
		assertThat(books.errors()).as(round).isEmpty();
		assertThat(balance.isEven()).as("%s: %s", round, balance).isTrue();
		assertThat(balance.sent()).as(round).isPositive();
		return balance;
	}

}
