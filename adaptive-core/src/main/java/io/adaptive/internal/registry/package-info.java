/**
 * Room {@code registry}: leases, journal, index and watches of a registry. Uses {@code
 * message} and {@code log}. Runs on the threads of its callers and one thread for the
 * disk.
 */
@NullMarked
package io.adaptive.internal.registry;

import org.jspecify.annotations.NullMarked;
