package io.adaptive.node;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.adaptive.fixture.CompiledSource;
import io.adaptive.fixture.TwoNodes;
import io.adaptive.message.Scope;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

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

}
