package io.adaptive.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.adaptive.message.Endpoint;
import io.adaptive.message.ProviderId;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.Service;
import io.adaptive.settings.LanSettings;
import io.adaptive.settings.LeaseTimes;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.PendingLimits;
import io.adaptive.settings.RelayLimits;
import io.adaptive.settings.ReverseProxySettings;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.stream.CallSettings;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.BindException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A value of a property that is out of its bounds ends the start, and the builder refuses
 * it with the same words.
 */
class PropertyBoundsTests {

	private static final Duration NEGATIVE = Duration.ofSeconds(-1);

	/** A type without values that would be out of bounds, in code. */
	private static final List<Row> OF_A_TYPE = List.of(type("adaptive.enabled", "perhaps"),
			type("adaptive.scopes", "town"), type("adaptive.codec", "xml"),
			type("adaptive.registered-types", "no.such.Type"), type("adaptive.copy-in-process", "perhaps"),
			type("adaptive.workers.kind", "fibers"), type("adaptive.workers.shedding", "perhaps"),
			type("adaptive.os.shared", "perhaps"), type("adaptive.root-registry.enabled", "perhaps"),
			type("adaptive.reverse-proxy.enabled", "perhaps"), type("adaptive.link.native-sockets", "perhaps"),
			type("adaptive.tracing.mark-scopes", "town"), type("adaptive.tracing.read-scopes", "town"),
			type("adaptive.server.keep-alive", "perhaps"), type("adaptive.logging.mdc", "perhaps"),
			type("adaptive.clients.x.scopes", "town"), type("adaptive.clients.x.priority", "urgent"),
			type("adaptive.clients.x.idempotent", "perhaps"), type("adaptive.clients.x.eager", "perhaps"),
			type("adaptive.clients.x.copy-in-process", "perhaps"));

	private static final List<Row> OF_A_RANGE = Stream.of(network(), pool(), links(), times())
		.flatMap((rows) -> rows)
		.toList();

	/** What is looked at when it is used, with where it is tested that it is refused. */
	private static final Map<String, String> OTHERS = Map.of("adaptive.root-registry.directory",
			"any path; a directory that cannot be written is refused by the registry", "adaptive.clients.x.selection",
			"the name of a bean; an unknown one is refused by DiscoverTests");

	private static Stream<Row> network() {
		return Stream.of(bad("adaptive.provider-id", "rack 7", () -> new ProviderId("rack 7")),
				bad("adaptive.clients.x.providers", "rack 7", () -> new ProviderId("rack 7")),
				bad("adaptive.os.socket-directory", "/" + "x".repeat(72),
						() -> AdaptiveNode.builder().socketDirectory(Path.of("/" + "x".repeat(72)))),
				bad("adaptive.listen.host", "a b", () -> AdaptiveNode.builder().listen("a b", 0)),
				bad("adaptive.listen.port", "-1", () -> AdaptiveNode.builder().listen(-1)),
				bad("adaptive.listen.port", "65536", () -> AdaptiveNode.builder().listen(65536)),
				bad("adaptive.listen.advertised-hosts", "a b", () -> AdaptiveNode.builder().advertise(List.of("a b"))),
				bad("adaptive.listen.relayed-by", "gate.test:0",
						() -> AdaptiveNode.builder().relayedBy("gate.test", 0)),
				bad("adaptive.listen.relayed-by", "a b", () -> AdaptiveNode.builder().relayedBy("a b", 7200)),
				bad("adaptive.lan.port", "0", () -> LanSettings.DEFAULT.port(0)),
				bad("adaptive.lan.port", "65536", () -> LanSettings.DEFAULT.port(65536)),
				bad("adaptive.lan.interfaces[0]", " ", () -> LanSettings.DEFAULT.interfaces(" ")),
				bad("adaptive.lan.excluded-interfaces[0]", " ", () -> LanSettings.DEFAULT.excludedInterfaces(" ")),
				bad("adaptive.lan.seeds", "a b", () -> LanSettings.DEFAULT.seeds(new Endpoint.Tcp("a b", 0))),
				bad("adaptive.lan.secret", "short", () -> LanSettings.DEFAULT.secret("short")),
				bad("adaptive.registry.addresses", "host:port", () -> Endpoint.Tcp.parse("host:port", 7200)),
				bad("adaptive.registry.addresses", "root.test:0", () -> registry("root.test", 0)),
				bad("adaptive.registry.addresses", "10.0.0.256", () -> registry("10.0.0.256", 7200)),
				bad("adaptive.registry.addresses", "root..test", () -> registry("root..test", 7200)),
				bad("adaptive.reverse-proxy.public-host", "a b",
						() -> ReverseProxySettings.DEFAULT.withPublicHost("a b")),
				bad("adaptive.reverse-proxy.first-port", "65536",
						() -> ReverseProxySettings.DEFAULT.withPorts(65536, 65536)),
				bad("adaptive.reverse-proxy.last-port", "7", () -> ReverseProxySettings.DEFAULT.withPorts(0, 7)),
				bad("adaptive.reverse-proxy.max-providers", "0", () -> ReverseProxySettings.DEFAULT.withProviders(0)),
				bad("adaptive.reverse-proxy.max-connections", "0",
						() -> new RelayLimits(0, 125_000_000, Duration.ofSeconds(5))),
				bad("adaptive.reverse-proxy.bytes-per-second", "0B",
						() -> new RelayLimits(256, 0, Duration.ofSeconds(5))));
	}

