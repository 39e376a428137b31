package io.adaptive.internal.dispatch;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.adaptive.message.ErrorInfo;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.StreamContext;

/**
 * The hooks of a service, which run on a worker. The opening hook of a stream is done
 * before the stream's first handler runs.
 *
 * @param connected called when a connection is established
 * @param disconnected called when a connection has ended
 * @param streamOpened called when a stream has opened
 * @param streamClosed called when a stream has closed
 */
public record ServiceHooks(Consumer<ConnectionInfo> connected, BiConsumer<ConnectionInfo, ErrorInfo> disconnected,
		Consumer<StreamContext> streamOpened, Consumer<StreamContext> streamClosed) {

	/** No hooks. */
	public static final ServiceHooks NONE = new ServiceHooks((connection) -> {
	}, (connection, cause) -> {
	}, (stream) -> {
	}, (stream) -> {
	});

}
