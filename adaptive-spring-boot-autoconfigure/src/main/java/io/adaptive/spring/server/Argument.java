package io.adaptive.spring.server;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.Deadline;
import io.adaptive.stream.StreamContext;
import org.jspecify.annotations.Nullable;

/**
 * What a method of a service can be given.
 */
enum Argument {

	/** What the call is about: the message, or the reason of an end. */
	SUBJECT,

	/** The stream, for a conversation. */
	STREAM,

	/** What the service remembers about the stream. */
	CONTEXT,

	/** What the service's hook returned when the stream opened. */
	OBJECT,

	/** The same, or {@code null}. */
	OBJECT_IF_ANY,

	/** Who speaks. */
	CONNECTION,

	/** When the caller gives up. */
	DEADLINE;

	/**
	 * Returns the argument for what a parameter's type alone tells.
	 */
	static @Nullable Argument ofType(Class<?> type) {
		if (type == ContextStream.class) {
			return STREAM;
		}
		if (type == StreamContext.class) {
			return CONTEXT;
		}
		if (type == ConnectionInfo.class) {
			return CONNECTION;
		}
		if (type == ErrorInfo.class) {
			return SUBJECT;
		}
		return (type == Deadline.class) ? DEADLINE : null;
	}

	@Nullable Object of(InvocationContext occasion) {
		return switch (this) {
			case SUBJECT -> occasion.subject();
			case STREAM -> occasion.stream();
			case CONTEXT -> occasion.context();
			case OBJECT -> objectOf(occasion.context());
			case OBJECT_IF_ANY -> (occasion.context() != null) ? occasion.context().get() : null;
			case CONNECTION -> occasion.connection();
			case DEADLINE -> Deadline.current();
		};
	}

	private static Object objectOf(@Nullable StreamContext context) {
		Object object = (context != null) ? context.get() : null;
		if (object == null) {
			throw new AdaptiveException(ErrorCode.FAILED_PRECONDITION,
					"There is no object in the %s: its @OnStreamOpen method failed, or returned null"
						.formatted(context));
		}
		return object;
	}

	/**
	 * Why a method is called, with all that is known.
	 */
	record InvocationContext(ConnectionInfo connection, @Nullable StreamContext context, @Nullable ContextStream stream,
			@Nullable Object subject) {

		static InvocationContext of(StreamContext context) {
			return new InvocationContext(context.connection(), context, null, null);
		}

	}

}
