package io.adaptive.node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.OwnThread;
import io.adaptive.fixture.TestNodes;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.CallerContext;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.Service;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageObserver;
import io.adaptive.stream.MessageStream;
import io.adaptive.stream.ObservedMessage;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every call is answered, whatever user code throws and wherever it is called, and the
 * next call works.
 */
class UserCodeFailureTests {

	private static final ServiceName SERVICE = new ServiceName("test", "fragile");

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	static Stream<Arguments> everyPlaceAndScope() {
		return Stream.of(Place.values())
			.flatMap((place) -> Stream.of(Scope.PROCESS, Scope.OS).map((scope) -> Arguments.of(place, scope)));
	}

	@ParameterizedTest
	@MethodSource("everyPlaceAndScope")
	void aCallIsAnsweredWhateverIsThrown(Place place, Scope scope) {
		AdaptiveNode server = this.nodes.node(place::configure, scope);
		server.newServer().publish(place.addTo(Service.named(SERVICE).handle(Healthy.class, (healthy) -> healthy)));
		Connection connection = this.nodes.connect(this.nodes.node(place::configure, scope), scope, SERVICE);
		for (Thrown thrown : place.thrown()) {
			MessageStream stream = connection.newStream();
			assertThat(outcome(stream, new Fragile(thrown))).as("%s", thrown).isNotInstanceOf(Late.class);
			stream.close();
			assertThat(connection.sendRecv(new Healthy(1), Healthy.class, CallSettings.DEFAULT.timeout(LONG)))
				.isEqualTo(new Healthy(1));
		}
	}

	/**
	 * Returns the reply, or what the call failed with.
	 */
	private static Object outcome(MessageStream stream, Fragile fragile) {
		try {
			return stream.sendRecv(fragile, Fragile.class, CallSettings.DEFAULT.timeout(LONG));
		}
		catch (AdaptiveException ex) {
			return (ex.code() == ErrorCode.DEADLINE_EXCEEDED) ? new Late() : ex;
		}
	}

	@ParameterizedTest
	@EnumSource
	void aListenerOfAWatchThatFailsIsToldOfTheNextChange(Thrown thrown) {
		AdaptiveClient client = this.nodes.node(Scope.PROCESS).newClient();
		CompletableFuture<ServiceName> second = new CompletableFuture<>();
		AdaptiveNode server = this.nodes.node(Scope.PROCESS);
		client.watch(new ServicePattern("test", "*"), (event) -> {
			if (event.instance().service().equals(SERVICE)) {
				throw thrown.unchecked();
			}
			second.complete(event.instance().service());
		});
		server.newServer().publish(Service.named(SERVICE));
		server.newServer().publish(Service.named("test", "second"));
		assertThat(second).succeedsWithin(LONG).isEqualTo(new ServiceName("test", "second"));
	}

	@ParameterizedTest
	@EnumSource
	void aSelectionThatFailsLeavesTheInstancesAsTheyWereFound(Thrown thrown) {
		Service service = Service.named(SERVICE).handle(Healthy.class, (healthy) -> healthy);
		this.nodes.node(Scope.OS).newServer().publish(service);
		this.nodes.node(Scope.OS).newServer().publish(service);
		AdaptiveClient client = this.nodes.node(Scope.OS).newClient().discoverTimeout(LONG);
		Awaitility.await()
			.atMost(LONG)
			.until(() -> client.discoverAll(new ServicePattern("test", "fragile")).size() == 2);
		AtomicInteger asked = new AtomicInteger();
		AdaptiveClient failing = client.selection((candidates, measurements) -> {
			asked.incrementAndGet();
			throw thrown.unchecked();
		});
		assertThat(failing.discover(SERVICE).isOpen()).isTrue();
		assertThat(failing.lazy(SERVICE).async().sendRecv(new Healthy(1), Healthy.class)).succeedsWithin(LONG)
			.isEqualTo(new Healthy(1));
		assertThat(asked).hasValue(2);
	}

