package io.adaptive.node;

import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.adaptive.fixture.TwoNodes;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.server.Service;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a handler leaves on its thread, and what an interrupt of the caller does.
 */
class HandlerThreadTests {

	@TempDir
	Path sockets;

	private TwoNodes nodes;

	@AfterEach
	void close() {
		MDC.clear();
		this.nodes.close();
	}

	private static Service service(Queue<String> seen) {
		return Service.named("test", "thread").handle(Ask.class, (ask) -> {
			Map<String, String> before = MDC.getCopyOfContextMap();
			seen.add(String.valueOf((before != null) ? before.get("order") : null));
			MDC.put("order", ask.order());
			return ask;
		});
	}

	@ParameterizedTest
	@CsvSource({ "PROCESS, false", "PROCESS, true", "OS, false", "OS, true", "LAN, false", "LAN, true" })
	void theLogContextThatAHandlerLeavesIsNotSeenByTheNext(Scope scope, boolean nonBlocking) {
		Queue<String> seen = new ConcurrentLinkedQueue<>();
		this.nodes = new TwoNodes(scope, this.sockets,
				(builder) -> builder.scaleFactors(new ScaleFactors(1, 128, -1, 1)));
		Service service = service(seen);
		Connection connection = this.nodes
			.connect(nonBlocking ? service.options(Ask.class, HandlerOptions.DEFAULT.asNonBlocking()) : service);
		for (int i = 0; i < 20; i++) {
			connection.sendRecv(new Ask("order " + i), Ask.class);
		}
		assertThat(seen).hasSize(20).containsOnly("null");
		assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
		MDC.put("order", "mine");
		connection.sendRecv(new Ask("yours"), Ask.class);
		assertThat(MDC.get("order")).isEqualTo("mine");
	}

	@ParameterizedTest
	@CsvSource({ "PROCESS, false", "PROCESS, true", "OS, false", "OS, true", "LAN, false", "LAN, true" })
	void anInterruptedCallerSendsNoCallInAnyScope(Scope scope, boolean nonBlocking) {
		Queue<String> seen = new ConcurrentLinkedQueue<>();
		this.nodes = new TwoNodes(scope, this.sockets);
		Service service = service(seen);
		Connection connection = this.nodes
			.connect(nonBlocking ? service.options(Ask.class, HandlerOptions.DEFAULT.asNonBlocking()) : service);
		connection.sendRecv(new Ask("first"), Ask.class);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(AdaptiveException.class)
			.isThrownBy(() -> connection.sendRecv(new Ask("second"), Ask.class))
			.satisfies((ex) -> {
				assertThat(ex.code()).isEqualTo(ErrorCode.CANCELLED);
				assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT);
			});
		assertThat(Thread.interrupted()).isTrue();
		connection.sendRecv(new Ask("third"), Ask.class);
		assertThat(seen).hasSize(2);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void anInterruptedReceiverTakesNothingInAnyScope(Scope scope) {
		this.nodes = new TwoNodes(scope, this.sockets);
		Connection connection = this.nodes.connect(Service.named("test", "talk").handle(Ask.class, (ask, stream) -> {
			stream.send(ask);
			stream.send(new Ask("pushed"));
			return null;
		}));
		try (MessageStream stream = connection.newStream()) {
			stream.sendRecv(new Ask("first"), Ask.class);
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> stream.recv(Ask.class))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.CANCELLED));
			assertThat(Thread.interrupted()).isTrue();
			assertThat(stream.recv(Ask.class)).isEqualTo(new Ask("pushed"));
		}
	}

	record Ask(String order) {

	}

}
