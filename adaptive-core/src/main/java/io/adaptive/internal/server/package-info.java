/**
 * Room {@code server}: the publication of services, the acceptance of their connections,
 * draining and closing. Uses {@code dispatch} and {@code registry}. Runs on the threads
 * of callers and on workers.
 */
@NullMarked
package io.adaptive.internal.server;

import org.jspecify.annotations.NullMarked;
