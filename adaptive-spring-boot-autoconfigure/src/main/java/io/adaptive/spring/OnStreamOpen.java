package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of an {@link AdaptiveService} that is called on a worker when a stream
 * opens, before its first handler, once for each. The connection itself is a stream, too.
 * In any order it may take the {@link io.adaptive.stream.StreamContext} and the
 * {@link io.adaptive.stream.ConnectionInfo}.
 * <p>
 * What it returns becomes the object of the stream, which handlers and
 * {@link OnStreamClose} methods take as a parameter. Of all such methods of a service one
 * may return something. {@link io.adaptive.stream.StreamContext#closeConnection} closes
 * the connection for a reason that the client is told.
 *
 * @see OnConnect
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface OnStreamOpen {

}
