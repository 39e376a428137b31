package io.adaptive.interop;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.adaptive.interop.InteropService.Download;
import io.adaptive.interop.InteropService.Empty;
import io.adaptive.interop.InteropService.End;
import io.adaptive.interop.InteropService.Request;
import io.adaptive.interop.InteropService.Response;
import io.adaptive.interop.InteropService.Status;
import io.adaptive.interop.InteropService.Talk;
import io.adaptive.interop.InteropService.Total;
import io.adaptive.interop.InteropService.Turn;
import io.adaptive.interop.InteropService.Unknown;
import io.adaptive.interop.InteropService.Upload;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.EndOfStreamException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.RemoteException;
import io.adaptive.message.ServiceName;
import io.adaptive.message.StreamResetException;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The cases of gRPC's interoperability tests that apply, by their names there, with the
 * same sizes, codes and texts.
 *
 * @see <a href=
 * "https://github.com/grpc/grpc/blob/master/doc/interop-test-descriptions.md">descriptions</a>
 */
enum InteropCase {

	EMPTY_UNARY {
		@Override
		void run(InteropPlace place) {
			assertThat(place.connection().sendRecv(new Empty(), Empty.class)).isEqualTo(new Empty());
		}
	},

	LARGE_UNARY {
		@Override
		void run(InteropPlace place) {
			largeUnary(place.connection());
		}
	},

	CLIENT_STREAMING {
		@Override
		void run(InteropPlace place) {
			try (MessageStream stream = place.connection().newStream()) {
				CompletableFuture<Total> total = stream.async().sendRecv(new Upload(), Total.class);
				REQUEST_SIZES.forEach((size) -> stream.send(Turn.of(0, size)));
				stream.send(new End());
				assertThat(total).succeedsWithin(LONG).isEqualTo(new Total(74_922));
			}
		}
	},

	SERVER_STREAMING {
		@Override
		void run(InteropPlace place) {
			try (MessageStream stream = place.connection().newStream()) {
				Flux<Response> responses = stream.reactive()
					.sendRecv(new Download(RESPONSE_SIZES), Response.class, CallSettings.DEFAULT.asOnlyCall())
					.concatWith(stream.reactive().recvAll(Response.class));
				assertThat(responses.collectList().block(LONG)).map(InteropCase::size).isEqualTo(RESPONSE_SIZES);
			}
		}
	},

	PING_PONG {
		@Override
		void run(InteropPlace place) {
			try (MessageStream stream = place.connection().newStream()) {
				stream.send(new Talk());
				for (int i = 0; i < RESPONSE_SIZES.size(); i++) {
					stream.send(Turn.of(RESPONSE_SIZES.get(i), REQUEST_SIZES.get(i)));
					assertThat(size(stream.recv(Response.class))).isEqualTo(RESPONSE_SIZES.get(i));
				}
				stream.send(new End());
				assertEnded(stream);
			}
		}
	},

	EMPTY_STREAM {
		@Override
		void run(InteropPlace place) {
			try (MessageStream stream = place.connection().newStream()) {
				stream.send(new Talk());
				stream.send(new End());
				assertEnded(stream);
			}
		}
	},

	STATUS_CODE_AND_MESSAGE {
		@Override
		void run(InteropPlace place) {
			Status status = new Status(ErrorCode.UNKNOWN, "test status message");
			assertFails(place, status);
			try (MessageStream stream = place.connection().newStream()) {
				CompletableFuture<Empty> call = talk(stream);
				stream.send(new Turn(Request.failing(status), false));
				assertThat(call).failsWithin(LONG)
					.withThrowableThat()
					.havingCause()
					.asInstanceOf(InstanceOfAssertFactories.type(RemoteException.class))
					.satisfies((ex) -> assertIs(ex, status));
			}
		}
	},

	SPECIAL_STATUS_MESSAGE {
		@Override
		void run(InteropPlace place) {
			assertFails(place, new Status(ErrorCode.UNKNOWN,
					"\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \ud83d\ude08\t\n"));
		}
	},

	UNIMPLEMENTED_METHOD {
		@Override
		void run(InteropPlace place) {
			assertFails(ErrorCode.UNIMPLEMENTED, Delivery.NOT_PROCESSED,
					() -> place.connection().sendRecv(new Unknown(), Empty.class));
		}
	},

	UNIMPLEMENTED_SERVICE {
		@Override
		void run(InteropPlace place) {
			assertFails(ErrorCode.NOT_FOUND, Delivery.NOT_SENT,
					() -> place.connect(new ServiceName("interop", "unimplemented")));
		}
	},

