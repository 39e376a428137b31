/**
 * Tests of Spring Boot applications with {@code @AdaptiveTest}.
 */
@NullMarked
package io.adaptive.test.spring;

import org.jspecify.annotations.NullMarked;
