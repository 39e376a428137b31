package io.adaptive.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Priority;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.settings.LanSettings;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.PendingLimits;
import io.adaptive.settings.RelayLimits;
import io.adaptive.settings.ReverseProxySettings;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AdaptiveProperties}.
 */
class AdaptivePropertiesTests {

	@Test
	void defaultsStayOnThisMachineAndWaitForEver() {
		AdaptiveProperties properties = bind(Map.of());
		assertThat(properties.enabled()).isTrue();
		assertThat(properties.providerId()).isNull();
		assertThat(properties.scopes()).isNull();
		assertThat(properties.os().socketDirectory()).isNull();
		assertThat(properties.listen().isWanted()).isFalse();
		assertThat(properties.discoverTimeout()).isNull();
		assertThat(properties.drainTimeout()).isNull();
		assertThat(properties.server().keepAlive()).isTrue();
	}

	@Test
	void messagesAreMarkedByProgramsOfThisMachineUnlessOthersAreNamed() {
		assertThat(bind(Map.of()).tracing().markScopes()).containsExactlyInAnyOrder(Scope.PROCESS, Scope.OS);
		assertThat(bind(Map.of("adaptive.tracing.mark-scopes", "lan")).tracing().markScopes())
			.containsExactly(Scope.LAN);
		assertThat(bind(Map.of("adaptive.tracing.mark-scopes", "")).tracing().markScopes()).isEmpty();
	}

	@Test
	void tracesAreReadByProgramsOfThisMachineUnlessOthersAreNamed() {
		assertThat(bind(Map.of()).tracing().readScopes()).containsExactlyInAnyOrder(Scope.PROCESS, Scope.OS);
		assertThat(bind(Map.of("adaptive.tracing.read-scopes", "lan,wan")).tracing().readScopes())
			.containsExactlyInAnyOrder(Scope.LAN, Scope.WAN);
	}

	@Test
	void clientsAreAsTheirAnnotationSaysUnlessAPropertyIsSet() {
		assertThat(bind(Map.of()).clients()).isEmpty();
		assertThat(bind(Map.of("adaptive.clients.hello.eager", "true")).clients().get("hello"))
			.isEqualTo(new ClientProperties(null, null, null, null, null, null, null, true, null));
	}

	@Test
	void propertiesOfClientsAreBound() {
		AdaptiveProperties properties = bind(
				Map.of("adaptive.clients.my-hello.timeout", "2s", "adaptive.clients.my-hello.discover-timeout", "0",
						"adaptive.clients.my-hello.scopes", "os,lan", "adaptive.clients.my-hello.providers", "one,two",
						"adaptive.clients.my-hello.selection", "capacity,latency", "adaptive.clients.my-hello.priority",
						"low", "adaptive.clients.my-hello.idempotent", "true"));
		assertThat(properties.clients()).containsExactly(Map.entry("my-hello",
				new ClientProperties(Duration.ofSeconds(2), Duration.ZERO, Set.of(Scope.OS, Scope.LAN),
						Set.of(new ProviderId("one"), new ProviderId("two")), "capacity,latency", Priority.LOW, true,
						null, null)));
	}

	@Test
	void defaultsAreThoseOfTheFramework() {
		AdaptiveProperties properties = bind(Map.of());
		assertThat(properties.codec()).isEqualTo(AdaptiveProperties.Codec.FORY);
		assertThat(properties.workers().kind()).isNull();
		assertThat(properties.workers().scaleFactors()).isEqualTo(ScaleFactors.DEFAULT);
		assertThat(properties.workers().shedding()).isFalse();
		assertThat(properties.link().settings()).isEqualTo(LinkSettings.DEFAULT);
	}

	@Test
	void propertiesOfWorkersAreBound() {
		WorkerProperties workers = bind(Map.of("adaptive.workers.kind", "platform", "adaptive.workers.resident", "3",
				"adaptive.workers.queue-size-per-core", "7", "adaptive.workers.queue-weight", "-1",
				"adaptive.workers.max", "9", "adaptive.workers.shedding", "true"))
			.workers();
		assertThat(workers.kind()).isEqualTo(WorkerKind.PLATFORM);
		assertThat(workers.scaleFactors()).isEqualTo(new ScaleFactors(3, 7, -1, 9));
		assertThat(workers.shedding()).isTrue();
	}

	@Test
	void propertiesOfLinksAreBoundWithTheirUnits() {
		assertThat(bind(Map.of("adaptive.link.max-message-size", "64MB", "adaptive.link.stream-credit", "256KB",
				"adaptive.link.connection-credit", "8MB", "adaptive.link.max-pending-messages", "100",
				"adaptive.link.max-pending-size", "64KB", "adaptive.link.handshake-timeout", "2s",
				"adaptive.link.ping-after", "500ms", "adaptive.link.dead-after", "1m"))
			.link()
			.settings())
			.isEqualTo(new LinkSettings(new Limits(64 << 20, 256 << 10, 8 << 20), new PendingLimits(100, 64 << 10),
					Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofMinutes(1)));
	}

	@Test
	void listeningIsWantedWithHostOrPort() {
		ListenProperties both = bind(Map.of("adaptive.listen.host", "0.0.0.0", "adaptive.listen.port", "7001"))
			.listen();
		assertThat(both).isEqualTo(new ListenProperties("0.0.0.0", 7001, null, null));
		assertThat(both.isWanted()).isTrue();
		assertThat(bind(Map.of("adaptive.listen.host", "::1")).listen().isWanted()).isTrue();
		assertThat(bind(Map.of("adaptive.listen.port", "0")).listen().isWanted()).isTrue();
	}

