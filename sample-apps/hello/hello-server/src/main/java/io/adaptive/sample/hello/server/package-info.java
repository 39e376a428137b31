/**
 * The hello service.
 */
@NullMarked
package io.adaptive.sample.hello.server;

import org.jspecify.annotations.NullMarked;
