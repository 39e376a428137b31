/**
 * Server and client in one process, where messages are handed over by reference.
 */
@NullMarked
package io.adaptive.sample.hello;

import org.jspecify.annotations.NullMarked;
