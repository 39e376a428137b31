package io.adaptive.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keeps a part of a message out of message traces, which show {@code ***} in its place.
 * On a type, for all parts of that type wherever they are. What travels is not changed.
 */
@Documented
@Inherited
@Target({ ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface Sensitive {

}
