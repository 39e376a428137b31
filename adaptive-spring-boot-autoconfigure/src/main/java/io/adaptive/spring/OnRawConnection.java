package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of an {@link AdaptiveService} that accepts raw connections, which carry
 * only bytes. It has one parameter, the {@link io.adaptive.raw.RawConnection}, and is
 * called on a worker, once per connection that a client opens with
 * {@link io.adaptive.client.AdaptiveClient#discoverRaw}.
 * <p>
 * The method may block. The connection stays open when it returns and is closed if it
 * throws. A service has at most one such method, and with it needs no
 * {@link MessageHandler}.
 *
 * @see io.adaptive.server.Service#onRawConnection
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface OnRawConnection {

}
