package io.adaptive.spring.client;

import java.time.Duration;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link InstanceConnections}.
 */
class InstanceConnectionsTests {

	private static final ServicePattern CLOCKS = new ServicePattern("example", "clock.*");

	private final AdaptiveNode node = AdaptiveNode.builder()
		.scopes(Set.of(Scope.PROCESS))
		.processSpace(new ProcessSpace())
		.build();

	private final AdaptiveClient client = this.node.newClient();

	private final InstanceConnections connections = new InstanceConnections(this.client, CLOCKS);

	@AfterEach
	void close() {
		this.connections.close();
		this.node.close();
	}

	@Test
	void aConnectionMadeWhileItsInstanceGoesIsForgotten() {
		Publication east = publish("clock.east");
		ServiceInstance instance = this.client.list(CLOCKS).get(0);
		awaitKnown(1);
		east.close();
		awaitKnown(0);
		assertClosed(this.connections.connection(instance));
		assertThat(this.connections.connection(instance)).isNotSameAs(this.connections.connection(instance));
	}

	@Test
	void aConnectionThatAFluxMakesOfAnInstanceGoneLongAgoIsForgotten() throws Exception {
		Map<String, Publication> publications = new ConcurrentHashMap<>();
		List.of("clock.east", "clock.west").forEach((name) -> publications.put(name, publish(name)));
		awaitKnown(2);
		CountDownLatch inFirst = new CountDownLatch(1);
		CountDownLatch gone = new CountDownLatch(1);
		Map<String, Connection> told = new ConcurrentHashMap<>();
		Disposable watch = this.connections.flux().subscribe((connection) -> {
			told.put(nameIn(connection), connection);
			inFirst.countDown();
			await(gone);
		});
		await(inFirst);
		String other = told.containsKey("clock.east") ? "clock.west" : "clock.east";
		publications.get(other).close();
		awaitKnown(1);
		gone.countDown();
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(told).containsKey(other));
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertClosed(told.get(other)));
		watch.dispose();
	}

	@Test
	void aListIteratorShowsWhatWasKnownWhenItWasMade() {
		Publication east = publish("clock.east");
		publish("clock.west");
		awaitKnown(2);
		ListIterator<Connection> iterator = this.connections.list().listIterator();
		iterator.next();
		east.close();
		awaitKnown(1);
		assertThat(iterator.hasNext()).isTrue();
		iterator.next();
		assertThat(iterator.hasNext()).isFalse();
	}

	private Publication publish(String name) {
		return this.node.newServer().publish(Service.named("example", name).handle(Ask.class, (ask) -> ask));
	}

	private void awaitKnown(int count) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.connections.list().size() == count);
	}

	private static String nameIn(Connection connection) {
		return connection.toString().contains("clock.east") ? "clock.east" : "clock.west";
	}

	private static void assertClosed(Connection connection) {
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> connection.sendRecv(new Ask(), Ask.class))
			.withMessageContaining("is closed");
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	record Ask() {

	}

}