	@ParameterizedTest
	@EnumSource
	void aSubscriberThatFailsLeavesTheConnectionAsItIs(Thrown thrown) throws Exception {
		CountDownLatch go = new CountDownLatch(1);
		this.nodes.node(Scope.OS).newServer().publish(Service.named(SERVICE).handle(Healthy.class, (healthy) -> {
			go.await();
			return healthy;
		}).handle(Fragile.class, (fragile) -> {
			go.await();
			return Flux.just(fragile, fragile);
		}));
		Connection connection = this.nodes.connect(this.nodes.node(Scope.OS), Scope.OS, SERVICE);
		CountDownLatch reached = new CountDownLatch(2);
		MessageStream stream = connection.newStream();
		stream.send(new Fragile(thrown));
		stream.reactive().recvAll(Fragile.class).subscribe((fragile) -> {
			reached.countDown();
			throw fragile.thrown.unchecked();
		}, (error) -> {
			// A failure of the subscriber itself.
		});
		connection.reactive().sendRecv(new Healthy(1), Healthy.class).subscribe((healthy) -> {
			reached.countDown();
			throw thrown.unchecked();
		}, (error) -> {
			// The same.
		});
		go.countDown();
		assertThat(reached.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
		for (int i = 0; i < 20; i++) {
			assertThat(connection.async().sendRecv(new Healthy(i), Healthy.class)).succeedsWithin(LONG)
				.isEqualTo(new Healthy(i));
		}
	}

	/**
	 * Where user code is called.
	 */
	enum Place {

		STREAM_OPENED {
			@Override
			Service addTo(Service service) {
				return super.addTo(service).onStreamOpen(this::fail);
			}
		},

		STREAM_CLOSED {
			@Override
			Service addTo(Service service) {
				return super.addTo(service).onStreamClose(this::fail);
			}
		},

		CONNECTED {
			@Override
			Service addTo(Service service) {
				return super.addTo(service).onConnect(this::fail);
			}
		},

		DISCONNECTED {
			@Override
			Service addTo(Service service) {
				return super.addTo(service).onDisconnect((connection, cause) -> fail(connection));
			}
		},

		NON_BLOCKING_AFTER_OPENED {
			@Override
			Service addTo(Service service) {
				return super.addTo(service).onStreamOpen(this::fail)
					.options(Fragile.class, HandlerOptions.DEFAULT.asNonBlocking());
			}
		},

		HANDLER {
			@Override
			Service addTo(Service service) {
				return service.handle(Fragile.class, (fragile) -> {
					throw fragile.thrown.unchecked();
				});
			}
		},

		NON_BLOCKING_HANDLER {
			@Override
			Service addTo(Service service) {
				return HANDLER.addTo(service).options(Fragile.class, HandlerOptions.DEFAULT.asNonBlocking());
			}
		},

		CONVERSING_HANDLER {
			@Override
			Service addTo(Service service) {
				return service.handle(Fragile.class, (fragile, stream) -> {
					throw fragile.thrown.unchecked();
				});
			}
		},

		MONO {
			@Override
			Service addTo(Service service) {
				return service.handle(Fragile.class, (fragile) -> Mono.fromSupplier(() -> {
					throw fragile.thrown.unchecked();
				}));
			}
		},

		MONO_OF_ANOTHER_THREAD {
			@Override
			Service addTo(Service service) {
				return service.handle(Fragile.class, (fragile) -> Mono
					.create((sink) -> OwnThread.EXECUTOR.execute(() -> sink.error(fragile.thrown.get()))));
			}
		},

		OPERATOR_ON_ANOTHER_THREAD {
			@Override
			Service addTo(Service service) {
				return service.handle(Fragile.class, (fragile) -> Mono.delay(Duration.ofMillis(1)).map((tick) -> {
					throw fragile.thrown.unchecked();
				}));
			}

			/**
			 * Reactor throws the others on where they happened, and tells nobody.
			 */
			@Override
			List<Thrown> thrown() {
				return Stream.of(Thrown.values())
					.filter((thrown) -> thrown != Thrown.NO_CLASS && thrown != Thrown.STACK_OVERFLOW)
					.toList();
			}
		},

		FLUX {
			@Override
			Service addTo(Service service) {
				return service.handle(Fragile.class, (fragile) -> Flux.error(fragile.thrown::unchecked));
			}
		},

		STAGE {
			@Override
			Service addTo(Service service) {
				return service.handle(Fragile.class, (fragile) -> CompletableFuture.supplyAsync(() -> {
					throw fragile.thrown.unchecked();
				}));
			}

			/**
			 * The JDK never completes a stage whose exception has no text.
			 */
			@Override
			List<Thrown> thrown() {
				return Stream.of(Thrown.values())
					.filter((thrown) -> thrown != Thrown.MESSAGE_FAILS && thrown != Thrown.TEXT_FAILS)
					.toList();
			}
		},

		REPLY_COMPONENT {
			@Override
			Service addTo(Service service) {
				return service.handle(Fragile.class, (fragile) -> new Unreadable(fragile.thrown));
			}
		},

		OBSERVER {
			@Override
			AdaptiveNodeBuilder configure(AdaptiveNodeBuilder builder) {
				return builder.messageObserver(new FailingObserver());
			}
		},

		CALLER_CONTEXT {
			@Override
			AdaptiveNodeBuilder configure(AdaptiveNodeBuilder builder) {
				return builder.callerContext(FailingContext::new);
			}
		};

		AdaptiveNodeBuilder configure(AdaptiveNodeBuilder builder) {
			return builder;
		}

		Service addTo(Service service) {
			return service.handle(Fragile.class, (fragile) -> fragile);
		}

		List<Thrown> thrown() {
			return List.of(Thrown.values());
		}

		/**
		 * Fails in another way each time.
		 */
		void fail(Object told) {
			Thrown[] all = Thrown.values();
			throw all[Math.floorMod(told.hashCode() + System.identityHashCode(told), all.length)].unchecked();
		}

	}

	private static final class FailingObserver implements MessageObserver {

		@Override
		public @Nullable Handling handling(ObservedMessage message) {
			return new Handling() {

				@Override
				public Runnable open() {
					throw Thrown.NO_CLASS.unchecked();
				}

				@Override
				public void ended(@Nullable Throwable error) {
					throw Thrown.ASSERTION.unchecked();
				}

			};
		}

		@Override
		public @Nullable Sending sending(ObservedMessage message, @Nullable Handling within) {
			throw Thrown.STACK_OVERFLOW.unchecked();
		}

	}

	private static final class FailingContext implements CallerContext.Captured {

		@Override
		public boolean isThreadTaken() {
			return false;
		}

		@Override
		public Runnable restore() {
			return () -> {
				throw Thrown.NO_CLASS.unchecked();
			};
		}

	}

	record Fragile(Thrown thrown) {
	}

	record Healthy(int number) {
	}

	record Late() {
	}

	/**
	 * A reply that cannot be encoded.
	 */
	record Unreadable(Thrown thrown) {

		@Override
		public Thrown thrown() {
			throw this.thrown.unchecked();
		}

	}

}
