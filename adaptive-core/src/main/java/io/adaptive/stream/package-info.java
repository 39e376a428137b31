/**
 * API: connections and their streams. A {@link io.adaptive.stream.Connection} is its own
 * default stream; {@link io.adaptive.stream.MessageStream} has the three calls {@code
 * send}, {@code recv} and {@code sendRecv}, {@link io.adaptive.stream.AsyncStream} has
 * them as futures and {@link io.adaptive.stream.ReactiveStream} for Reactor.
 */
@NullMarked
package io.adaptive.stream;

import org.jspecify.annotations.NullMarked;
