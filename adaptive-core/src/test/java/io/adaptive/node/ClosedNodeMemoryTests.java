package io.adaptive.node;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.LiveObjects;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Nothing of a closed node is reachable: no node, connection, stream, watch or event
 * loop.
 */
@SlowTest
class ClosedNodeMemoryTests {

	private static final ServiceName SERVICE = new ServiceName("test", "memory");

	private static final Duration LONG = Duration.ofSeconds(50);

	private static final int ROUNDS = 100;

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	/** Shared by all rounds, like the space of a JVM. */
	private final ProcessSpace space = new ProcessSpace();

	private AdaptiveNodeBuilder builder(Scope... scopes) {
		return AdaptiveNode.builder()
			.scopes(Set.of(scopes))
			.processSpace(this.space)
			.socketDirectory(this.nodes.directory())
			.drainTimeout(LONG);
	}

	@ParameterizedTest
	@EnumSource
	void aClosedNodeIsNotReachable(Use use) {
		rounds(use, 3);
		LiveObjects before = LiveObjects.now();
		rounds(use, ROUNDS);
		Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(grownSince(before)).isEmpty());
	}

	/**
	 * What it shared with the open node, such as event loops, lives on.
	 */
	@ParameterizedTest
	@EnumSource
	void aClosedNodeIsNotReachableFromAnOpenOne(Use use) {
		try (AdaptiveNode open = builder(Scope.PROCESS, Scope.OS).build()) {
			assertThat(open.instance()).isNotNull();
			// Classes that the open node loads meanwhile are there from now on.
			Use.CALL_OVER_TCP.play(this);
			aClosedNodeIsNotReachable(use);
		}
	}

	/**
	 * Lists the classes of which each round, or every other one, leaves an object.
	 */
	private static Map<String, Integer> grownSince(LiveObjects before) {
		return LiveObjects.now().grownSince(before, ROUNDS / 2);
	}

	private void rounds(Use use, int count) {
		for (int i = 0; i < count; i++) {
			use.play(this);
		}
	}

	private enum Use {

		NOTHING {
			@Override
			void play(ClosedNodeMemoryTests test) {
				test.builder(Scope.PROCESS, Scope.OS).build().close();
			}
		},

		CALL_IN_PROCESS {
			@Override
			void play(ClosedNodeMemoryTests test) {
				test.call(Scope.PROCESS);
			}
		},

		CALL_OVER_UNIX_SOCKET {
			@Override
			void play(ClosedNodeMemoryTests test) {
				test.call(Scope.OS);
			}
		},

		CALL_OVER_JDK_UNIX_SOCKET {
			@Override
			void play(ClosedNodeMemoryTests test) {
				try (AdaptiveNode server = test.builder(Scope.OS).nativeSockets(false).build();
						AdaptiveNode client = test.builder(Scope.OS).nativeSockets(false).build()) {
					server.newServer().publish(echo());
					call(client.newClient().discoverTimeout(LONG).discover(SERVICE));
				}
			}
		},

		CALL_OVER_TCP {
			@Override
			void play(ClosedNodeMemoryTests test) {
				try (AdaptiveNode server = test.builder(Scope.OS).listen(0).build();
						AdaptiveNode client = test.builder(Scope.OS).build()) {
					server.newServer().publish(echo());
					Endpoint.Tcp address = server.tcpEndpoint().orElseThrow();
					call(client.newClient().connect(new Endpoint.Tcp("localhost", address.port()), SERVICE));
				}
			}
		},

		FAILED_DIAL {
			@Override
			void play(ClosedNodeMemoryTests test) {
				try (AdaptiveNode client = test.builder(Scope.OS).build()) {
					Endpoint nowhere = new Endpoint.UnixSocket(test.nodes.directory().resolve("nowhere"));
					assertThatExceptionOfType(ConnectionRefusedException.class)
						.isThrownBy(() -> client.newClient().connect(nowhere, SERVICE));
				}
			}
		},

		WATCHES {
			@Override
			void play(ClosedNodeMemoryTests test) {
				AdaptiveNode node = test.builder(Scope.PROCESS, Scope.OS).build();
				AdaptiveClient client = node.newClient();
				client.watch(ServicePattern.ALL);
				client.watch(ServicePattern.ALL, (event) -> {
				});
				client.changes(ServicePattern.ALL).subscribe();
				node.close();
			}
		};

		abstract void play(ClosedNodeMemoryTests test);

	}

	private void call(Scope scope) {
		try (AdaptiveNode server = builder(scope).build(); AdaptiveNode client = builder(scope).build()) {
			server.newServer().publish(echo());
			call(client.newClient().discoverTimeout(LONG).discover(SERVICE));
		}
	}

	private static Service echo() {
		return Service.named(SERVICE).handle(Ping.class, (ping) -> ping);
	}

	private static void call(Connection connection) {
		assertThat(connection.sendRecv(new Ping(1), Ping.class)).isEqualTo(new Ping(1));
	}

	record Ping(int number) {
	}

}
