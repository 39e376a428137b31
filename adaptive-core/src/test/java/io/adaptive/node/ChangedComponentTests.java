package io.adaptive.node;

import java.lang.reflect.Array;
import java.util.List;
import java.util.stream.Stream;

import io.adaptive.fixture.CompiledSource;
import io.adaptive.fixture.TestNodes;
import io.adaptive.handler.ReplyHandler;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Two programs of different versions, in one of which a component has another type.
 */
class ChangedComponentTests {

	private static final ServiceName SERVICE = new ServiceName("test", "changed");

	private static final CompiledSource OLD = CompiledSource
		.of("public record Ask(String text) { } public record Number(String value) { } public record Same(int x) { }");

	private static final CompiledSource NEW = CompiledSource
		.of("public record Ask(String text) { } public record Number(int value) { } public record Same(int x) { }");

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	static Stream<Arguments> scopesAndCodecs() {
		return Stream.of(Scope.OS, Scope.LAN)
			.flatMap((scope) -> Stream.of("fory", "json", "cbor").map((codec) -> Arguments.of(scope, codec)));
	}

	@ParameterizedTest
	@MethodSource("scopesAndCodecs")
	void callsAndRepliesAreRefusedFromTheFirstOnAndTheConnectionGoesOn(Scope scope, String codec) {
		AdaptiveNode server = this.nodes
			.node((builder) -> ((scope == Scope.LAN) ? builder.listen(0) : builder).codec(codec), Scope.OS);
		server.newServer().publish(service());
		Connection connection = this.nodes.connect(this.nodes.node((builder) -> builder.codec(codec), Scope.OS), scope,
				SERVICE);
		for (String lucky : List.of("51", "01", "7")) {
			assertRefused(() -> connection.sendRecv(OLD.record("Number", lucky), OLD.type("Number")),
					ErrorCode.INVALID_ARGUMENT, "java.lang.String", "int");
			assertRefused(() -> connection.sendRecv(OLD.record("Ask", lucky), OLD.type("Number")), ErrorCode.INTERNAL,
					"int", "java.lang.String");
			assertRefused(() -> connection.sendRecv(array("Number", lucky), OLD.type("Same")),
					ErrorCode.INVALID_ARGUMENT, "java.lang.String", "int");
			assertThat(connection.sendRecv(OLD.record("Same", 7), OLD.type("Same"))).hasToString("Same[x=7]");
			assertThat(connection.sendRecv(array("Same", 7), OLD.type("Same"))).hasToString("Same[x=7]");
		}
	}

	private static Service service() {
		Object same = NEW.record("Same", 7);
		Service service = Service.named(SERVICE);
		service = replying(service, NEW.type("Ask"), (message) -> NEW.record("Number", 51));
		for (String name : List.of("Number", "Same")) {
			service = replying(service, NEW.type(name), (message) -> same);
			service = replying(service, NEW.type(name).arrayType(), (message) -> same);
		}
		return service;
	}

	@SuppressWarnings("unchecked")
	private static Service replying(Service service, Class<?> type, ReplyHandler<Object> handler) {
		return service.handle((Class<Object>) type, handler);
	}

	private static Object array(String name, Object component) {
		Object array = Array.newInstance(OLD.type(name), 1);
		Array.set(array, 0, OLD.record(name, component));
		return array;
	}

	private static void assertRefused(Runnable call, ErrorCode code, String sent, String own) {
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(call::run)
			.withMessageContaining("Source$Number.value as %s, this program as %s".formatted(sent, own))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code));
	}

}
