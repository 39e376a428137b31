package io.adaptive.boot.autoconfigure;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.node.AdaptiveNodeBuilder;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;
import io.adaptive.settings.LanSettings;
import io.adaptive.settings.LeaseTimes;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.PendingLimits;
import io.adaptive.settings.RelayLimits;
import io.adaptive.settings.ReverseProxySettings;
import io.adaptive.settings.RootRegistrySettings;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.spring.client.ClientOverride;
import io.adaptive.stream.CallSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything that can be set in code can be set by a property, and the reverse, but for
 * what is listed here with the reason.
 */
class EverySettingTests {

	/** What is in effect only together with this. */
	private static final Map<String, String> SWITCHED_ON = Map.of("adaptive.root-registry.enabled", "true",
			"adaptive.reverse-proxy.enabled", "true", "adaptive.lan.port", "7300", "adaptive.os.socket-directory",
			"/run/adaptive", "adaptive.listen.port", "7400", "adaptive.reverse-proxy.first-port", "7500");

	private static final List<Row> TABLE = List.of(both("node.providerId", "adaptive.provider-id", "rack-7"),
			both("node.workerKind", "adaptive.workers.kind", "platform"),
			both("scaleFactors.residentWorkers", "adaptive.workers.resident", "3"),
			both("scaleFactors.queueSizePerCore", "adaptive.workers.queue-size-per-core", "7"),
			both("scaleFactors.queueWeight", "adaptive.workers.queue-weight", "-1"),
			both("scaleFactors.maxWorkers", "adaptive.workers.max", "9"),
			both("node.queueMemory", "adaptive.workers.queue-memory", "1MB"),
			setting("node.scaleFactors", "one by one, below"),
			setting("node.residentWorkers", "a short form of scaleFactors"),
			both("node.shedding", "adaptive.workers.shedding", "true"),
			both("node.scopes", "adaptive.scopes", "process"), both("node.listen", "adaptive.listen.port", "7001"),
			both("node.listen", "adaptive.listen.host", "::1"), both("node.lan", "adaptive.lan.port", "7301"),
			both("lan.port", "adaptive.lan.port", "7301"), both("lan.interfaces", "adaptive.lan.interfaces", "eth*"),
			both("lan.excludedInterfaces", "adaptive.lan.excluded-interfaces", "docker0"),
			both("lan.seeds", "adaptive.lan.seeds", "far.test:7301"),
			both("lan.secret", "adaptive.lan.secret", "sixteen bytes at least"),
			both("lan.announceInterval", "adaptive.lan.announce-interval", "2s"),
			both("node.reverseProxy", "adaptive.reverse-proxy.enabled", "false"),
			both("reverseProxy.publicHost", "adaptive.reverse-proxy.public-host", "gate.test"),
			both("reverseProxy.firstPort", "adaptive.reverse-proxy.first-port", "7501"),
			both("reverseProxy.lastPort", "adaptive.reverse-proxy.last-port", "7510"),
			both("reverseProxy.providers", "adaptive.reverse-proxy.max-providers", "3"),
			setting("reverseProxy.limits", "one by one, below"),
			both("relayLimits.connections", "adaptive.reverse-proxy.max-connections", "9"),
			both("relayLimits.bytesPerSecond", "adaptive.reverse-proxy.bytes-per-second", "1MB"),
			both("relayLimits.fetchTimeout", "adaptive.reverse-proxy.fetch-timeout", "1s"),
			both("node.registries", "adaptive.registry.addresses", "root.test"),
			both("node.advertise", "adaptive.listen.advertised-hosts", "gate.test"),
			both("node.rootRegistry", "adaptive.root-registry.enabled", "false"),
			both("rootRegistry.directory", "adaptive.root-registry.directory", "/var/lib/adaptive"),
			setting("rootRegistry.times", "one by one, below"),
			both("leaseTimes.lease", "adaptive.root-registry.lease-time", "60s"),
			both("leaseTimes.renewal", "adaptive.root-registry.renewal-interval", "1s"),
			both("leaseTimes.protection", "adaptive.root-registry.protection-time", "5s"),
			both("rootRegistry.relaying", "adaptive.reverse-proxy.enabled", "false"),
			both("node.relayedBy", "adaptive.listen.relayed-by", "gate.test:7200"),
			both("node.socketDirectory", "adaptive.os.socket-directory", "/run/mine"),
			both("node.sharedSocketDirectory", "adaptive.os.shared", "true"),
			both("node.drainTimeout", "adaptive.drain-timeout", "7s"),
			setting("node.linkSettings", "one by one, below"), setting("linkSettings.limits", "one by one, below"),
			both("limits.maxMessage", "adaptive.link.max-message-size", "1MB"),
			both("limits.streamCredit", "adaptive.link.stream-credit", "2MB"),
			both("limits.connectionCredit", "adaptive.link.connection-credit", "3MB"),
			setting("limits.messageCredit", "of handshakes alone; a node has adaptive.workers.queue-size-per-core"),
			setting("linkSettings.pending", "one by one, below"),
			both("pendingLimits.messages", "adaptive.link.max-pending-messages", "7"),
			both("pendingLimits.bytes", "adaptive.link.max-pending-size", "1MB"),
			both("linkSettings.handshakeTimeout", "adaptive.link.handshake-timeout", "1s"),
			both("linkSettings.pingAfter", "adaptive.link.ping-after", "1s"),
			both("linkSettings.deadAfter", "adaptive.link.dead-after", "1m"),
			both("node.nativeSockets", "adaptive.link.native-sockets", "false"),
			both("node.codec", "adaptive.codec", "json"),
			both("node.maxMessageDepth", "adaptive.max-message-depth", "50"),
			both("node.copyInProcess", "adaptive.copy-in-process", "true"),
			both("node.remoteMarks", "adaptive.tracing.mark-scopes", "lan"),
			both("node.remoteTraces", "adaptive.tracing.read-scopes", "lan"),
			setting("node.processSpace", "an object: a bean of type ProcessSpace"),
			setting("node.callerContext", "code: a bean of type CallerContext"),
			setting("node.messageObserver", "code: beans of type MessageObserver"),
			both("node.registerTypes", "adaptive.registered-types", "java.util.UUID"),
			setting("node.inMemory", "for tests: @AdaptiveTest, or an AdaptiveNodeBuilderCustomizer"),
			setting("node.dialInterceptor", "for tests: an AdaptiveNodeBuilderCustomizer"),
			setting("node.discoveryClock", "for tests: an AdaptiveNodeBuilderCustomizer"),
			setting("node.warmUpAtOnce", "an application warms up when it is started"),
			both("client.discoverTimeout", "adaptive.clients.x.discover-timeout", "1s"),
			both("node.discoverTimeout", "adaptive.discover-timeout", "1s"),
			both("client.providers", "adaptive.clients.x.providers", "rack-7"),
			both("client.scopes", "adaptive.clients.x.scopes", "os"),
			both("client.selection", "adaptive.clients.x.selection", "capacity"),
			both("client.copyInProcess", "adaptive.clients.x.copy-in-process", "true"),
			setting("client.calls", "one by one, below"), setting("client.purpose", "where its @Discover stands"),
			both("calls.timeout", "adaptive.clients.x.timeout", "1s"),
			both("calls.priority", "adaptive.clients.x.priority", "low"),
			both("calls.idempotent", "adaptive.clients.x.idempotent", "true"),
			setting("calls.emptyAllowed", "the type that a method of a client interface returns"),
			setting("calls.onlyCall", "the type that a method of a client interface returns"),
			both("service.drainTimeout", "adaptive.services.x.drain-timeout", "1s"),
			setting("service.scopes", "@AdaptiveService: what the code of the service is made for"),
			setting("service.ordered", "@AdaptiveService: what the code of the service relies on"),
			setting("service.options", "one by one, below"),
			setting("handlerOptions.priority", "@MessageHandler: what the code of the handler is made for"),
			setting("handlerOptions.nonBlocking", "@MessageHandler: what the code of the handler promises"),
			setting("handlerOptions.interruptible", "@MessageHandler: what the code of the handler is made for"),
			setting("service.handle", "code: @MessageHandler"),
			setting("service.handleInContext", "code: @MessageHandler"),
			setting("service.onConnect", "code: @OnConnect"), setting("service.onDisconnect", "code: @OnDisconnect"),
			setting("service.onStreamOpen", "code: @OnStreamOpen"),
			setting("service.onStreamClose", "code: @OnStreamClose"),
			setting("service.onRawConnection", "code: @OnRawConnection"),
			property("adaptive.enabled", "without the framework there is no node to build"),
			property("adaptive.server.keep-alive", "AdaptiveNode.serve() does the same for a program without Spring"),
			property("adaptive.logging.mdc", "handlers of plain Java fill the context of logging themselves"),
			property("adaptive.clients.x.eager", "a plain program discovers when it calls discover()"));

