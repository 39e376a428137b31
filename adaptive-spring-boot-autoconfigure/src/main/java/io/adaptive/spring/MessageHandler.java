package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.adaptive.message.Priority;

/**
 * Marks a method of an {@link AdaptiveService} as the handler of one message type.
 * <p>
 * The method has a parameter for the message: a record, another concrete class, or a
 * sealed type, of which it handles all concrete types. It can have these further
 * parameters, in any order:
 * <ul>
 * <li>the {@link io.adaptive.stream.ContextStream}, for a conversation;</li>
 * <li>the {@link io.adaptive.stream.StreamContext}, the state of the service for the
 * stream, which can also close the connection with a reason;</li>
 * <li>the object of the stream: a parameter to which the result of the
 * {@link OnStreamOpen} method of the service is assignable;</li>
 * <li>the {@link io.adaptive.stream.ConnectionInfo} of the peer;</li>
 * <li>the {@link io.adaptive.stream.Deadline} of the caller.</li>
 * </ul>
 * The return value is the reply. A {@code Mono} or {@code CompletionStage} supplies it
 * asynchronously, and a {@code Flux} supplies several replies on a separate stream. If
 * the method returns nothing, a waiting caller receives the first message sent on the
 * stream or, if the method has no {@code ContextStream} parameter, an empty
 * acknowledgement. An exception is thrown at the caller.
 * <p>
 * If Bean Validation is available, a message with {@code @Valid} and other constraints on
 * parameters are validated first. The caller of an invalid message receives
 * {@link io.adaptive.message.ErrorCode#INVALID_ARGUMENT}.
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface MessageHandler {

	/**
	 * Returns the priority of the messages when they wait for a worker.
	 * @return the priority
	 */
	Priority priority() default Priority.NORMAL;

	/**
	 * Returns whether the method never blocks. It may then run on the event loop or,
	 * within a process, on the thread of the caller. If such a method blocks, it stalls
	 * all connections of the event loop.
	 * @return {@code true} if it never blocks; by default {@code false}
	 */
	boolean nonBlocking() default false;

	/**
	 * Returns whether the thread of the method is interrupted when the caller cancels or
	 * times out, or when the stream or connection of the message ends before the method
	 * returns. Together with {@link #nonBlocking()} the application fails to start.
	 * @return {@code true} if it is interrupted; by default {@code false}
	 * @see io.adaptive.handler.HandlerOptions#asInterruptible()
	 */
	boolean interruptible() default false;

}
