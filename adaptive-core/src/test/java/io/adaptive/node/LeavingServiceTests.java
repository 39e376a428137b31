package io.adaptive.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.adaptive.fixture.TwoNodes;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections to a service that is taken back: none outlives it, and none outlives the
 * client's wish for it.
 */
class LeavingServiceTests {

	private static final ServiceName SERVICE = new ServiceName("test", "late");

	@TempDir
	Path sockets;

	private final List<String> told = new CopyOnWriteArrayList<>();

	private final CountDownLatch asked = new CountDownLatch(1);

	private final CountDownLatch answered = new CountDownLatch(1);

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aConnectionAdmittedAfterTheServiceHasEndedIsClosed(Scope scope) throws InterruptedException {
		try (TwoNodes nodes = new TwoNodes(scope, this.sockets)) {
			Publication publication = nodes.server().newServer().publish(service());
			Thread client = new Thread(() -> connect(nodes));
			client.start();
			this.asked.await();
			publication.close();
			this.answered.countDown();
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.told).containsExactlyInAnyOrder("connect", "open", "close",
						"disconnect"));
			assertThat(this.told).startsWith("connect").endsWith("close", "disconnect");
			client.interrupt();
			client.join();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aClientThatClosesAlsoEndsTheConnectionThatItLeft(Scope scope) {
		try (TwoNodes nodes = new TwoNodes(scope, this.sockets, (node) -> node.drainTimeout(Duration.ofMinutes(2)))) {
			Publication before = nodes.server()
				.newServer()
				.publish(Service.named(SERVICE).handle(String.class, (text) -> {
					admit();
					return text;
				}).onDisconnect((connection, cause) -> this.told.add("disconnect")));
			Connection connection = nodes.client().newClient().lazy(SERVICE);
			CompletableFuture<String> waiting = connection.async().sendRecv("before", String.class);
			Awaitility.await().until(() -> this.asked.getCount() == 0);
			CompletableFuture<?> draining = CompletableFuture.runAsync(before::close,
					(work) -> new Thread(work).start());
			Awaitility.await().until(() -> isLeaving(nodes.server()));
			nodes.server().newServer().publish(Service.named(SERVICE).handle(String.class, (text) -> "after"));
			assertThat(connection.sendRecv("now", String.class)).isEqualTo("after");
			assertThat(waiting).isNotDone();
			connection.close();
			Awaitility.await().untilAsserted(() -> assertThat(this.told).containsExactly("connect", "disconnect"));
			this.answered.countDown();
			assertThat(waiting).failsWithin(Duration.ofSeconds(50));
			assertThat(draining).succeedsWithin(Duration.ofSeconds(50));
		}
	}

	private static boolean isLeaving(AdaptiveNode server) {
		return server.view()
			.services()
			.stream()
			.anyMatch((status) -> status.service().equals(SERVICE) && status.draining() != null);
	}

	private Service service() {
		return Service.named(SERVICE)
			.handle(String.class, (text) -> text)
			.onConnect((connection) -> admit())
			.onStreamOpen((stream) -> this.told.add("open"))
			.onStreamClose((stream) -> this.told.add("close"))
			.onDisconnect((connection, cause) -> this.told.add("disconnect"));
	}

	private void admit() {
		this.told.add("connect");
		this.asked.countDown();
		try {
			this.answered.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * It is told that the service is leaving, or waits for another until the test is
	 * over.
	 */
	private static void connect(TwoNodes nodes) {
		try {
			nodes.connect(SERVICE);
		}
		catch (AdaptiveException ex) {
			assertThat(ex.code()).isIn(ErrorCode.UNAVAILABLE, ErrorCode.NOT_FOUND, ErrorCode.CANCELLED);
		}
	}

}
