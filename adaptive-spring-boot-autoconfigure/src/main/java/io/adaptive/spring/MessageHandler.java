package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.adaptive.message.Priority;

/**
 * Marks a method of an {@link AdaptiveService} that is called with each message of one
 * type.
 * <p>
 * The method takes the message: a record, another concrete class or a sealed type, whose
 * concrete types it then handles all. In any order it may also take
 * <ul>
 * <li>the {@link io.adaptive.stream.ContextStream}, to converse;</li>
 * <li>the {@link io.adaptive.stream.StreamContext}, what the service remembers about the
 * stream, by which the method may also close the connection for a reason;</li>
 * <li>the stream's object: a parameter to which the result of the service's
 * {@link OnStreamOpen} method fits;</li>
 * <li>the {@link io.adaptive.stream.ConnectionInfo}, who speaks;</li>
 * <li>the {@link io.adaptive.stream.Deadline}, when the caller gives up.</li>
 * </ul>
 * What it returns is the reply; a {@code Mono} or {@code CompletionStage} gives it later,
 * and a {@code Flux} gives many on a stream of its own. If it returns nothing, a caller
 * who waits gets the first message sent on the stream or, when the method does not take
 * the {@code ContextStream}, an empty acknowledgement. What it throws becomes the
 * caller's exception.
 * <p>
 * Where Bean Validation is there, a message with {@code @Valid} and other constraints on
 * parameters are checked first; the caller of a message that is not valid gets
 * {@link io.adaptive.message.ErrorCode#INVALID_ARGUMENT}.
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface MessageHandler {

	/**
	 * Which messages go first when workers are scarce.
	 * @return the priority
	 */
	Priority priority() default Priority.NORMAL;

	/**
	 * Whether the method never waits, so that it may run where its message arrives: on
	 * the event loop or, within a process, on the thread of its caller. A method that
	 * waits for anything there stops all connections.
	 * @return whether it never waits
	 */
	boolean nonBlocking() default false;

	/**
	 * Whether the thread of the method is interrupted when the caller cancels or times
	 * out, or when the stream or connection of the message ends before the method has
	 * returned. Not together with {@link #nonBlocking()}, which ends the start.
	 * @return whether it is interrupted
	 * @see io.adaptive.handler.HandlerOptions#asInterruptible()
	 */
	boolean interruptible() default false;

}
