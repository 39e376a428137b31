/**
 * Room {@code server}: publishing a service, accepting its connections, draining and
 * closing them. Uses {@code dispatch} and {@code registry}. Runs on the threads of
 * callers and on workers.
 */
@NullMarked
package io.adaptive.internal.server;

import org.jspecify.annotations.NullMarked;
