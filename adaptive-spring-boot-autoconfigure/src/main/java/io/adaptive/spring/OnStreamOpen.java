package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of an {@link AdaptiveService} that is called on a worker when a stream
 * was opened, once per stream and before its first handler. The default stream of a
 * connection is included. The method can have parameters for the
 * {@link io.adaptive.stream.StreamContext} and the
 * {@link io.adaptive.stream.ConnectionInfo}, in any order.
 * <p>
 * The return value becomes the object of the stream, which handlers and
 * {@link OnStreamClose} methods can have as a parameter. Only one such method of a
 * service may return a value. {@link io.adaptive.stream.StreamContext#closeConnection}
 * closes the connection with a reason that is sent to the client.
 *
 * @see OnConnect
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface OnStreamOpen {

}
