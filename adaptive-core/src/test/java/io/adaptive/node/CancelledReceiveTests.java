package io.adaptive.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.LiveObjects;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.MessageStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A receive that was given up, in whatever form and through whatever wrapper, takes no
 * message.
 */
class CancelledReceiveTests {

	private static final ServiceName SERVICE = new ServiceName("test", "numbers");

	private static final int ROUNDS = 1000;

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final BlockingQueue<ContextStream> subscribers = new LinkedBlockingQueue<>();

	static Stream<Arguments> table() {
		return Stream.of(Scope.PROCESS, Scope.OS)
			.flatMap((scope) -> Arrays.stream(Wrapper.values())
				.flatMap((wrapper) -> Arrays.stream(GivingUp.values())
					.map((givingUp) -> Arguments.of(scope, wrapper, givingUp))));
	}

	private AdaptiveClient publishAndFind(Scope scope) {
		this.nodes.node(scope)
			.newServer()
			.publish(Service.named(SERVICE).handle(Subscribe.class, (subscribe, stream) -> {
				this.subscribers.add(stream);
				return new Number(0);
			}));
		return this.nodes.node(scope).newClient().discoverTimeout(Duration.ofSeconds(20));
	}

	@ParameterizedTest
	@MethodSource("table")
	void aReceiveThatWasGivenUpTakesNoMessage(Scope scope, Wrapper wrapper, GivingUp givingUp) throws Exception {
		MessageStream stream = wrapper.stream(publishAndFind(scope));
		assertThat(stream.sendRecv(new Subscribe(), Number.class)).isEqualTo(new Number(0));
		for (int i = 0; i < 3; i++) {
			givingUp.giveUp(stream);
		}
		assertThat(receiveFive(stream)).containsExactly(1, 2, 3, 4, 5);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aReceiveThatWasGivenUpBeforeThereWasAConnectionTakesNoMessage(Scope scope) throws Exception {
		AdaptiveClient client = this.nodes.node(scope).newClient();
		Connection lazy = client.lazy(SERVICE);
		CompletableFuture<Number> givenUp = lazy.async().recv(Number.class);
		givenUp.cancel(false);
		publishAndFind(scope);
		assertThat(lazy.sendRecv(new Subscribe(), Number.class)).isEqualTo(new Number(0));
		assertThat(receiveFive(lazy)).containsExactly(1, 2, 3, 4, 5);
	}

	@ParameterizedTest
	@EnumSource
	void aReceiveThatWasGivenUpLeavesNothing(Wrapper wrapper) {
		MessageStream stream = wrapper.stream(publishAndFind(Scope.OS));
		assertThat(stream.sendRecv(new Subscribe(), Number.class)).isEqualTo(new Number(0));
		giveUp(stream, 10);
		LiveObjects before = LiveObjects.now();
		giveUp(stream, ROUNDS);
		Awaitility.await()
			.atMost(Duration.ofSeconds(50))
			.untilAsserted(() -> assertThat(LiveObjects.now().grownSince(before, ROUNDS / 2)).isEmpty());
	}

	private static void giveUp(MessageStream stream, int rounds) {
		for (int i = 0; i < rounds; i++) {
			stream.async().recv(Number.class).cancel(true);
			stream.reactive().recv(Number.class).subscribe().dispose();
			stream.reactive().recvAll(Number.class).subscribe().dispose();
		}
	}

	private List<Integer> receiveFive(MessageStream stream) throws Exception {
		ContextStream sender = this.subscribers.poll(20, TimeUnit.SECONDS);
		for (int i = 1; i <= 5; i++) {
			sender.send(new Number(i));
		}
		stream.setReceiveTimeout(Duration.ofSeconds(20));
		List<Integer> received = new ArrayList<>();
		for (int i = 1; i <= 5; i++) {
			received.add(stream.recv(Number.class).number());
		}
		return received;
	}

	/**
	 * What hands out the stream.
	 */
	enum Wrapper {

		LAZY_CONNECTION {
			@Override
			MessageStream stream(AdaptiveClient client) {
				return client.lazy(SERVICE);
			}
		},

		DISCOVERED_CONNECTION {
			@Override
			MessageStream stream(AdaptiveClient client) {
				return client.discover(SERVICE);
			}
		},

		STREAM {
			@Override
			MessageStream stream(AdaptiveClient client) {
				return client.discover(SERVICE).newStream();
			}
		};

		abstract MessageStream stream(AdaptiveClient client);

	}

	/**
	 * A way to receive no longer.
	 */
	enum GivingUp {

		CANCEL {
			@Override
			void giveUp(MessageStream stream) {
				stream.async().recv(Number.class).cancel(true);
			}
		},

		OR_TIMEOUT {
			@Override
			void giveUp(MessageStream stream) {
				CompletableFuture<Number> late = stream.async().recv(Number.class).orTimeout(1, TimeUnit.MILLISECONDS);
				assertThatThrownBy(late::join).isNotNull();
			}
		},

		COMPLETE {
			@Override
			void giveUp(MessageStream stream) {
				stream.async().recv(Number.class).complete(new Number(-1));
			}
		},

		DISPOSE {
			@Override
			void giveUp(MessageStream stream) {
				stream.reactive().recv(Number.class).subscribe().dispose();
			}
		},

		TIMEOUT {
			@Override
			void giveUp(MessageStream stream) {
				assertThatThrownBy(() -> stream.reactive().recv(Number.class).timeout(Duration.ofMillis(1)).block())
					.isNotNull();
			}
		},

		BLOCK_WITH_TIMEOUT {
			@Override
			void giveUp(MessageStream stream) {
				assertThatThrownBy(() -> stream.reactive().recv(Number.class).block(Duration.ofMillis(1))).isNotNull();
			}
		},

		DISPOSE_OF_MANY {
			@Override
			void giveUp(MessageStream stream) {
				Disposable many = stream.reactive().recvAll(Number.class).subscribe();
				many.dispose();
			}
		};

		abstract void giveUp(MessageStream stream);

	}

	record Subscribe() {
	}

	record Number(int number) {
	}

}
