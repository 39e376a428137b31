package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of an {@link AdaptiveService} that takes the service's raw connections,
 * which carry nothing but bytes. It has one parameter, the
 * {@link io.adaptive.raw.RawConnection}, and is called on a worker, once for each
 * connection that a client opens with
 * {@link io.adaptive.client.AdaptiveClient#discoverRaw}. It may block; the connection
 * stays open when it returns, and is closed if it throws. A service has one such method
 * at most, and needs no {@link MessageHandler} then.
 *
 * @see io.adaptive.server.Service#onRawConnection
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface OnRawConnection {

}
