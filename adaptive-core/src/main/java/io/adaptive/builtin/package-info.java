/**
 * The built-in services, written with the public API, and what implements the seams of
 * the registry over the network.
 */
@NullMarked
package io.adaptive.builtin;

import org.jspecify.annotations.NullMarked;
