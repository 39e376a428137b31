package perf.topidchart;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import perf.topid.message.ChartMessages;
import perf.topid.message.ChartMessages.PinSession;
import perf.topid.message.ChartMessages.SessionPinned;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TopidChart}, with a chart service of the test in another node.
 */
class TopidChartTests {

	@TempDir
	private Path sockets;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private final List<PinSession> requests = new CopyOnWriteArrayList<>();

	private AdaptiveNode service;

	private AdaptiveNode node;

	@BeforeEach
	void start() {
		this.service = AdaptiveNode.builder().scopes(Set.of(Scope.OS)).socketDirectory(this.sockets).build();
		this.node = AdaptiveNode.builder().scopes(Set.of(Scope.OS)).socketDirectory(this.sockets).build();
	}

	@AfterEach
	void stop() {
		this.node.close();
		this.service.close();
	}

	private void publish() {
		this.service.newServer()
			.publish(Service.named(ChartMessages.PUBLISHER, ChartMessages.SERVICE)
				.handle(PinSession.class, (request) -> {
					this.requests.add(request);
					if (request.name().equals("none")) {
						throw new AdaptiveException(ErrorCode.NOT_FOUND, "no session " + request.name());
					}
					return new SessionPinned("http://chart/" + request.tag() + "/" + request.name(), request.pinned());
				}));
	}

	private int run(Duration patience, String... args) {
		return TopidChart.run(args, this.node.newClient().discoverTimeout(patience),
				new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@ValueSource(strings = { "demo/20260101-1", "http://127.0.0.1:9998/demo/20260101-1",
			"http://[::1]:9998/demo/20260101-1?filter=1,2,3,4#x" })
	void aSessionIsPinnedAndUnpinned(String session) {
		publish();
		assertThat(run(Duration.ofSeconds(30), "-pin", session)).isZero();
		assertThat(run(Duration.ofSeconds(30), "-unpin", session)).isZero();
		assertThat(this.requests).containsExactly(new PinSession("demo", "20260101-1", true),
				new PinSession("demo", "20260101-1", false));
		assertThat(this.out.toString(StandardCharsets.UTF_8).lines())
			.containsExactly("http://chart/demo/20260101-1 is pinned", "http://chart/demo/20260101-1 is not pinned");
		assertThat(this.err.size()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-pin", "-pin demo", "-pin a/b c", "-keep a/b", "-pin a/b/c" })
	void otherOptionsGetTheUsage(String args) {
		assertThat(run(Duration.ZERO, args.isEmpty() ? new String[0] : args.split(" "))).isEqualTo(1);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).startsWith("usage: topidchart -pin|-unpin");
	}

	@Test
	void theReasonOfAFailureIsTold() {
		assertThat(run(Duration.ZERO, "-pin", "demo/x")).isEqualTo(1);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).contains("topidchart: ", "platform/topidchart");
		publish();
		assertThat(run(Duration.ofSeconds(30), "-pin", "demo/none")).isEqualTo(1);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).contains("no session none");
		assertThat(this.out.size()).isZero();
	}

}