	private static void registry(String host, int port) {
		AdaptiveNode.builder().registries(List.of(new Endpoint.Tcp(host, port)));
	}

	private static Stream<Row> pool() {
		ScaleFactors factors = ScaleFactors.DEFAULT;
		return Stream.of(bad("adaptive.workers.resident", "0", () -> factors.withResidentWorkers(0)),
				bad("adaptive.workers.queue-size-per-core", "0", () -> factors.withQueueSizePerCore(0)),
				bad("adaptive.workers.queue-memory", "1KB", () -> AdaptiveNode.builder().queueMemory(1024)),
				bad("adaptive.workers.queue-weight", "0", () -> factors.withQueueWeight(0)),
				bad("adaptive.workers.max", "-5", () -> factors.withMaxWorkers(-5)));
	}

	private static Stream<Row> links() {
		Limits usual = Limits.DEFAULT;
		return Stream.of(bad("adaptive.max-message-depth", "9", () -> AdaptiveNode.builder().maxMessageDepth(9)),
				bad("adaptive.max-message-depth", "10001", () -> AdaptiveNode.builder().maxMessageDepth(10_001)),
				bad("adaptive.link.max-message-size", "1B",
						() -> new Limits(1, usual.streamCredit(), usual.connectionCredit())),
				bad("adaptive.link.max-message-size", "3GB",
						() -> new Limits(3L << 30, usual.streamCredit(), usual.connectionCredit())),
				bad("adaptive.link.stream-credit", "1KB",
						() -> new Limits(usual.maxMessage(), 1024, usual.connectionCredit())),
				bad("adaptive.link.connection-credit", "1KB",
						() -> new Limits(usual.maxMessage(), usual.streamCredit(), 1024)),
				bad("adaptive.link.max-pending-messages", "0", () -> new PendingLimits(0, 1 << 20)),
				bad("adaptive.link.max-pending-size", "255B", () -> new PendingLimits(1, 255)),
				bad("adaptive.link.max-pending-size", "2GB", () -> new PendingLimits(1, 2L << 30)),
				bad("adaptive.link.handshake-timeout", "0s", () -> link(Duration.ZERO, 5, 15)),
				bad("adaptive.link.handshake-timeout", "61m", () -> link(Duration.ofMinutes(61), 5, 15)),
				bad("adaptive.link.ping-after", "-1s", () -> link(Duration.ofSeconds(10), -1, 15)),
				bad("adaptive.link.dead-after", "5s", () -> link(Duration.ofSeconds(10), 5, 5)),
				bad("adaptive.link.dead-after", "3d", () -> link(Duration.ofSeconds(10), 5, 3 * 86_400)));
	}

	private static Object link(Duration handshake, int ping, int dead) {
		return new LinkSettings(Limits.DEFAULT, handshake, Duration.ofSeconds(ping), Duration.ofSeconds(dead));
	}

	private static Stream<Row> times() {
		return Stream.of(
				bad("adaptive.lan.announce-interval", "1ms",
						() -> LanSettings.DEFAULT.announceInterval(Duration.ofMillis(1))),
				bad("adaptive.lan.announce-interval", "109500d",
						() -> LanSettings.DEFAULT.announceInterval(Duration.ofDays(109_500))),
				bad("adaptive.root-registry.lease-time", "109500d", () -> lease(Duration.ofDays(109_500), 2000, 60)),
				bad("adaptive.root-registry.lease-time", "1ms", () -> lease(Duration.ofMillis(1), 2000, 60)),
				bad("adaptive.root-registry.lease-time", "3s", () -> lease(Duration.ofSeconds(3), 2000, 60)),
				bad("adaptive.root-registry.renewal-interval", "0s", () -> lease(Duration.ofSeconds(6), 0, 60)),
				bad("adaptive.root-registry.protection-time", "-1s", () -> lease(Duration.ofSeconds(6), 2000, -1)),
				bad("adaptive.reverse-proxy.fetch-timeout", "0s",
						() -> new RelayLimits(256, 125_000_000, Duration.ZERO)),
				bad("adaptive.drain-timeout", "-1s", () -> AdaptiveNode.builder().drainTimeout(NEGATIVE)),
				bad("adaptive.services.x.drain-timeout", "-1s",
						() -> Service.named("test", "x").drainTimeout(NEGATIVE)),
				bad("adaptive.discover-timeout", "-1s", () -> discoverTimeout(NEGATIVE)),
				bad("adaptive.clients.x.discover-timeout", "-1s", () -> discoverTimeout(NEGATIVE)),
				bad("adaptive.clients.x.timeout", "-1s", () -> CallSettings.DEFAULT.timeout(NEGATIVE)));
	}

