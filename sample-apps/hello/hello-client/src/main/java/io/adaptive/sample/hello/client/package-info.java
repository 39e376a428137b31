/**
 * A client of the hello service.
 */
@NullMarked
package io.adaptive.sample.hello.client;

import org.jspecify.annotations.NullMarked;
