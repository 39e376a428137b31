package io.adaptive.topidchart;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import perf.topid.message.ChartMessages;
import perf.topid.message.ChartMessages.OpenSession;
import perf.topid.message.ChartMessages.ResumeSession;
import perf.topid.message.ChartMessages.SessionOpened;
import perf.topid.message.ChartMessages.SessionResumed;
import perf.topid.message.ChartMessages.SystemInformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A service that ends while a session goes on, in a process of its own.
 */
@SlowTest
@Timeout(600)
class KilledServiceTests {

	private static final Duration LONG = Duration.ofMinutes(3);

	@TempDir
	private Path folder;

	private final long first = System.currentTimeMillis() - 300_000;

	private static Connection connect(AdaptiveNode node) {
		AdaptiveClient client = node.newClient().discoverTimeout(LONG);
		return client.discover(ChartMessages.PUBLISHER, ChartMessages.SERVICE);
	}

	private void send(Connection connection, SessionOpened session, long from, long to) {
		LongStream.rangeClosed(from, to)
			.forEach((number) -> connection.send(RunningChart.sample(session, this.first, number)));
		await().atMost(LONG).until(() -> last(connection, session) == to);
	}

	private static long last(Connection connection, SessionOpened session) {
		return connection.sendRecv(new ResumeSession(session.key()), SessionResumed.class).lastNumber();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aSessionGoesOnWithAllSamples(boolean killed) throws IOException, InterruptedException {
		SessionOpened session;
		try (ServiceProcess service = ServiceProcess.start(this.folder);
				AdaptiveNode node = service.node();
				Connection connection = connect(node)) {
			session = connection.sendRecv(new OpenSession("killed", 1, new SystemInformation(2, "", "", ""), ""),
					SessionOpened.class);
			// A block is stored, perhaps while the process ends, and ninety samples are
			// not.
			send(connection, session, 1, 210);
			if (killed) {
				service.kill();
			}
			else {
				service.terminate();
			}
		}
		try (ServiceProcess service = ServiceProcess.start(this.folder);
				AdaptiveNode node = service.node();
				Connection connection = connect(node)) {
			assertThat(last(connection, session)).isEqualTo(210);
			send(connection, session, 211, 250);
			assertThat(service.log()).doesNotContain(" ERROR ");
		}
	}

}
