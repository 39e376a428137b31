/**
 * The built-in services that tell of a node and what it sees, each a small file written
 * with the public API.
 */
@NullMarked
package io.adaptive.builtin;

import org.jspecify.annotations.NullMarked;
