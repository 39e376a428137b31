package io.adaptive.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.TwoNodes;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.stream.Connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The service of the cases and a connection to it, in one scope and with one codec. In
 * PROCESS scope messages are copied by the codec.
 */
final class InteropPlace implements AutoCloseable {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final InteropService service = new InteropService();

	private final Scope scope;

	private final TwoNodes nodes;

	private final Connection connection;

	InteropPlace(Scope scope, String codec, Path directory) throws IOException {
		this.scope = scope;
		this.nodes = new TwoNodes(scope, Files.createTempDirectory(directory, codec),
				(builder) -> builder.codec(codec).copyInProcess(true));
		this.connection = this.nodes.connect(this.service.service());
	}

	InteropService service() {
		return this.service;
	}

	Connection connection() {
		return this.connection;
	}

	/**
	 * Connects to a service of the server's node.
	 */
	Connection connect(ServiceName service) {
		AdaptiveClient client = this.nodes.client().newClient().discoverTimeout(Duration.ZERO);
		return (this.scope == Scope.LAN) ? client.connect(this.nodes.server().tcpEndpoint().orElseThrow(), service)
				: client.discover(service);
	}

	/**
	 * Waits until no call is under way at either end, and no handler runs.
	 */
	void awaitAllEnded() {
		await().atMost(LONG).pollInterval(Duration.ofMillis(2)).untilAsserted(() -> {
			assertThat(this.nodes.client().view().connections())
				.allSatisfy((each) -> assertThat(each.callsSent()).isZero());
			assertThat(this.nodes.server().view().services())
				.allSatisfy((each) -> assertThat(each.inFlight()).isZero());
			assertThat(this.service.ends()).hasSize(this.service.begun());
		});
	}

	/**
	 * Waits until the client has so many connections.
	 */
	void awaitConnections(int count) {
		await().atMost(LONG).untilAsserted(() -> assertThat(this.nodes.client().view().connections()).hasSize(count));
	}

	@Override
	public void close() {
		this.nodes.close();
	}

}
