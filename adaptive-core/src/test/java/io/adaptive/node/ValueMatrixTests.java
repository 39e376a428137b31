package io.adaptive.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.GeneratedValues;
import io.adaptive.fixture.SameValue;
import io.adaptive.fixture.SampleValues;
import io.adaptive.handler.ReplyHandler;
import io.adaptive.message.Delivery;
import io.adaptive.message.MessageCodecException;
import io.adaptive.message.MessageType;
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

	private static final int ROUNDS = 3;

	@TempDir
	Path directory;

	private static List<Object> values(GeneratedValues generated) {
		List<Object> values = new ArrayList<>(SampleValues.all().toList());
		Set<Class<?>> types = new LinkedHashSet<>(values.stream().map(Object::getClass).toList());
		types.removeIf((type) -> !type.isRecord());
		for (int round = 0; round < ROUNDS; round++) {
			types.forEach((type) -> values.add(generated.next(type)));
		}
		return values;
	}

	private static Service echo(List<Object> values) {
		Service service = Service.named("test", "values");
		Set<Class<?>> types = new LinkedHashSet<>();
		values.forEach((value) -> types.add(MessageType.declaringClass(value.getClass())));
		for (Class<?> type : types) {
			service = service.handle(type, (ReplyHandler<Object>) (message) -> message);
		}
		return service;
	}

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
		List<Object> values = values(generated);
		Service echo = echo(values);
		ProcessSpace space = new ProcessSpace();
		Map<Scope, Integer> refused = new EnumMap<>(Scope.class);
		try (AdaptiveNode server = node(space, codec); AdaptiveNode client = node(space, codec)) {
			server.newServer().publish(echo);
			AdaptiveClient near = client.newClient().discoverTimeout(Duration.ofSeconds(30));
			for (Connection connection : List.of(near.scopes(Scope.PROCESS).discover(echo.name()),
					near.scopes(Scope.OS).discover(echo.name()),
					near.connect(server.tcpEndpoint().orElseThrow(), echo.name()))) {
				connection.setReceiveTimeout(Duration.ofSeconds(60));
				refused.put(connection.info().scope(), refused(connection, values, generated.seed()));
			}
		}
		int most = refused.get(Scope.PROCESS);
		System.out.printf("%s: seed %d, %d of %d values refused%n", codec, generated.seed(), most, values.size());
		assertThat(refused).isEqualTo(Map.of(Scope.PROCESS, most, Scope.OS, most, Scope.LAN, most));
		assertThat(most).isLessThan(values.size() / 10);
	}

	private static int refused(Connection connection, List<Object> values, long seed) {
		int refused = 0;
		for (Object value : values) {
			String message = "-Dadaptive.values.seed=%d, %s, %s".formatted(seed, connection.info().scope(), value);
			try {
				Object back = connection.sendRecv(value, MessageType.declaringClass(value.getClass()));
				assertThat(SameValue.test(value, back)).as("%s came back as %s", message, back).isTrue();
			}
			catch (MessageCodecException ex) {
				assertThat(ex.delivery()).as(message).isEqualTo(Delivery.NOT_SENT);
				assertThat(ex.getMessage()).as(message)
					.contains(value.getClass().getName(), "component", ";")
					.doesNotContain("Fory#", "erializer", "tools.jackson");
				refused++;
			}
		}
		return refused;
	}

}
