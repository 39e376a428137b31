package io.adaptive.spring.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.adaptive.internal.stream.CheckedDemand;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.EndOfStreamException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.MessageType;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The form in which a method of a client interface waits for its reply and returns it.
 */
enum CallForm {

	/** The method blocks and returns the reply, or nothing. */
	BLOCKING {

		@Override
		@Nullable Object call(Connection connection, Object message, MessageType<?> replyType, CallSettings settings) {
			return connection.sendRecv(message, replyType, settings);
		}

	},

	/** The method blocks and returns the reply, which may be missing. */
	OPTIONAL {

		@Override
		Object call(Connection connection, Object message, MessageType<?> replyType, CallSettings settings) {
			return Optional.ofNullable(connection.sendRecv(message, replyType, settings));
		}

	},

	/** The method returns a future of the reply. */
	FUTURE {

		@Override
		Object call(Connection connection, Object message, MessageType<?> replyType, CallSettings settings) {
			return connection.async().sendRecv(message, replyType, settings);
		}

	},

	/** Each subscription is a call. */
	MONO {

		@Override
		Object call(Connection connection, Object message, MessageType<?> replyType, CallSettings settings) {
			return connection.reactive().sendRecv(message, replyType, settings);
		}

	},

	/**
	 * Each subscription is a separate stream, which ends with the only reply of the
	 * handler or when the server ends it.
	 */
	FLUX {

		@Override
		Object call(Connection connection, Object message, MessageType<?> replyType, CallSettings settings) {
			return CheckedDemand.of(replies(connection, message, replyType, settings));
		}

	},

	/** The method returns when the message was sent. */
	ONE_WAY_BLOCKING {

		@Override
		@Nullable Object call(Connection connection, Object message, MessageType<?> replyType, CallSettings settings) {
			connection.send(message, settings);
			return null;
		}

	},

	/** The method returns a future that completes when the message was sent. */
	ONE_WAY_FUTURE {

		@Override
		Object call(Connection connection, Object message, MessageType<?> replyType, CallSettings settings) {
			return connection.async().send(message, settings);
		}

	},

	/** Each subscription sends the message. */
	ONE_WAY_MONO {

		@Override
		Object call(Connection connection, Object message, MessageType<?> replyType, CallSettings settings) {
			return connection.reactive().send(message, settings);
		}

	};

	private static final int MAX_RETRIES = 4;

	/**
	 * Makes a call.
	 */
	abstract @Nullable Object call(Connection connection, Object message, MessageType<?> replyType,
			CallSettings settings);

	/**
	 * Returns the form of a return type.
	 */
	static CallForm of(Class<?> returned) {
		if (returned == Mono.class) {
			return MONO;
		}
		if (returned == Flux.class) {
			return FLUX;
		}
		if (returned == CompletableFuture.class || returned == CompletionStage.class) {
			return FUTURE;
		}
		return (returned == Optional.class) ? OPTIONAL : BLOCKING;
	}

	/**
	 * Returns whether the reply is the type argument of the return type.
	 */
	boolean hasContent() {
		return this != BLOCKING;
	}

	/**
	 * Returns whether the method may have no reply, as with {@code void}.
	 */
	boolean mayBeEmpty() {
		return this == BLOCKING || this == FUTURE || this == MONO;
	}

	/**
	 * Returns whether an empty reply is accepted.
	 */
	boolean acceptsEmptyReply() {
		return this == OPTIONAL || this == MONO || this == FUTURE || this == FLUX;
	}

	/**
	 * Returns the form that does not wait for the handler.
	 */
	CallForm oneWay() {
		return switch (this) {
			case FUTURE -> ONE_WAY_FUTURE;
			case MONO -> ONE_WAY_MONO;
			default -> ONE_WAY_BLOCKING;
		};
	}

	private static <T> Flux<T> replies(Connection connection, Object message, MessageType<T> replyType,
			CallSettings settings) {
		return Flux.defer(() -> {
			boolean[] begun = new boolean[1];
			boolean idempotent = settings.idempotent() || MessageType.of(message.getClass()).isIdempotent();
			return Flux
				.usingWhen(Mono.fromFuture(() -> connection.newStreamAsync(settings)),
						(stream) -> replies(stream, message, replyType, settings),
						(stream) -> Mono.fromRunnable(stream::close))
				.doOnNext((reply) -> begun[0] = true)
				.retryWhen(Retry.max(MAX_RETRIES)
					.filter((error) -> !begun[0] && isHarmless(error, idempotent))
					.onRetryExhaustedThrow((spec, signal) -> signal.failure()));
		});
	}

	/**
	 * Starts with a call, whose failure tells whether the message was processed. The
	 * first reply is the answer to the call.
	 */
	private static <T> Flux<T> replies(MessageStream stream, Object message, MessageType<T> replyType,
			CallSettings settings) {
		Duration timeout = settings.timeout();
		if (timeout != null) {
			stream.setReceiveTimeout(timeout);
		}
		return stream.reactive()
			.sendRecv(message, replyType, settings.asOnlyCall())
			.concatWith(stream.reactive().recvAll(replyType))
			.onErrorResume(EndOfStreamException.class, (end) -> Flux.empty());
	}

	/**
	 * Returns whether the message may be sent again, as after reaching an instance that
	 * shuts down.
	 */
	private static boolean isHarmless(Throwable error, boolean idempotent) {
		return error instanceof AdaptiveException adaptive && adaptive.code() == ErrorCode.UNAVAILABLE
				&& (idempotent || adaptive.delivery() != Delivery.UNKNOWN);
	}

}
