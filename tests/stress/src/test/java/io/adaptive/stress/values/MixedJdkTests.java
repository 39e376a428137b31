package io.adaptive.stress.values;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.GeneratedValues;
import io.adaptive.fixture.ValueEcho;
import io.adaptive.message.Endpoint;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.stream.Connection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The values of the table between two programs on two JDKs, there and back: what comes
 * back equals what was sent, or is refused at its sender.
 */
class MixedJdkTests {

	@ParameterizedTest
	@ValueSource(strings = { "fory", "json", "cbor" })
	void aValueComesBackEqualFromAnotherJdk(String codec) {
		String home = System.getenv("ADAPTIVE_OTHER_JDK");
		assumeThat(home).as("ADAPTIVE_OTHER_JDK names no second JDK").isNotBlank();
		GeneratedValues generated = GeneratedValues.begin();
		List<Object> values = ValueEcho.values(generated);
		long start = System.nanoTime();
		try (ChildJvm child = ChildJvm.startOn(Path.of(home), ValueEchoProgram.class, codec);
				AdaptiveNode node = AdaptiveNode.builder().codec(codec).warmUpAtOnce(false).build()) {
			String line = child.awaitLine("port ").text();
			assertThat(line).doesNotStartWith("java %d ".formatted(Runtime.version().feature()));
			Connection connection = node.newClient()
				.connect(new Endpoint.Tcp("127.0.0.1", Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1))),
						ValueEcho.service().name());
			connection.setReceiveTimeout(Duration.ofSeconds(60));
			int refused = ValueEcho.refused(connection, values, generated.seed());
			System.out.printf("%s: java %d with %s, seed %d, %d of %d values refused, %d ms%n", codec,
					Runtime.version().feature(), line, generated.seed(), refused, values.size(),
					Duration.ofNanos(System.nanoTime() - start).toMillis());
			assertThat(refused).isLessThan(values.size() / 10);
		}
	}

}
