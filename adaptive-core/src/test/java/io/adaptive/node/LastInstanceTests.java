package io.adaptive.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.node.LastInstanceProgram.Answer;
import io.adaptive.node.LastInstanceProgram.Quick;
import io.adaptive.node.LastInstanceProgram.Slow;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The only instance that is known is told to end by SIGTERM while calls wait for its
 * worker.
 */
class LastInstanceTests {

	private static final ServiceName SERVICE = new ServiceName("test", "last");

	private static final Duration LONG = Duration.ofSeconds(60);

	/** How long there is no instance at all. */
	private static final Duration GAP = Duration.ofMillis(1500);

	/**
	 * More than the program takes in while its worker is busy: some are never sent to it.
	 */
	private static final int WAITING = 1_000;

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@TempDir
	private Path directory;

	private ChildJvm start(String name) {
		ChildJvm program = ChildJvm.start(LastInstanceProgram.class, this.directory.resolve("s"), name);
		program.awaitLine(LastInstanceProgram.UP);
		return program;
	}

	private Connection connect(Duration timeout) {
		return this.nodes.node((builder) -> builder.socketDirectory(this.directory.resolve("s")), Scope.OS)
			.newClient()
			.calls(CallSettings.DEFAULT.timeout(timeout))
			.lazy(SERVICE);
	}

	private static List<CompletableFuture<Answer>> quick(Connection connection, int from) {
		return IntStream.range(from, from + WAITING)
			.mapToObj((number) -> connection.async().sendRecv(new Quick(number), Answer.class))
			.toList();
	}

	@SlowTest
	@Test
	void callsThatWereNotProcessedWaitForTheNextInstance() {
		try (ChildJvm first = start("first"); Connection connection = connect(LONG)) {
			CompletableFuture<Answer> slow = connection.async().sendRecv(new Slow(0), Answer.class);
			first.awaitLine(LastInstanceProgram.HANDLING);
			List<CompletableFuture<Answer>> waiting = quick(connection, 10_000);
			first.signal("TERM");
			assertThat(slow).succeedsWithin(LONG).isEqualTo(new Answer("first", 0));
			assertThat(first.awaitExit()).isEqualTo(143);
			List<CompletableFuture<Answer>> later = quick(connection, 20_000);
			Awaitility.await()
				.during(GAP)
				.atMost(LONG)
				.untilAsserted(() -> assertThat(later).noneMatch(CompletableFuture::isDone));
			try (ChildJvm second = start("second")) {
				for (int i = 0; i < WAITING; i++) {
					int number = i;
					assertThat(later.get(i)).succeedsWithin(LONG).isEqualTo(new Answer("second", 20_000 + i));
					assertThat(waiting.get(i)).succeedsWithin(LONG)
						.satisfies((answer) -> assertThat(answer.number()).isEqualTo(10_000 + number));
				}
				assertThat(waiting).as("of which some were not processed")
					.anyMatch((answer) -> answer.join().by().equals("second"));
				second.signal("TERM");
				assertThat(second.awaitExit()).isEqualTo(143);
			}
		}
	}

	@SlowTest
	@Test
	void theyWaitNoLongerThanTheirDeadline() {
		Duration timeout = Duration.ofSeconds(4);
		try (ChildJvm first = start("first"); Connection connection = connect(timeout)) {
			CompletableFuture<Answer> slow = connection.async()
				.sendRecv(new Slow(0), Answer.class, CallSettings.DEFAULT.timeout(LONG));
			first.awaitLine(LastInstanceProgram.HANDLING);
			long start = System.nanoTime();
			List<CompletableFuture<Answer>> waiting = quick(connection, 10_000);
			first.signal("TERM");
			assertThat(slow).succeedsWithin(LONG).isEqualTo(new Answer("first", 0));
			assertThat(first.awaitExit()).isEqualTo(143);
			List<CompletableFuture<Answer>> failed = waiting.stream()
				.filter((answer) -> failure(answer) != null)
				.toList();
			assertThat(failed).isNotEmpty()
				.allSatisfy((answer) -> assertThat(failure(answer)).isInstanceOfSatisfying(AdaptiveException.class,
						(ex) -> assertThat(ex.delivery()).isIn(Delivery.NOT_SENT, Delivery.NOT_PROCESSED)));
			Duration passed = Duration.ofNanos(System.nanoTime() - start);
			System.out.println("calls that nobody processed failed after " + passed + ", their timeout is " + timeout);
			assertThat(passed).isBetween(timeout, timeout.multipliedBy(10));
		}
	}

	private static Throwable failure(CompletableFuture<Answer> call) {
		try {
			call.get();
			return null;
		}
		catch (ExecutionException ex) {
			return ex.getCause();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
