package io.adaptive.spi;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.adaptive.raw.RawConnection;

/**
 * What an end does with a connection whose bytes are its own.
 *
 * @param callbacks runs the dependent stages of the connection's futures
 * @param opened gets the connection, once; must not block
 */
public record RawReceiver(Executor callbacks, Consumer<RawConnection> opened) {
}