	private static Row both(String setting, String property, String sample) {
		return new Row(setting, property, sample);
	}

	private static Row setting(String setting, String reason) {
		return new Row(setting, "", reason);
	}

	private static Row property(String property, String reason) {
		return new Row("", property, reason);
	}

	static Stream<Row> pairs() {
		return TABLE.stream().filter((row) -> !row.setting.isEmpty() && !row.property.isEmpty());
	}

	@Test
	void everySettingHasAPropertyOrAReason() {
		Set<String> settings = new TreeSet<>(withers("node", AdaptiveNodeBuilder.class));
		settings.addAll(withers("client", AdaptiveClient.class));
		settings.addAll(withers("server", AdaptiveServer.class));
		settings.addAll(withers("service", Service.class));
		Map.ofEntries(Map.entry("scaleFactors", ScaleFactors.class), Map.entry("linkSettings", LinkSettings.class),
				Map.entry("limits", Limits.class), Map.entry("pendingLimits", PendingLimits.class),
				Map.entry("lan", LanSettings.class), Map.entry("rootRegistry", RootRegistrySettings.class),
				Map.entry("leaseTimes", LeaseTimes.class), Map.entry("reverseProxy", ReverseProxySettings.class),
				Map.entry("relayLimits", RelayLimits.class), Map.entry("calls", CallSettings.class),
				Map.entry("handlerOptions", HandlerOptions.class))
			.forEach((name, type) -> Arrays.stream(type.getRecordComponents())
				.forEach((component) -> settings.add(name + "." + component.getName())));
		assertThat(column(TABLE.stream().map(Row::setting))).isEqualTo(settings);
	}

