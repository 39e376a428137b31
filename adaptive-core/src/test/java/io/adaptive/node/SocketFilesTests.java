package io.adaptive.node;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.client.Watch;
import io.adaptive.fixture.TestNodes;
import io.adaptive.internal.transport.SocketDirectory;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceEvent;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What others do to the files of the socket directory while programs use it.
 */
@Timeout(120)
class SocketFilesTests {

	private static final ServiceName SERVICE = new ServiceName("example", "files");

	/** Ten times the goal. */
	private static final Duration RESTORED = Duration.ofSeconds(20);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private static Service service(String name) {
		return Service.named("example", name).handle(Ask.class, (ask) -> new Answer(ask.number()));
	}

	private List<Path> files(String pattern) throws IOException {
		try (Stream<Path> files = Files.list(this.nodes.directory())) {
			// The lock around the start of programs belongs to no node.
			return files.filter((file) -> file.getFileName().toString().contains("."))
				.filter((file) -> file.getFileName().toString().matches(pattern))
				.sorted()
				.toList();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { ".*\\.lock", ".*\\.id", ".*\\.sock", "[0-9a-f]+\\.[0-9a-f]+-[0-9a-f]+", ".*" })
	void filesThatWereClearedAreMadeAgainAndConnectionsGoOn(String pattern) throws IOException {
		AdaptiveNode server = this.nodes.node(Scope.OS);
		server.newServer().publish(service("files"));
		server.newServer().publish(service("more"));
		AdaptiveNode client = this.nodes.node(Scope.OS);
		try (Connection connection = client.newClient().discover(SERVICE)) {
			List<Path> before = files(".*");
			assertThat(server.view().missingSocketFiles()).isEmpty();
			List<Path> cleared = files(pattern);
			assertThat(cleared).isNotEmpty();
			for (Path file : cleared) {
				Files.delete(file);
			}
			if (pattern.equals(".*")) {
				Files.delete(this.nodes.directory().resolve("provider-id-entrance"));
				Files.delete(this.nodes.directory());
			}
			// One that is not named is there again.
			List<Path> missing = server.view().missingSocketFiles();
			assertThat(cleared).allMatch((file) -> missing.contains(file) || Files.exists(file)).containsAll(missing);
			long start = System.nanoTime();
			Awaitility.await().atMost(RESTORED).until(() -> server.view().missingSocketFiles().isEmpty());
			System.out.printf("%s made again after %d ms%n", pattern,
					TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
			assertThat(files(".*")).isEqualTo(before);
			assertThat(connection.sendRecv(new Ask(1), Answer.class).number()).isEqualTo(1);
		}
		AdaptiveClient other = this.nodes.node(Scope.OS).newClient().discoverTimeout(RESTORED);
		try (Connection connection = other.discover(SERVICE)) {
			assertThat(connection.sendRecv(new Ask(2), Answer.class).number()).isEqualTo(2);
		}
	}

	@Test
	void aSweepLeavesTheSocketOfAProgramWhoseLockWasCleared() throws IOException {
		Path path = this.nodes.directory();
		SocketDirectory directory = new SocketDirectory(path);
		Path living = path.resolve("0123456789abcdef-00000001.sock");
		Path dead = path.resolve("0123456789abcdef-00000002.sock");
		try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			listening.bind(UnixDomainSocketAddress.of(living));
			ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(dead)).close();
			directory.claim(new Instance(new ProviderId("sweeper"), 7)).close();
			assertThat(List.of(Files.exists(living), Files.exists(dead))).containsExactly(true, false);
		}
	}

	@Test
	void aWatchGoesOnAfterTheDirectoryCouldNotBeRead() throws IOException {
		AdaptiveNode server = this.nodes.node(Scope.OS);
		server.newServer().publish(service("files"));
		AdaptiveClient client = this.nodes.node(Scope.OS).newClient().discoverTimeout(Duration.ofSeconds(5));
		List<ServiceEvent> events = new CopyOnWriteArrayList<>();
		Watch watch = client.watch(new ServicePattern("example", "*"), (event) -> {
			events.add(event);
			throw new IllegalStateException("expected by the test");
		});
		Awaitility.await().atMost(RESTORED).until(() -> events.size() == 1);
		Path away = this.nodes.directory().resolveSibling("away");
		Files.move(this.nodes.directory(), away);
		Files.createFile(this.nodes.directory());
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> client.discover(SERVICE))
			.satisfies((failure) -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE));
		// Longer than it takes to look.
		Awaitility.await()
			.during(Duration.ofMillis(1000))
			.atMost(RESTORED)
			.untilAsserted(() -> assertThat(events).hasSize(1));
		Files.delete(this.nodes.directory());
		Files.move(away, this.nodes.directory());
		server.newServer().publish(service("later"));
		Awaitility.await().atMost(RESTORED).until(() -> events.size() == 2);
		assertThat(events).allMatch(ServiceEvent.Appeared.class::isInstance);
		client.discover(SERVICE).close();
		watch.close();
	}

	record Ask(int number) {
	}

	record Answer(int number) {
	}

}
