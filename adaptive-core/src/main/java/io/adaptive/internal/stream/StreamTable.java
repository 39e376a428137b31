package io.adaptive.internal.stream;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import io.adaptive.internal.wire.Protocol;
import io.adaptive.spi.ScopeTraffic;
import org.jspecify.annotations.Nullable;

/**
 * The open streams of a connection. Only the client opens streams; their ids are odd and
 * rise.
 */
final class StreamTable {

	private final ScopeTraffic traffic;

	private final IntFunction<MultiplexedStream> factory;

	/** Small, since most connections have only the default stream. */
	private final Map<Integer, MultiplexedStream> streams = new ConcurrentHashMap<>(1);

	private final ReentrantLock opening = new ReentrantLock();

	private final MultiplexedStream defaultStream;

	/** The id of the last stream opened by the client. */
	private int lastId = Protocol.DEFAULT_STREAM;

	/**
	 * Whether the connection is closed, so that no stream is added while its streams are
	 * ended.
	 */
	private boolean closed;

	/**
	 * Creates a table with the default stream.
	 * @param traffic counts the streams
	 */
	StreamTable(ScopeTraffic traffic, IntFunction<MultiplexedStream> factory) {
		this.traffic = traffic;
		this.factory = factory;
		this.defaultStream = add(Protocol.DEFAULT_STREAM);
	}

	private MultiplexedStream add(int id) {
		MultiplexedStream stream = this.factory.apply(id);
		this.streams.put(id, stream);
		this.traffic.streamOpened();
		return stream;
	}

	MultiplexedStream defaultStream() {
		return this.defaultStream;
	}

	@Nullable MultiplexedStream find(int id) {
		return (id == Protocol.DEFAULT_STREAM && !this.defaultStream.isEnded()) ? this.defaultStream
				: this.streams.get(id);
	}

	Collection<MultiplexedStream> all() {
		return this.streams.values();
	}

	/**
	 * Removes a stream.
	 * @return whether it was there
	 */
	boolean remove(MultiplexedStream stream) {
		boolean removed = this.streams.remove(stream.id(), stream);
		if (removed) {
			this.traffic.streamEnded();
		}
		return removed;
	}

	/**
	 * Opens the next stream, at the client.
	 * @param announcement sends the opening to the server; called in the order of the ids
	 * @return the stream, {@code null} if all ids are used or the connection is closed
	 */
	@Nullable MultiplexedStream openNext(Consumer<MultiplexedStream> announcement) {
		this.opening.lock();
		try {
			if (this.closed || this.lastId > Integer.MAX_VALUE - 2) {
				return null;
			}
			this.lastId += 2;
			MultiplexedStream stream = add(this.lastId);
			announce(stream, announcement);
			return stream;
		}
		finally {
			this.opening.unlock();
		}
	}

	private void announce(MultiplexedStream stream, Consumer<MultiplexedStream> announcement) {
		try {
			announcement.accept(stream);
		}
		catch (RuntimeException | Error ex) {
			remove(stream);
			throw ex;
		}
	}

	/**
	 * Stops opening streams.
	 */
	void close() {
		this.opening.lock();
		try {
			this.closed = true;
		}
		finally {
			this.opening.unlock();
		}
	}

	/**
	 * Notes at the server that the client opened a stream.
	 * @return whether the id is one that the client may open now
	 */
	boolean mayOpen(int id) {
		this.opening.lock();
		try {
			boolean allowed = id > this.lastId && id % 2 != 0;
			this.lastId = Math.max(this.lastId, id);
			return allowed;
		}
		finally {
			this.opening.unlock();
		}
	}

	/**
	 * Opens a stream at the server, after {@link #mayOpen}.
	 * @return the stream, {@code null} if too many are open or the connection is closed
	 */
	@Nullable MultiplexedStream open(int id) {
		this.opening.lock();
		try {
			return (!this.closed && this.streams.size() < Protocol.MAX_STREAMS) ? add(id) : null;
		}
		finally {
			this.opening.unlock();
		}
	}

}
