package io.adaptive.internal.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionSetTests {

	private static final int MANY = 2_000;

	private static final Instance OTHER = new Instance(new ProviderId("other"), 3);

	private final ConnectionSet connections = new ConnectionSet();

	private final List<SilentLink> links = new ArrayList<>();

	private MultiplexedConnection add(Instance peer) {
		SilentLink link = new SilentLink(peer);
		MultiplexedConnection connection = MultiplexedConnection.client(link, Runnable::run);
		this.connections.add(connection);
		this.links.add(link);
		return connection;
	}

	private boolean isConnected(Instance peer) {
		return this.connections.hasOpenTo(peer, SilentLink.SERVICE);
	}

	@Test
	void connectionsAreToldApartByNodeAndService() {
		MultiplexedConnection connection = add(SilentLink.PEER);
		assertThat(isConnected(SilentLink.PEER)).isTrue();
		assertThat(this.connections.openTo(SilentLink.PEER, SilentLink.SERVICE)).containsExactly(connection);
		assertThat(isConnected(OTHER)).isFalse();
		assertThat(this.connections.hasOpenTo(SilentLink.PEER, new ServiceName("test", "other"))).isFalse();
		connection.receiver().closed(SilentLink.LOST);
		assertThat(isConnected(SilentLink.PEER)).isFalse();
		assertThat(this.connections.openTo(SilentLink.PEER, SilentLink.SERVICE)).isEmpty();
		assertThat(this.connections.all()).isEmpty();
	}

	@Test
	void aConnectionThatIsClosingIsNotOpenAndStaysUntilItHasEnded() {
		MultiplexedConnection closing = add(SilentLink.PEER);
		closing.close();
		assertThat(isConnected(SilentLink.PEER)).isFalse();
		assertThat(this.connections.all()).containsExactly(closing);
		MultiplexedConnection next = add(SilentLink.PEER);
		closing.receiver().closed(SilentLink.LOST);
		assertThat(isConnected(SilentLink.PEER)).isTrue();
		assertThat(this.connections.all()).containsExactly(next);
	}

	@Test
	void aConnectionThatComesAfterAllWereClosedIsClosedLikeThem() throws InterruptedException {
		ErrorInfo cause = new ErrorInfo(ErrorCode.UNAVAILABLE, "leaving");
		this.connections.close(cause, Duration.ZERO);
		MultiplexedConnection late = add(SilentLink.PEER);
		assertThat(late.isOpen()).isFalse();
		late.receiver().closed(cause);
		assertThat(this.connections.all()).isEmpty();
	}

	/**
	 * Each that ends asks for the others: when a node ends with thousands of connections,
	 * that must not be the square of them.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void manyThatEndTogetherAreLookedAtAFewTimesEach(boolean atOnce) {
		List<MultiplexedConnection> ended = new ArrayList<>();
		for (int i = 0; i < MANY; i++) {
			add(OTHER);
			MultiplexedConnection connection = add(SilentLink.PEER);
			connection.whenClosed().thenAccept((cause) -> assertThat(isConnected(SilentLink.PEER)).isTrue());
			ended.add(connection);
		}
		if (atOnce) {
			this.links.stream()
				.filter((link) -> link.peer().equals(SilentLink.PEER))
				.forEach((link) -> link.close(SilentLink.LOST));
		}
		MultiplexedConnection last = add(SilentLink.PEER);
		ended.forEach((connection) -> connection.receiver().closed(SilentLink.LOST));
		assertThat(isConnected(SilentLink.PEER)).isTrue();
		last.receiver().closed(SilentLink.LOST);
		assertThat(isConnected(SilentLink.PEER)).isFalse();
		assertThat(isConnected(OTHER)).isTrue();
		assertThat(this.links.stream().mapToInt((link) -> link.asks.get()).sum()).isLessThan(3 * MANY);
	}

}
