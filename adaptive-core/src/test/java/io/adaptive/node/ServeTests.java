package io.adaptive.node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link AdaptiveNode#serve()}.
 */
@SlowTest
class ServeTests {

	private static final ServiceName SERVICE = new ServiceName("test", "serving");

	private static final Duration LONG = Duration.ofSeconds(60);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private ChildJvm start(String... options) {
		// A test that runs in the background may have been told to ignore Ctrl-C.
		return ChildJvm.startWith(List.of("env", "--default-signal=INT,TERM"), List.of(options), ServingProgram.class,
				this.nodes.directory());
	}

	@SlowTest
	@ParameterizedTest
	@CsvSource({ "TERM, 143", "INT, 130" })
	void aSignalLetsWhatIsInFlightBeAnswered(String signal, int status) throws Exception {
		AdaptiveNode client = this.nodes.node(Scope.OS);
		try (ChildJvm program = start()) {
			Connection connection = client.newClient().discoverTimeout(LONG).discover(SERVICE);
			CompletableFuture<ServingProgram.Slow> answer = connection.async()
				.sendRecv(new ServingProgram.Slow(7), ServingProgram.Slow.class);
			program.awaitLine(ServingProgram.HANDLING);
			program.signal(signal);
			assertThat(answer.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new ServingProgram.Slow(7));
			assertThat(program.awaitExit()).isEqualTo(status);
		}
	}

	@Test
	void aProgramWhoseNodeIsClosedEndsByItself() {
		AdaptiveNode client = this.nodes.node(Scope.OS);
		try (ChildJvm program = start()) {
			Connection connection = client.newClient().discoverTimeout(LONG).discover(SERVICE);
			assertThat(connection.sendRecv(new ServingProgram.Leave(), ServingProgram.Leave.class))
				.isEqualTo(new ServingProgram.Leave());
			assertThat(program.awaitExit()).isZero();
		}
	}

	@SlowTest
	@Test
	void aProgramServesInTheDirectoryThatWasChosenThoughThereIsNoTemporaryOne() {
		AdaptiveNode client = this.nodes.node(Scope.OS);
		try (ChildJvm program = start("-Djava.io.tmpdir=" + this.nodes.directory().resolve("none"))) {
			Connection connection = client.newClient().discoverTimeout(LONG).discover(SERVICE);
			assertThat(connection.sendRecv(new ServingProgram.Leave(), ServingProgram.Leave.class))
				.isEqualTo(new ServingProgram.Leave());
			assertThat(program.awaitExit()).isZero();
		}
	}

	@Test
	void aNodeThatIsClosedServesNoLonger() {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS);
		node.close();
		node.serve();
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void allThatServeReturnWhenTheNodeIsClosed() throws Exception {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS);
		List<Thread> serving = List.of(new Thread(node::serve), new Thread(node::serve));
		serving.forEach(Thread::start);
		awaitWaiting(serving);
		node.close();
		for (Thread each : serving) {
			each.join(LONG.toMillis());
			assertThat(each.isAlive()).isFalse();
		}
	}

	@Test
	void anInterruptClosesTheNode() throws Exception {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS);
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		Thread serving = new Thread(() -> {
			node.serve();
			interrupted.complete(Thread.currentThread().isInterrupted());
		});
		serving.start();
		awaitWaiting(List.of(serving));
		serving.interrupt();
		assertThat(interrupted.get(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThatIllegalStateException().isThrownBy(() -> node.newServer().publish(Service.named(SERVICE)));
	}

	private static void awaitWaiting(List<Thread> threads) {
		Awaitility.await()
			.atMost(LONG)
			.until(() -> threads.stream().allMatch((each) -> each.getState() == Thread.State.WAITING));
	}

	@Test
	void aHandlerIsToldThatItWouldWaitForItself() {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS);
		node.newServer().publish(Service.named(SERVICE).handle(Question.class, (question) -> {
			node.serve();
			return question;
		}));
		Connection connection = this.nodes.connect(this.nodes.node(Scope.PROCESS), Scope.PROCESS, SERVICE);
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> connection.sendRecv(new Question(), Question.class))
			.withMessageContaining("would wait for itself");
	}

	record Question() {
	}

}