	@Test
	void everyPropertyHasASettingOrAReason() {
		assertThat(column(TABLE.stream().map(Row::property))).isEqualTo(PropertyNames.all());
	}

	@ParameterizedTest
	@MethodSource("pairs")
	void thePropertyReachesTheSetting(Row row) {
		Map<String, String> changed = new HashMap<>(SWITCHED_ON);
		changed.put(row.property, row.sample);
		if (row.property.startsWith("adaptive.clients.x.")) {
			assertThat(PropertyNames.bind(changed).clients().get("x").override()).isNotEqualTo(ClientOverride.NONE);
		}
		else if (row.property.startsWith("adaptive.services.x.")) {
			Service service = Service.named("test", "x");
			assertThat(new ServiceOverrides(PropertyNames.bind(changed).services()).apply(service))
				.isNotSameAs(service);
		}
		else {
			assertThat(fields(builder(changed))).isNotEqualTo(fields(builder(SWITCHED_ON)));
		}
	}

	private static AdaptiveNodeBuilder builder(Map<String, String> properties) {
		return new NodeSettings(PropertyNames.bind(properties), new MockEnvironment()).builder();
	}

	private static Map<String, String> fields(Object holder) {
		Map<String, String> values = new TreeMap<>();
		Stream<Field> fields = Stream.concat(Arrays.stream(holder.getClass().getDeclaredFields()),
				Arrays.stream(holder.getClass().getSuperclass().getDeclaredFields()));
		for (Field field : (Iterable<Field>) fields::iterator) {
			if (!Modifier.isStatic(field.getModifiers())) {
				try {
					field.setAccessible(true);
					values.put(field.getName(), String.valueOf(field.get(holder)));
				}
				catch (IllegalAccessException ex) {
					throw new IllegalStateException(ex);
				}
			}
		}
		return values;
	}

	private static List<String> withers(String name, Class<?> type) {
		List<String> names = new ArrayList<>();
		for (Method method : type.getMethods()) {
			if (!Modifier.isStatic(method.getModifiers()) && method.getReturnType() == type) {
				names.add(name + "." + method.getName());
			}
		}
		return names;
	}

	private static Set<String> column(Stream<String> cells) {
		Set<String> column = new TreeSet<>(cells.toList());
		column.remove("");
		return column;
	}

	/**
	 * A setting and its property, with a value of it that is not the default; or one of
	 * them alone, with the reason.
	 *
	 * @param setting empty for a property alone
	 * @param property empty for a setting alone
	 * @param sample the value, or the reason
	 */
	record Row(String setting, String property, String sample) {

		Row {
			assertThat(sample).isNotBlank();
		}

	}

}
