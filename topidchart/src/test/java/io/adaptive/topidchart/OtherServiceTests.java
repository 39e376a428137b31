package io.adaptive.topidchart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContextException;
import perf.topid.message.ChartMessages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OtherService}, on a network with a registry in the first service.
 */
@SlowTest
@Timeout(300)
@ExtendWith(OutputCaptureExtension.class)
class OtherServiceTests {

	@TempDir
	private Path folder;

	private int port;

	@BeforeEach
	void choosePort() throws IOException {
		this.port = freePort();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private RunningChart first() throws IOException {
		Path own = Files.createDirectory(this.folder.resolve("first"));
		return RunningChart.start(own, "adaptive.scopes=os,wan", "adaptive.registry.addresses=127.0.0.1:" + this.port,
				"adaptive.listen.host=127.0.0.1", "adaptive.listen.port=" + this.port,
				"adaptive.root-registry.enabled=true", "adaptive.root-registry.directory=" + own.resolve("root"));
	}

	private RunningChart second(String... properties) throws IOException {
		Path own = Files.createDirectories(this.folder.resolve("second"));
		List<String> all = new ArrayList<>(List.of("adaptive.scopes=os,wan",
				"adaptive.registry.addresses=127.0.0.1:" + this.port, "adaptive.listen.host=127.0.0.1",
				"adaptive.listen.port=" + freePort(), "topidchart.look-for-another=30s"));
		all.addAll(List.of(properties));
		return RunningChart.start(own, all.toArray(String[]::new));
	}

	private void awaitPublished() {
		try (AdaptiveNode node = AdaptiveNode.builder()
			.scopes(Set.of(Scope.WAN))
			.registries(List.of(new Endpoint.Tcp("127.0.0.1", this.port)))
			.build();
				Connection connection = node.newClient()
					.discoverTimeout(Duration.ofMinutes(1))
					.discover(ChartMessages.PUBLISHER, ChartMessages.SERVICE)) {
			assertThat(connection.info().scope()).isEqualTo(Scope.WAN);
		}
	}

	@Test
	void aSecondServiceSaysWhereTheFirstOneIsAndEnds(CapturedOutput output) throws IOException {
		try (RunningChart first = first()) {
			awaitPublished();
			assertThatExceptionOfType(ApplicationContextException.class).isThrownBy(this::second)
				.havingRootCause()
				.isInstanceOf(OtherServiceException.class)
				.withMessageContaining("127.0.0.1:" + this.port)
				.withMessageContaining("WAN");
			assertThat(output).contains("APPLICATION FAILED TO START", "start this one with --another");
			try (RunningChart second = second("topidchart.another=true")) {
				assertThat(second.open("second").url()).startsWith(second.origin());
			}
			assertThat(first.open("first").url()).startsWith(first.origin());
		}
	}

}
