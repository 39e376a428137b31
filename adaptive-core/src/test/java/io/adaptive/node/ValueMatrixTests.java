package io.adaptive.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.GeneratedValues;
import io.adaptive.fixture.ValueEcho;
import io.adaptive.message.Scope;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each supported type with each codec over each kind of connection: what comes back
 * equals what was sent, or the sender is refused. Never another value.
 */
class ValueMatrixTests {

	@TempDir
	Path directory;

	private AdaptiveNode node(ProcessSpace space, String codec) {
		return AdaptiveNode.builder()
			.scopes(EnumSet.of(Scope.PROCESS, Scope.OS))
			.listen(0)
			.socketDirectory(this.directory.resolve("s"))
			.processSpace(space)
			.codec(codec)
			.copyInProcess(true)
			.warmUpAtOnce(false)
			.build();
	}

	@ParameterizedTest
	@ValueSource(strings = { "fory", "json", "cbor" })
	void aValueComesBackEqualOrIsRefusedAtItsSender(String codec) {
		GeneratedValues generated = GeneratedValues.begin();
		long start = System.nanoTime();
		List<Object> values = ValueEcho.values(generated);
		assertThat(values).hasSizeGreaterThanOrEqualTo(300);
		Service echo = ValueEcho.service();
		ProcessSpace space = new ProcessSpace();
		Map<Scope, Integer> refused = new EnumMap<>(Scope.class);
		try (AdaptiveNode server = node(space, codec); AdaptiveNode client = node(space, codec)) {
			server.newServer().publish(echo);
			AdaptiveClient near = client.newClient().discoverTimeout(Duration.ofSeconds(30));
			for (Connection connection : List.of(near.scopes(Scope.PROCESS).discover(echo.name()),
					near.scopes(Scope.OS).discover(echo.name()),
					near.connect(server.tcpEndpoint().orElseThrow(), echo.name()))) {
				connection.setReceiveTimeout(Duration.ofSeconds(60));
				refused.put(connection.info().scope(), ValueEcho.refused(connection, values, generated.seed()));
			}
		}
		int most = refused.get(Scope.PROCESS);
		System.out.printf("%s: seed %d, %d of %d values refused, %d ms%n", codec, generated.seed(), most, values.size(),
				Duration.ofNanos(System.nanoTime() - start).toMillis());
		assertThat(refused).isEqualTo(Map.of(Scope.PROCESS, most, Scope.OS, most, Scope.LAN, most));
		assertThat(most).isLessThan(values.size() / 10);
	}

}