	private static Object lease(Duration lease, int renewalMillis, int protectionSeconds) {
		return new LeaseTimes(lease, Duration.ofMillis(renewalMillis), Duration.ofSeconds(protectionSeconds));
	}

	private static void discoverTimeout(Duration timeout) {
		try (AdaptiveNode node = AdaptiveNode.builder().inMemory(new ProcessSpace()).build()) {
			node.newClient().discoverTimeout(timeout);
		}
	}

	private static Row type(String property, String value) {
		return new Row(property, value, () -> {
			throw new IllegalStateException("No such value in code");
		});
	}

	private static Row bad(String property, String value, ThrowingCallable inCode) {
		return new Row(property, value, inCode);
	}

	static List<Row> ofAType() {
		return OF_A_TYPE;
	}

	static List<Row> ofARange() {
		return OF_A_RANGE;
	}

	@Test
	void everyPropertyHasARow() {
		Set<String> rows = new TreeSet<>(OTHERS.keySet());
		Stream.concat(OF_A_TYPE.stream(), OF_A_RANGE.stream())
			.forEach((row) -> rows.add(row.property.replaceAll("\\[.*", "")));
		assertThat(rows).isEqualTo(PropertyNames.all());
	}

	@ParameterizedTest
	@MethodSource("ofAType")
	void aValueOfAnotherTypeIsRefusedWithItsProperty(Row row) {
		assertThatExceptionOfType(BindException.class).isThrownBy(row::bind)
			.withMessageContaining(row.property)
			.havingRootCause()
			.withMessageContaining(row.value);
	}

	@ParameterizedTest
	@MethodSource("ofARange")
	void aValueOutOfBoundsIsRefusedByPropertyAndBuilderWithTheSameWords(Row row) {
		Throwable inCode = catchThrowable(row.inCode);
		assertThat(inCode).isInstanceOf(IllegalArgumentException.class);
		assertThatExceptionOfType(BindException.class).isThrownBy(row::bind)
			.withMessageContaining(row.property.substring(0, row.property.lastIndexOf('.')))
			.havingRootCause()
			.withMessage(inCode.getMessage());
	}

	@Test
	void theMaximumOfWorkersIsNotBelowTheResidentOnes() {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> PropertyNames.bind(Map.of("adaptive.workers.resident", "5", "adaptive.workers.max", "4")))
			.havingRootCause()
			.withMessageContaining("the 5 resident ones");
	}

	@Test
	void aSocketDirectoryIsTheSameForAllWorkingDirectories() {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> PropertyNames.bind(Map.of("adaptive.os.socket-directory", "run/adaptive")))
			.havingRootCause()
			.withMessageContaining("is absolute");
	}

	@Test
	void boundsThemselvesAreAllowed() {
		Map<String, String> least = new HashMap<>(Map.of("adaptive.drain-timeout", "0s", "adaptive.discover-timeout",
				"3650000d", "adaptive.services.x.drain-timeout", "109500d", "adaptive.clients.x.timeout", "109500d",
				"adaptive.link.max-message-size", "256B", "adaptive.link.handshake-timeout", "1ms",
				"adaptive.workers.max", "0", "adaptive.os.socket-directory", "/" + "x".repeat(71),
				"adaptive.root-registry.lease-time", "4s", "adaptive.root-registry.protection-time", "0s"));
		assertThat(PropertyNames.bind(least)).isNotNull();
		least.put("adaptive.link.max-message-size", "255B");
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> PropertyNames.bind(least));
		assertThatIllegalArgumentException().isThrownBy(() -> new Limits(255, Limits.MIN_CREDIT, Limits.MIN_CREDIT))
			.withMessage("A message limit is 256 to 2147483647 bytes, not 255");
	}

	/**
	 * A value that is refused.
	 *
	 * @param property the property
	 * @param value the value
	 * @param inCode sets the same in code
	 */
	record Row(String property, String value, ThrowingCallable inCode) {

		AdaptiveProperties bind() {
			return PropertyNames.bind(Map.of(this.property, this.value));
		}

		@Override
		public String toString() {
			return "%s=%s".formatted(this.property, this.value);
		}

	}

}
