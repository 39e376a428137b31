package io.adaptive.topidchart;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;

/**
 * A test that takes seconds, because it waits for processes or for time that passes. It
 * runs in the phase {@code integration-test}, so that the others are run often.
 */
@Tag("slow")
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface SlowTest {

}
