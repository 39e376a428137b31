package io.adaptive.internal.stream;

import io.adaptive.internal.wire.Protocol;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.spi.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a connection, from their opening to their end at either side. The
 * dispatcher of a server is notified of each once.
 */
final class ConnectionStreams implements MultiplexedStream.Owner {

	private final ConnectionState connection;

	private final @Nullable MessageDispatcher dispatcher;

	private final StreamTable table;

	/**
	 * Creates the default stream and an empty table of others.
	 * @param dispatcher the dispatcher of a server, {@code null} at the client's end
	 */
	ConnectionStreams(ConnectionState connection, @Nullable MessageDispatcher dispatcher) {
		this.connection = connection;
		this.dispatcher = dispatcher;
		this.table = new StreamTable(connection.link().traffic(), (id) -> new MultiplexedStream(connection, id, this));
	}

	MultiplexedStream defaultStream() {
		return this.table.defaultStream();
	}

	@Nullable MultiplexedStream find(int id) {
		return this.table.find(id);
	}

	int count() {
		return this.table.all().size();
	}

	/**
	 * Opens the next stream, at the client.
	 * @return the stream, {@code null} if the connection takes no new ones
	 */
	@Nullable MultiplexedStream openNext() {
		MultiplexedStream stream = this.table.openNext((next) -> this.connection.send(new Envelope.Open(next.id())));
		if (stream == null) {
			this.connection.availability().end("all stream ids of this connection are used");
		}
		return stream;
	}

	/**
	 * Notifies the dispatcher that the default stream is open, with its connection.
	 */
	void opened() {
		if (this.dispatcher != null) {
			this.dispatcher.streamOpened(defaultStream().context());
		}
	}

	/**
	 * Opens a stream at the request of the client.
	 */
	void opened(int id) {
		if (this.dispatcher == null || !this.table.mayOpen(id)) {
			this.connection.link().refuse("stream %s is not one that may be opened now".formatted(id));
			return;
		}
		MultiplexedStream stream = this.table.open(id);
		if (stream != null) {
			this.dispatcher.streamOpened(stream.context());
			return;
		}
		this.connection.sendIfPossible(new Envelope.Reset(id, new ErrorInfo(ErrorCode.RESOURCE_EXHAUSTED,
				"%s streams are open on this connection, the limit".formatted(Protocol.MAX_STREAMS))));
	}

	/**
	 * Ends a stream at the request of the peer. The default stream cannot be opened
	 * again, so its end makes the connection unavailable.
	 */
	void ended(int id, Termination termination) {
		MultiplexedStream stream = this.table.find(id);
		if (stream != null) {
			end(stream, termination);
		}
		if (stream == this.table.defaultStream()) {
			this.connection.availability().end("the peer closed the default stream");
		}
	}

	private void end(MultiplexedStream stream, Termination termination) {
		stream.end(termination);
		closed(stream, termination);
	}

	/**
	 * Ends all streams, and opens no others.
	 */
	void end(Termination termination) {
		this.table.close();
		this.table.all().forEach((stream) -> end(stream, termination));
	}

	/**
	 * Removes a stream that has ended, at either side.
	 */
	@Override
	public void closed(MultiplexedStream stream, Termination termination) {
		boolean known = this.table.remove(stream);
		this.connection.outgoingCalls().completeWhere((call) -> call.origin() == stream.output(), termination);
		this.connection.incomingCalls().cancelAllOf(stream.id());
		if (known && this.dispatcher != null) {
			this.dispatcher.streamClosed(stream.context());
		}
	}

}
