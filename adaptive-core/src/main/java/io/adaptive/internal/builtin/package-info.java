/**
 * Room {@code builtin}: the built-in services that tell of a node and what it sees, each
 * a small file written with the public API. Uses {@code client} and {@code server}. Runs
 * on workers.
 */
@NullMarked
package io.adaptive.internal.builtin;

import org.jspecify.annotations.NullMarked;
