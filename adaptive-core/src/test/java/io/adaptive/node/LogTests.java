package io.adaptive.node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.CapturedLog;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * One line for a change of state, and none for a message.
 */
class LogTests {

	private static final Duration LONG = Duration.ofSeconds(50);

	private static final ServiceName ECHO = new ServiceName("test", "echo");

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private static Service echo() {
		return Service.named(ECHO).handle(Note.class, (note) -> {
			if (note.text().isEmpty()) {
				throw new AdaptiveException(ErrorCode.INVALID_ARGUMENT, "empty");
			}
			return note;
		}).handle(Talk.class, (talk, stream) -> {
			stream.send(new Note(talk.text()));
			return null;
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void messagesLeaveNoLineAboveTrace(Scope scope) {
		this.nodes.node(scope).newServer().publish(echo());
		try (Connection connection = this.nodes.node(scope).newClient().discoverTimeout(LONG).lazy(ECHO)) {
			connection.sendRecv(new Note("first"), Note.class);
			try (CapturedLog log = new CapturedLog("io.adaptive", Level.DEBUG)) {
				for (int i = 0; i < 1_000; i++) {
					connection.sendRecv(new Note("a"), Note.class);
					connection.async().sendRecv(new Note(""), Note.class).exceptionally((error) -> null).join();
					connection.send(new Note("one way"));
				}
				for (int i = 0; i < 100; i++) {
					try (MessageStream stream = connection.newStream()) {
						stream.send(new Talk("b"));
						stream.recv(Note.class);
					}
				}
				assertThat(log.lines()).filteredOn((line) -> !line.startsWith("warm node=")).isEmpty();
			}
		}
	}

	@Test
	void aServiceThatComesAndGoesAndWhoeverFollowsItLeaveOneLineEach() {
		AdaptiveNode first = this.nodes.node(Scope.OS);
		AdaptiveNode second = this.nodes.node(Scope.OS);
		AdaptiveNode client = this.nodes.node(Scope.OS);
		try (CapturedLog log = new CapturedLog("io.adaptive", Level.INFO);
				Connection connection = client.newClient().discoverTimeout(LONG).lazy(ECHO)) {
			Publication publication = first.newServer().publish(echo());
			connection.sendRecv(new Note("a"), Note.class);
			second.newServer().publish(echo());
			publication.close();
			connection.sendRecv(new Note("b"), Note.class);
			await().untilAsserted(() -> assertThat(log.lines()).filteredOn((line) -> line.contains("test/echo"))
				.map((line) -> line.replaceAll(" (address|reason)=.*", ""))
				.containsExactlyInAnyOrder("published service=test/echo scopes=[OS]",
						"connected service=test/echo node=" + first.instance() + " scope=OS",
						"published service=test/echo scopes=[OS]",
						"draining service=test/echo scopes=[OS] connections=1 inFlight=0",
						"lost service=test/echo node=" + first.instance() + " scope=OS",
						"unpublished service=test/echo scopes=[OS]",
						"healed service=test/echo node=" + second.instance() + " scope=OS"));
		}
	}

	@Test
	void aServiceThatIsMissingIsToldOnceHoweverManyCallsWaitForIt() {
		AdaptiveNode client = this.nodes.node(Scope.OS);
		try (CapturedLog log = new CapturedLog("io.adaptive.internal.discovery", Level.DEBUG)) {
			AdaptiveClient impatient = client.newClient().discoverTimeout(Duration.ofMillis(5));
			for (int i = 0; i < 20; i++) {
				assertThatExceptionOfType(ServiceNotFoundException.class).isThrownBy(() -> impatient.discover(ECHO));
			}
			assertThat(log.lines()).containsExactly("waiting for service=test/echo scopes=[OS]");
			log.clear();
			Publication publication = this.nodes.node(Scope.OS).newServer().publish(echo());
			client.newClient().discoverTimeout(LONG).discover(ECHO).close();
			publication.close();
			assertThatExceptionOfType(ServiceNotFoundException.class).isThrownBy(() -> impatient.discover(ECHO));
			assertThat(log.lines()).filteredOn((line) -> line.startsWith("waiting")).hasSize(1);
		}
	}

	@Test
	void aNodeTellsOnceThatItIsWarm() {
		List<Class<?>> types = List.of(Note.class, Talk.class, Text.class);
		try (CapturedLog log = new CapturedLog("io.adaptive.node", Level.DEBUG)) {
			AdaptiveNode node = this.nodes.node(Scope.OS);
			AdaptiveServer server = node.newServer();
			for (int i = 0; i < types.size(); i++) {
				int published = i + 1;
				server.publish(Service.named("test", "warm-" + i).handle(types.get(i), (message) -> null));
				await().atMost(LONG).until(() -> warm(log, node).size() >= published);
			}
			assertThat(warm(log, node)).extracting(ILoggingEvent::getLevel)
				.startsWith(Level.INFO)
				.filteredOn(Level.INFO::equals)
				.hasSize(1);
		}
	}

	/** Nodes of earlier tests may become warm in the meantime. */
	private static List<ILoggingEvent> warm(CapturedLog log, AdaptiveNode node) {
		return log.events()
			.stream()
			.filter((event) -> event.getFormattedMessage().contains("warm node=%s ".formatted(node.instance())))
			// What a node prepares on its start may be ready before its first service is
			// there.
			.filter((event) -> !event.getFormattedMessage().contains(" types=0 "))
			.toList();
	}

	@Test
	void aNodeThatClosesWhileItPreparesWarnsOfNothing() {
		try (CapturedLog log = new CapturedLog("io.adaptive", Level.WARN)) {
			for (int i = 0; i < 20; i++) {
				AdaptiveNode node = this.nodes.node(Scope.OS);
				node.newServer().publish(echo());
				node.warmUp();
				node.close();
			}
			assertThat(log.lines()).isEmpty();
		}
	}

	@Test
	void aPoolAtItsMaximumIsToldOnce() throws InterruptedException {
		CountDownLatch release = new CountDownLatch(1);
		AdaptiveNode node = this.nodes.node((builder) -> builder.scaleFactors(new ScaleFactors(1, 128, 8, 3)),
				Scope.OS);
		node.newServer()
			.publish(Service.named(ECHO)
				.handle(Note.class, (note) -> release.await(50, TimeUnit.SECONDS) ? note : null));
		try (CapturedLog log = new CapturedLog("io.adaptive.internal.dispatch", Level.INFO);
				Connection connection = this.nodes.node(Scope.OS).newClient().discoverTimeout(LONG).discover(ECHO)) {
			CompletableFuture<?>[] answers = IntStream.range(0, 20)
				.mapToObj((i) -> connection.async().sendRecv(new Note("a"), Note.class))
				.toArray(CompletableFuture[]::new);
			// At the moment of the line some of the calls may be on their way still.
			await().untilAsserted(() -> assertThat(log.lines()).singleElement()
				.asString()
				.matches("workers at their maximum, messages wait workers=3 queued=([1-9]|1[0-7])"));
			release.countDown();
			assertThat(CompletableFuture.allOf(answers)).succeedsWithin(LONG);
			assertThat(log.lines()).hasSize(1);
		}
	}

	@Test
	void messagesThatAreRefusedAreToldOnce() throws InterruptedException {
		CountDownLatch release = new CountDownLatch(1);
		AdaptiveNode node = this.nodes
			.node((builder) -> builder.scaleFactors(new ScaleFactors(1, 1, -1, 1)).shedding(true), Scope.OS);
		node.newServer()
			.publish(Service.named(ECHO)
				.handle(Note.class, (note) -> release.await(50, TimeUnit.SECONDS) ? note : null));
		try (CapturedLog log = new CapturedLog("io.adaptive.internal.dispatch", Level.INFO);
				Connection connection = this.nodes.node(Scope.OS).newClient().discoverTimeout(LONG).discover(ECHO)) {
			CompletableFuture<?>[] answers = IntStream.range(0, 50)
				.mapToObj((i) -> connection.async().sendRecv(new Note("a"), Note.class).exceptionally((error) -> null))
				.toArray(CompletableFuture[]::new);
			await().untilAsserted(() -> assertThat(log.lines()).hasSize(1));
			release.countDown();
			assertThat(CompletableFuture.allOf(answers)).succeedsWithin(LONG);
			assertThat(log.lines()).singleElement().asString().startsWith("queue full, messages are refused queued=");
		}
	}

	record Note(String text) {
	}

	record Talk(String text) {
	}

	record Text(String text) {
	}

}
