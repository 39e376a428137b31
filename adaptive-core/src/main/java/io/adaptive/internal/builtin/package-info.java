/**
 * Room {@code builtin}: the built-in services, which describe a node and the services it
 * finds. Each is written with the public API. Uses {@code client} and {@code server}.
 * Runs on workers.
 */
@NullMarked
package io.adaptive.internal.builtin;

import org.jspecify.annotations.NullMarked;
