package io.adaptive.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.adaptive.fixture.TestNodes;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of streams of one connection that wait for credit at the same time.
 */
class ManyWaitingStreamsTests {

	private static final ServiceName SERVICE = new ServiceName("test", "many");

	private static final int STREAMS = 4_000;

	private static final long FRAMES_A_MESSAGE = 10;

	private static final CallSettings PATIENT = CallSettings.DEFAULT.timeout(Duration.ofMinutes(2));

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final CountDownLatch release = new CountDownLatch(1);

	/**
	 * A grant costs as much as it lets go, however many streams wait. While a grant was
	 * tried on all of them, and each of them asked again, a message took 18 frames here,
	 * and more with more streams.
	 */
	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void theirMessagesLeaveWithAFewFramesEach(Scope scope) throws Exception {
		AdaptiveNode server = this.nodes.node((builder) -> builder.scaleFactors(new ScaleFactors(1, 64, -1, 0)), scope);
		server.newServer().publish(Service.named(SERVICE).handle(Count.class, (number) -> {
			this.release.await();
			return number;
		}));
		AdaptiveNode client = this.nodes.node((scope == Scope.LAN) ? Scope.OS : scope);
		Connection connection = this.nodes.connect(client, scope, SERVICE);
		List<CompletableFuture<Count>> answers = new ArrayList<>();
		for (int i = 0; i < STREAMS; i++) {
			answers.add(connection.newStream().async().sendRecv(new Count(i), Count.class, PATIENT));
		}
		long start = System.nanoTime();
		this.release.countDown();
		for (int i = 0; i < STREAMS; i++) {
			assertThat(answers.get(i).get(1, TimeUnit.MINUTES)).isEqualTo(new Count(i));
		}
		Duration took = Duration.ofNanos(System.nanoTime() - start);
		long frames = client.statistics().traffic().get(scope).framesOut()
				+ server.statistics().traffic().get(scope).framesOut();
		System.out.printf("%s: %d waiting streams served in %d ms with %d frames%n", scope, STREAMS, took.toMillis(),
				frames);
		assertThat(frames).isLessThan(FRAMES_A_MESSAGE * STREAMS);
	}

	record Count(int value) {
	}

}
