package io.adaptive.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.CompiledSource;
import io.adaptive.fixture.TwoNodes;
import io.adaptive.message.Delivery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.MessageCodecException;
import io.adaptive.message.MessageTooLargeException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.Service;
import io.adaptive.settings.LanSettings;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is handed over within a process.
 */
class ProcessScopeTests {

	@TempDir
	private Path directory;

	@Test
	void bothSidesShareTheMessage() {
		try (TwoNodes nodes = new TwoNodes(Scope.PROCESS, this.directory)) {
			CompletableFuture<Names> handled = new CompletableFuture<>();
			Names reply = new Names(List.of("reply"));
			Connection connection = nodes.connect(Service.named("test", "names").handle(Names.class, (names) -> {
				handled.complete(names);
				return reply;
			}));
			Names request = new Names(List.of("request"));
			assertThat(connection.sendRecv(request, Names.class)).isSameAs(reply);
			assertThat(handled.join()).isSameAs(request);
		}
	}

	@Test
	void aCopyIsEqualAndAnotherObject() {
		try (TwoNodes nodes = new TwoNodes(Scope.PROCESS, this.directory, (builder) -> builder.copyInProcess(true))) {
			CompletableFuture<Names> handled = new CompletableFuture<>();
			Names reply = new Names(List.of("reply"));
			Connection connection = nodes.connect(Service.named("test", "names").handle(Names.class, (names) -> {
				handled.complete(names);
				return reply;
			}));
			Names request = new Names(List.of("request"));
			assertThat(connection.sendRecv(request, Names.class)).isEqualTo(reply).isNotSameAs(reply);
			assertThat(handled.join()).isEqualTo(request).isNotSameAs(request);
		}
	}

	@Test
	void oneClientWantsCopiesAndAnotherDoesNot() {
		try (TwoNodes nodes = new TwoNodes(Scope.PROCESS, this.directory)) {
			List<Names> handled = new CopyOnWriteArrayList<>();
			Names reply = new Names(List.of("reply"));
			ServiceName service = new ServiceName("test", "names");
			nodes.server().newServer().publish(Service.named(service).handle(Names.class, (names) -> {
				handled.add(names);
				return reply;
			}));
			Names request = new Names(List.of("request"));
			AdaptiveClient sharing = nodes.client().newClient();
			AdaptiveClient copying = sharing.copyInProcess(true);
			assertThat(copying.discover(service).sendRecv(request, Names.class)).isEqualTo(reply).isNotSameAs(reply);
			assertThat(copying.lazy(service).sendRecv(request, Names.class)).isEqualTo(reply).isNotSameAs(reply);
			assertThat(sharing.discover(service).sendRecv(request, Names.class)).isSameAs(reply);
			assertThat(copying.copyInProcess(false).discover(service).sendRecv(request, Names.class)).isSameAs(reply);
			assertThat(handled).hasSize(4).allSatisfy((names) -> assertThat(names).isEqualTo(request));
			assertThat(handled.stream().map((names) -> names == request)).containsExactly(false, false, true, true);
		}
	}

	@Test
	void aCopyThatCannotBeMadeIsTheSendersError() {
		try (TwoNodes nodes = new TwoNodes(Scope.PROCESS, this.directory, (builder) -> builder.copyInProcess(true))) {
			AtomicInteger handled = new AtomicInteger();
			Connection connection = nodes.connect(Service.named("test", "open").handle(Open.class, (open) -> {
				handled.incrementAndGet();
				return null;
			}));
			Open unencodable = new Open(new Stranger());
			assertThatExceptionOfType(MessageCodecException.class)
				.isThrownBy(() -> connection.sendRecv(unencodable, Void.class))
				.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT));
			assertThatExceptionOfType(MessageCodecException.class).isThrownBy(() -> connection.send(unencodable));
			assertThat(handled).hasValue(0);
		}
	}

	@Test
	void aCopyThatIsLargerThanThePeerAcceptsIsRefused() {
		LinkSettings small = new LinkSettings(new Limits(1000, Limits.MIN_CREDIT, Limits.MIN_CREDIT),
				Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(15));
		try (TwoNodes nodes = new TwoNodes(Scope.PROCESS, this.directory,
				(builder) -> builder.copyInProcess(true).linkSettings(small))) {
			Connection connection = nodes.connect(Service.named("test", "names").handle(Names.class, (names) -> names));
			assertThat(connection.sendRecv(new Names(List.of("short")), Names.class)).isNotNull();
			assertThatExceptionOfType(MessageTooLargeException.class)
				.isThrownBy(() -> connection.send(new Names(List.of("long".repeat(1000)))));
		}
	}

	@Test
	void aNodeInMemoryMeetsNobodyElseWhateverWasSetBefore() {
		ProcessSpace space = new ProcessSpace();
		AdaptiveNodeBuilder builder = AdaptiveNode.builder()
			.scopes(EnumSet.allOf(Scope.class))
			.listen(0)
			.registries(List.of(new Endpoint.Tcp("127.0.0.1", 9)))
			.relayedBy("127.0.0.1", 9)
			.lan(LanSettings.DEFAULT);
		try (AdaptiveNode node = builder.inMemory(space).build()) {
			node.newServer().publish(Service.named("test", "names").handle(Names.class, (names) -> names));
			assertThat(node.scopes()).containsExactly(Scope.PROCESS);
			assertThat(node.tcpEndpoint()).isEmpty();
			assertThat(node.registries()).isEmpty();
			assertThat(space.common().table().find(new ServicePattern("test", "names"))).hasSize(1);
		}
	}

	@Test
	void aClassOfAnotherClassLoaderIsConverted() {
		CompiledSource here = CompiledSource.of("public record Note(String text, int number) { }");
		CompiledSource there = CompiledSource.of("public record Note(String text) { }");
		try (TwoNodes nodes = new TwoNodes(Scope.PROCESS, this.directory)) {
			Connection connection = nodes
				.connect(Service.named("test", "notes").handle(there.type("Note"), (note) -> note));
			Object sent = here.record("Note", "hello", 7);
			assertThat(connection.sendRecv(sent, here.type("Note"))).hasToString("Note[text=hello, number=0]");
		}
	}

	record Names(List<String> names) {
	}

	record Open(Object content) {
	}

	static class Stranger {

	}

}
