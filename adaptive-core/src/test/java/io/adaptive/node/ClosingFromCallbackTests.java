package io.adaptive.node;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.adaptive.client.ConnectionListener;
import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.TestNodes;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import io.adaptive.server.ServiceStatus;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.MessageStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything that can be closed, closed by everything that the framework calls: it does
 * not wait for itself, its caller is answered, and nothing fails.
 */
class ClosingFromCallbackTests {

	private static final ServiceName SERVICE = new ServiceName("test", "closing");

	/** Below the drain timeout, after which waiting for itself would end. */
	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@RegisterExtension
	private final LogLines log = new LogLines();

	private final CompletableFuture<String> closed = new CompletableFuture<>();

	private AdaptiveNode server;

	private AdaptiveNode client;

	private AdaptiveServer publisher;

	private Publication publication;

	private Connection connection;

	static Stream<Arguments> table() {
		return Stream.of(Scope.OS, Scope.PROCESS)
			.flatMap((scope) -> Arrays.stream(Callback.values())
				.flatMap((callback) -> Arrays.stream(Closing.values())
					.filter((closing) -> callback != Callback.CONNECTED || closing != Closing.CONNECTION)
					.map((closing) -> Arguments.of(scope, callback, closing))));
	}

	@ParameterizedTest
	@MethodSource("table")
	void aCallbackThatClosesDoesNotWaitForItself(Scope scope, Callback callback, Closing closing) throws Exception {
		this.server = this.nodes.node(scope);
		this.client = this.nodes.node(scope);
		this.publisher = this.server.newServer();
		CountDownLatch ready = new CountDownLatch(1);
		Runnable close = () -> close(ready, closing);
		this.publication = this.publisher.publish(callback.service(Service.named(SERVICE), close));
		callback.connect(this, scope, ready);
		callback.trigger(this, close, closing.cutsTheCaller());
		assertThat(this.closed.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo("closed");
		closing.awaitEnd(this);
		assertThat(this.log.warnings()).isEmpty();
	}

	private boolean isConnected() {
		return this.connection != null && this.connection.isOpen();
	}

	private void close(CountDownLatch ready, Closing closing) {
		try {
			ready.await();
			closing.close(this);
			this.closed.complete("closed");
		}
		catch (InterruptedException | RuntimeException ex) {
			this.closed.completeExceptionally(ex);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "OS", "PROCESS" })
	void aNodeThatIsBeingClosedIsClosedByItsHandlerToo(Scope scope) throws Exception {
		this.server = this.nodes.node(scope);
		CountDownLatch handling = new CountDownLatch(1);
		CountDownLatch leaving = new CountDownLatch(1);
		this.server.newServer().publish(Service.named(SERVICE).handle(Text.class, (text, stream) -> {
			handling.countDown();
			leaving.await();
			this.server.close();
			return text;
		}));
		this.connection = this.nodes.connect(this.nodes.node(scope), scope, SERVICE);
		CompletableFuture<Text> answer = this.connection.async().sendRecv(new Text("a"), Text.class);
		handling.await();
		Thread closing = new Thread(this.server::close);
		closing.start();
		Awaitility.await().atMost(LONG).until(() -> !this.connection.isOpen());
		leaving.countDown();
		assertThat(answer.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Text("a"));
		closing.join(LONG.toMillis());
		assertThat(closing.isAlive()).isFalse();
		assertThat(this.log.warnings()).isEmpty();
	}

	@Test
	void aNodeThatWaitsForAPublicationClosedByItsHandlerLetsItsCallFinish() throws Exception {
		this.server = this.nodes.node(Scope.OS);
		CountDownLatch closing = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		this.publication = this.server.newServer().publish(Service.named(SERVICE).handle(Text.class, (text, stream) -> {
			this.publication.close();
			closing.countDown();
			go.await();
			return text;
		}));
		this.connection = this.nodes.connect(this.nodes.node(Scope.OS), Scope.OS, SERVICE);
		CompletableFuture<Text> answer = this.connection.async().sendRecv(new Text("b"), Text.class);
		closing.await();
		Thread other = new Thread(this.server::close);
		other.start();
		Awaitility.await().atMost(LONG).until(() -> other.getState() == Thread.State.TIMED_WAITING);
		go.countDown();
		assertThat(answer.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Text("b"));
		other.join(LONG.toMillis());
		assertThat(other.isAlive()).isFalse();
	}

	/**
	 * Everything that can be closed.
	 */
	enum Closing {

		PUBLICATION {
			@Override
			void close(ClosingFromCallbackTests test) {
				test.publication.close();
			}
		},

		SERVER {
			@Override
			void close(ClosingFromCallbackTests test) {
				test.publisher.close();
			}
		},

		SERVICE_OF_THE_NODE {
			@Override
			void close(ClosingFromCallbackTests test) {
				test.server.unpublish(SERVICE);
			}
		},

		NODE {
			@Override
			void close(ClosingFromCallbackTests test) {
				test.server.close();
			}

			@Override
			void awaitEnd(ClosingFromCallbackTests test) {
				test.server.close();
			}
		},

		CONNECTION {
			@Override
			void close(ClosingFromCallbackTests test) {
				test.connection.close();
			}

			@Override
			void awaitEnd(ClosingFromCallbackTests test) {
				assertThat(test.isConnected()).isFalse();
			}
		},

		CLIENT {
			@Override
			void close(ClosingFromCallbackTests test) {
				test.client.close();
			}

			@Override
			void awaitEnd(ClosingFromCallbackTests test) {
				test.client.close();
				assertThat(test.isConnected()).isFalse();
			}
		};

		abstract void close(ClosingFromCallbackTests test);

		void awaitEnd(ClosingFromCallbackTests test) {
			Awaitility.await().atMost(LONG).untilAsserted(() -> {
				assertThat(test.publisher.services()).extracting(ServiceStatus::service).isEmpty();
				assertThat(test.isConnected()).isFalse();
			});
		}

		boolean cutsTheCaller() {
			return this == CONNECTION || this == CLIENT;
		}

	}

	/**
	 * Everything that the framework calls.
	 */
	enum Callback {

		BLOCKING_HANDLER {
			@Override
			Service service(Service service, Runnable close) {
				return service.handle(Text.class, (text) -> {
					close.run();
					return text;
				});
			}
		},

		NON_BLOCKING_HANDLER {
			@Override
			Service service(Service service, Runnable close) {
				return BLOCKING_HANDLER.service(service, close)
					.options(Text.class, HandlerOptions.DEFAULT.asNonBlocking());
			}
		},

		MONO {
			@Override
			Service service(Service service, Runnable close) {
				return service.handle(Text.class, (text) -> Mono.fromRunnable(close).thenReturn(text));
			}
		},

		MONO_OF_ANOTHER_THREAD {
			@Override
			Service service(Service service, Runnable close) {
				return service.handle(Text.class, (text) -> Mono.delay(Duration.ofMillis(1)).map((tick) -> {
					close.run();
					return text;
				}));
			}
		},

		FLUX {
			@Override
			Service service(Service service, Runnable close) {
				return service.handle(Text.class, (text) -> Flux.defer(() -> {
					close.run();
					return Flux.just(text);
				}));
			}

			@Override
			void trigger(ClosingFromCallbackTests test, Runnable close, boolean cut) throws Exception {
				MessageStream stream = test.connection.newStream();
				stream.send(new Text("x"));
				answered(stream.async().recv(Text.class), cut);
			}
		},

		CONNECTED {
			@Override
			Service service(Service service, Runnable close) {
				return super.service(service, close).onConnect((connection) -> close.run());
			}

			/**
			 * The hook decides whether there will be a connection, and what it closes may
			 * be what the client waits for.
			 */
			@Override
			void connect(ClosingFromCallbackTests test, Scope scope, CountDownLatch ready) {
				ready.countDown();
				Thread connecting = new Thread(() -> test.nodes.connect(test.client, scope, SERVICE));
				connecting.setUncaughtExceptionHandler((thread, ex) -> {
					// There is no connection, or it had been closed.
				});
				connecting.start();
			}

			@Override
			void trigger(ClosingFromCallbackTests test, Runnable close, boolean cut) {
				// Connecting was enough.
			}
		},

		DISCONNECTED {
			@Override
			Service service(Service service, Runnable close) {
				return super.service(service, close).onDisconnect((connection, cause) -> close.run());
			}

			@Override
			void trigger(ClosingFromCallbackTests test, Runnable close, boolean cut) {
				test.connection.close();
			}
		},

		STREAM_OPENED {
			@Override
			Service service(Service service, Runnable close) {
				return super.service(service, close).onStreamOpen((stream) -> close.run());
			}

			@Override
			void trigger(ClosingFromCallbackTests test, Runnable close, boolean cut) {
				try {
					test.connection.newStream();
				}
				catch (AdaptiveException ex) {
					// The stream is open for the server, and the closing may be here
					// first.
				}
			}
		},

		STREAM_CLOSED {
			@Override
			Service service(Service service, Runnable close) {
				return super.service(service, close).onStreamClose((stream) -> close.run());
			}

			@Override
			void trigger(ClosingFromCallbackTests test, Runnable close, boolean cut) {
				MessageStream stream = test.connection.newStream();
				assertThat(stream.sendRecv(new Text("x"), Text.class)).isEqualTo(new Text("x"));
				stream.close();
			}
		},

		WATCH_OF_THE_SERVER {
			@Override
			void trigger(ClosingFromCallbackTests test, Runnable close, boolean cut) {
				test.server.newClient().watch(ServicePattern.of(SERVICE), (event) -> close.run());
			}
		},

		WATCH_OF_THE_CLIENT {
			@Override
			void trigger(ClosingFromCallbackTests test, Runnable close, boolean cut) {
				test.client.newClient().changes(ServicePattern.of(SERVICE)).subscribe((event) -> close.run());
			}
		},

		LISTENER_OF_A_CONNECTION {
			@Override
			void trigger(ClosingFromCallbackTests test, Runnable close, boolean cut) {
				Connection lazy = test.client.newClient()
					.discoverTimeout(Duration.ofSeconds(2))
					.lazy(SERVICE, new ConnectionListener() {

						@Override
						public void connected(ConnectionInfo info) {
							close.run();
						}

					});
				try {
					lazy.sendRecv(new Text("x"), Text.class);
				}
				catch (AdaptiveException ex) {
					// The call and the closing race.
				}
			}
		},

		LISTENER_OF_A_LOST_CONNECTION {
			@Override
			void trigger(ClosingFromCallbackTests test, Runnable close, boolean cut) {
				Connection lazy = test.client.newClient().lazy(SERVICE, new ConnectionListener() {

					@Override
					public void lost(ConnectionInfo info, ErrorInfo cause) {
						close.run();
					}

				});
				lazy.sendRecv(new Text("x"), Text.class);
				lazy.close();
			}
		},

		FUTURE {
			@Override
			void trigger(ClosingFromCallbackTests test, Runnable close, boolean cut) throws Exception {
				test.connection.async()
					.sendRecv(new Text("x"), Text.class)
					.thenRun(close)
					.get(LONG.toSeconds(), TimeUnit.SECONDS);
			}
		};

		Service service(Service service, Runnable close) {
			return service.handle(Text.class, (text) -> text);
		}

		void connect(ClosingFromCallbackTests test, Scope scope, CountDownLatch ready) {
			test.connection = test.nodes.connect(test.client, scope, SERVICE);
			ready.countDown();
		}

		void trigger(ClosingFromCallbackTests test, Runnable close, boolean cut) throws Exception {
			answered(test.connection.async().sendRecv(new Text("x"), Text.class), cut);
		}

		static void answered(CompletableFuture<Text> answer, boolean cut) throws Exception {
			if (cut) {
				// Closing goes on while the answer leaves, so that either may be first.
				assertThat(answer.handle((text, error) -> "ended").get(LONG.toSeconds(), TimeUnit.SECONDS))
					.isEqualTo("ended");
			}
			else {
				assertThat(answer.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Text("x"));
			}
		}

	}

	record Text(String text) {
	}

}
