package io.adaptive.stress.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;

import io.adaptive.fixture.OpenResources;
import io.adaptive.fixture.TwoNodes;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.transport.LinkSettings;
import io.adaptive.wire.Limits;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything at once, for a long time, over each transport. By default a minute each;
 * {@code -Dadaptive.soak.seconds} says how long, and {@code -Dadaptive.soak.seed} repeats
 * the choices of an earlier run, though not the timing of its threads.
 */
class SoakTests {

	private static final Duration DURATION = Duration.ofSeconds(Integer.getInteger("adaptive.soak.seconds", 60));

	private static final long SEED = Long.getLong("adaptive.soak.seed", System.nanoTime() & 0xffffff);

	private static final Duration ROUND = Duration.ofSeconds(9);

	/** Little credit, so that much has to wait for it. */
	private static final LinkSettings LITTLE_CREDIT = new LinkSettings(
			new Limits(Limits.DEFAULT.maxMessage(), 256 * 1024, 4 << 20), LinkSettings.DEFAULT.handshakeTimeout(),
			LinkSettings.DEFAULT.pingAfter(), LinkSettings.DEFAULT.deadAfter());

	@TempDir
	Path sockets;

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void theBooksBalance(Scope scope) throws InterruptedException {
		OpenResources before = OpenResources.now();
		System.out.printf("soak %s: seed %d%n", scope, SEED);
		SoakServices services = new SoakServices();
		Balance total = Balance.ZERO;
		SplittableRandom random = new SplittableRandom(SEED);
		long start = System.nanoTime();
		int rounds = 0;
		try (TwoNodes nodes = new TwoNodes(scope, this.sockets, SoakTests::littleCredit)) {
			nodes.server().newServer().publish(services.soak());
			nodes.server().newServer().publish(services.ordered());
			for (; System.nanoTime() - start < DURATION.toNanos(); rounds++) {
				total = total.plus(run(new Round(nodes, services, random.split()), scope, rounds));
			}
		}
		System.out.printf("soak %s: %d s, %d rounds: %s; %s%n", scope, (System.nanoTime() - start) / 1_000_000_000,
				rounds, total, services.summary());
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> OpenResources.now().isWithin(before));
	}

	private static Balance run(Round round, Scope scope, int number) throws InterruptedException {
		Balance balance = round.run(ROUND);
		assertThat(round.books().errors()).as("%s, seed %d, round %d", scope, SEED, number).isEmpty();
		assertThat(balance.isEven()).as("%s", balance).isTrue();
		assertThat(balance.sent()).isPositive();
		return balance;
	}

	private static AdaptiveNode.Builder littleCredit(AdaptiveNode.Builder settings) {
		return settings.linkSettings(LITTLE_CREDIT);
	}

}