	@Test
	void propertiesOfTheNetworkAreBound() {
		AdaptiveProperties properties = bind(Map.of("adaptive.lan.port", "7300", "adaptive.lan.interfaces",
				"eth*,10.0.0.7", "adaptive.lan.excluded-interfaces", "docker0", "adaptive.lan.seeds",
				"far.test,near.test:7301", "adaptive.lan.secret", "sixteen bytes at least",
				"adaptive.lan.announce-interval", "2s", "adaptive.registry.addresses", "root.test,[::1]:7999",
				"adaptive.root-registry.enabled", "true", "adaptive.root-registry.directory", "/var/lib/adaptive"));
		assertThat(properties.lan().settings()).isEqualTo(new LanSettings(7300, List.of("eth*", "10.0.0.7"),
				List.of("docker0"), List.of(new Endpoint.Tcp("far.test", 0), new Endpoint.Tcp("near.test", 7301)),
				"sixteen bytes at least", Duration.ofSeconds(2)));
		assertThat(properties.registry().endpoints()).containsExactly(new Endpoint.Tcp("root.test", 7200),
				new Endpoint.Tcp("::1", 7999));
		assertThat(properties.rootRegistry().enabled()).isTrue();
		assertThat(properties.rootRegistry().place()).isEqualTo(Path.of("/var/lib/adaptive"));
	}

	@Test
	void propertiesOfAReverseProxyAreBound() {
		ReverseProxyProperties proxy = bind(Map.of("adaptive.reverse-proxy.enabled", "true",
				"adaptive.reverse-proxy.public-host", "gate.test", "adaptive.reverse-proxy.first-port", "7400",
				"adaptive.reverse-proxy.last-port", "7410", "adaptive.reverse-proxy.max-providers", "3",
				"adaptive.reverse-proxy.max-connections", "9", "adaptive.reverse-proxy.bytes-per-second", "1MB"))
			.reverseProxy();
		assertThat(proxy.enabled()).isTrue();
		assertThat(proxy.settings()).isEqualTo(new ReverseProxySettings("gate.test", 7400, 7410, 3,
				new RelayLimits(9, 1 << 20, Duration.ofSeconds(5))));
	}

	@Test
	void aSharedSocketDirectoryIsNamed() {
		AdaptiveProperties.Os os = bind(
				Map.of("adaptive.os.shared", "true", "adaptive.os.socket-directory", "/run/shared"))
			.os();
		assertThat(os).isEqualTo(new AdaptiveProperties.Os(Path.of("/run/shared"), true));
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of("adaptive.os.shared", "true")))
			.havingRootCause()
			.withMessageContaining("has to be named");
	}

	@Test
	void whatIsNotSetAboutTheNetworkHasItsDefault() {
		AdaptiveProperties properties = bind(Map.of());
		assertThat(properties.lan().settings()).isEqualTo(LanSettings.DEFAULT);
		assertThat(properties.reverseProxy().settings()).isEqualTo(ReverseProxySettings.DEFAULT);
		assertThat(properties.reverseProxy().enabled()).isNull();
		assertThat(properties.registry().endpoints()).isEmpty();
		assertThat(properties.rootRegistry().enabled()).isFalse();
		assertThat(properties.rootRegistry().place())
			.isEqualTo(Path.of(System.getProperty("user.home"), ".adaptive", "root-registry"));
	}

	@Test
	void maximumBelowTheResidentWorkersIsRefusedWithBoth() {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bind(Map.of("adaptive.workers.resident", "5", "adaptive.workers.max", "4")))
			.havingRootCause()
			.withMessageContaining("the 5 resident ones, not 4");
	}

	@ParameterizedTest
	@CsvSource({ "adaptive.codec, xml", "adaptive.workers.kind, fibers", "adaptive.scopes, town",
			"adaptive.link.max-message-size, huge", "adaptive.link.ping-after, soon", "adaptive.listen.port, http" })
	void valueOfAnotherKindIsRefusedWithItsProperty(String name, String value) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of(name, value)))
			.withMessageContaining(name)
			.havingRootCause()
			.withMessageContaining(value);
	}

	@Test
	void allPropertiesAreBound() {
		AdaptiveProperties properties = bind(Map.of("adaptive.enabled", "false", "adaptive.provider-id", "rack-7",
				"adaptive.scopes", "process", "adaptive.codec", "json", "adaptive.os.socket-directory", "/run/adaptive",
				"adaptive.discover-timeout", "2s", "adaptive.drain-timeout", "500ms", "adaptive.server.keep-alive",
				"false"));
		assertThat(properties.enabled()).isFalse();
		assertThat(properties.providerId()).isEqualTo(new ProviderId("rack-7"));
		assertThat(properties.scopes()).containsExactly(Scope.PROCESS);
		assertThat(properties.codec()).isEqualTo(AdaptiveProperties.Codec.JSON);
		assertThat(properties.os().socketDirectory()).isEqualTo(Path.of("/run/adaptive"));
		assertThat(properties.discoverTimeout()).isEqualTo(Duration.ofSeconds(2));
		assertThat(properties.drainTimeout()).isEqualTo(Duration.ofMillis(500));
		assertThat(properties.server().keepAlive()).isFalse();
	}

	private static AdaptiveProperties bind(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("adaptive",
				AdaptiveProperties.class);
	}

}