	CANCEL_AFTER_BEGIN {
		@Override
		void run(InteropPlace place) {
			try (MessageStream stream = place.connection().newStream()) {
				CompletableFuture<Total> total = stream.async().sendRecv(new Upload(), Total.class);
				assertThat(total.cancel(false)).isTrue();
				place.awaitAllEnded();
				assertThat(place.service().ends()).allMatch((code) -> code == ErrorCode.CANCELLED);
			}
		}
	},

	CANCEL_AFTER_FIRST_RESPONSE {
		@Override
		void run(InteropPlace place) {
			MessageStream stream = place.connection().newStream();
			stream.send(new Talk());
			stream.send(Turn.of(31_415, 27_182));
			assertThat(size(stream.recv(Response.class))).isEqualTo(31_415);
			CompletableFuture<Response> second = stream.async().recv(Response.class);
			stream.close();
			assertThat(second).failsWithin(LONG)
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(StreamResetException.class);
			place.awaitAllEnded();
			assertThat(place.service().ends()).containsExactly(ErrorCode.OUT_OF_RANGE);
		}
	},

	TIMEOUT_ON_SLEEPING_SERVER {
		@Override
		void run(InteropPlace place) {
			try (MessageStream stream = place.connection().newStream()) {
				CompletableFuture<Empty> call = stream.async()
					.sendRecv(new Talk(), Empty.class, CallSettings.DEFAULT.timeout(Duration.ofMillis(1)));
				// Its time may be over by now.
				CompletableFuture<?> unused = stream.async().send(new Turn(Request.of(0, 27_182), true));
				assertThat(call).failsWithin(LONG)
					.withThrowableThat()
					.havingCause()
					.asInstanceOf(InstanceOfAssertFactories.type(AdaptiveException.class))
					.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
				place.awaitAllEnded();
			}
		}
	},

	CONCURRENT_LARGE_UNARY(true) {
		@Override
		void run(InteropPlace place) {
			ExecutorService threads = Executors.newFixedThreadPool(100);
			try {
				List<CompletableFuture<Void>> calls = IntStream.range(0, 200)
					.mapToObj((i) -> CompletableFuture.runAsync(() -> largeUnary(place.connection()), threads))
					.toList();
				assertThat(calls).allSatisfy((call) -> assertThat(call).succeedsWithin(LONG));
			}
			finally {
				threads.shutdownNow();
			}
		}
	},

	RPC_SOAK(true) {
		@Override
		void run(InteropPlace place) {
			for (int i = 0; i < 100; i++) {
				largeUnary(place.connection());
			}
		}
	},

	CHANNEL_SOAK(true) {
		@Override
		void run(InteropPlace place) {
			for (int i = 0; i < 50; i++) {
				try (Connection connection = place.connect(InteropService.NAME)) {
					largeUnary(connection);
				}
			}
			place.awaitConnections(1);
		}
	};

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final List<Integer> REQUEST_SIZES = List.of(27_182, 8, 1_828, 45_904);

	private static final List<Integer> RESPONSE_SIZES = List.of(31_415, 9, 2_653, 58_979);

	private final boolean slow;

	InteropCase() {
		this(false);
	}

	InteropCase(boolean slow) {
		this.slow = slow;
	}

	/**
	 * Does what the case describes and checks what it asserts.
	 * @param place where the service is
	 */
	abstract void run(InteropPlace place);

	boolean isSlow() {
		return this.slow;
	}

	private static void largeUnary(MessageStream stream) {
		Response response = stream.sendRecv(Request.of(314_159, 271_828), Response.class);
		assertThat(response.body()).isEqualTo(new byte[314_159]);
	}

	private static CompletableFuture<Empty> talk(MessageStream stream) {
		return stream.async().sendRecv(new Talk(), Empty.class);
	}

	private static int size(Response response) {
		return response.body().length;
	}

	private static void assertEnded(MessageStream stream) {
		assertThatExceptionOfType(EndOfStreamException.class).isThrownBy(() -> stream.recv(Response.class));
	}

	private static void assertFails(InteropPlace place, Status status) {
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> place.connection().sendRecv(Request.failing(status), Response.class))
			.satisfies((ex) -> assertIs(ex, status));
	}

	private static void assertIs(RemoteException error, Status status) {
		assertThat(error.code()).isEqualTo(status.code());
		assertThat(error.error().message()).isEqualTo(status.message());
	}

	private static void assertFails(ErrorCode code, Delivery delivery, ThrowingCallable call) {
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(call).satisfies((ex) -> {
			assertThat(ex.code()).isEqualTo(code);
			assertThat(ex.delivery()).isEqualTo(delivery);
		});
	}

}
