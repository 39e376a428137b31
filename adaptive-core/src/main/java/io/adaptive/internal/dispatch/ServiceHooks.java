package io.adaptive.internal.dispatch;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.adaptive.message.ErrorInfo;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.StreamContext;

/**
 * What a service wants to be told, on a worker. The hook of a stream's opening is done
 * before the stream's first handler runs.
 *
 * @param connected a connection can be used
 * @param disconnected a connection has ended
 * @param streamOpened a stream has opened
 * @param streamClosed a stream has closed
 */
public record ServiceHooks(Consumer<ConnectionInfo> connected, BiConsumer<ConnectionInfo, ErrorInfo> disconnected,
		Consumer<StreamContext> streamOpened, Consumer<StreamContext> streamClosed) {

	/** Wants to be told nothing. */
	public static final ServiceHooks NONE = new ServiceHooks((connection) -> {
	}, (connection, cause) -> {
	}, (stream) -> {
	}, (stream) -> {
	});

}
