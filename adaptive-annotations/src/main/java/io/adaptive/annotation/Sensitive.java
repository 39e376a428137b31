package io.adaptive.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Masks a part of a message in message traces, which show {@code ***} instead. On a type,
 * the annotation masks all values of that type. The transferred message is not changed.
 */
@Documented
@Inherited
@Target({ ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface Sensitive {

}
