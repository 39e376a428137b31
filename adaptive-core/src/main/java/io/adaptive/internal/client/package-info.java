/**
 * Room {@code client}: choosing an instance, connecting, reconnecting, retrying. Uses
 * {@code discovery} and {@code stream}. Runs on the threads of callers and on callback
 * threads.
 */
@NullMarked
package io.adaptive.internal.client;

import org.jspecify.annotations.NullMarked;
