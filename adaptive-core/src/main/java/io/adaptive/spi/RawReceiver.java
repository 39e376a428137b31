package io.adaptive.spi;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.adaptive.raw.RawConnection;

/**
 * The receiver of a raw connection.
 * 
 * @param callbacks the executor for dependent stages of the futures of the connection
 * @param opened receives the connection, once; must not block
 */
public record RawReceiver(Executor callbacks, Consumer<RawConnection> opened) {
}
