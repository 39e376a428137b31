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
 * The kinds of arguments of the methods of a service.
 */
enum Argument {

	/** The subject of the call: the message, or the reason of an end. */
	SUBJECT,

	/** The stream, for a conversation. */
	STREAM,

	/** The context of the stream. */
	CONTEXT,

	/** The object of the stream, as returned by the hook that opened it. */
	OBJECT,

	/** The object of the stream, or {@code null}. */
	OBJECT_IF_ANY,

	/** Information about the connection. */
	CONNECTION,

	/** The deadline of the caller. */
	DEADLINE;

	/**
	 * Returns the kind of argument that the type of a parameter determines.
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
	 * The context in which a method is called.
	 */
	record InvocationContext(ConnectionInfo connection, @Nullable StreamContext context, @Nullable ContextStream stream,
			@Nullable Object subject) {

		static InvocationContext of(StreamContext context) {
			return new InvocationContext(context.connection(), context, null, null);
		}

	}

}
