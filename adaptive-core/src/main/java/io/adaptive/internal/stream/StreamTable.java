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
 * The open streams of a connection. The client's ids are odd and rise, and nobody but the
 * client opens streams.
 */
final class StreamTable {

	private final ScopeTraffic traffic;

	private final IntFunction<MultiplexedStream> factory;

	/** Small, since most connections have the default stream alone. */
	private final Map<Integer, MultiplexedStream> streams = new ConcurrentHashMap<>(1);

	private final ReentrantLock opening = new ReentrantLock();

	private final MultiplexedStream defaultStream;

	/** The last stream that was opened here, or at the other end for the server. */
	private int lastId = Protocol.DEFAULT_STREAM;

	/** The connection is gone, and whoever ends its streams must find all of them. */
	private boolean closed;

	/**
	 * Makes a table with the default stream.
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
	 * @param announcement tells the server; called in the order of the ids
	 * @return the stream, {@code null} if all ids are used or the connection is gone
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
	 * Opens no stream any more.
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
	 * @return whether the client may open that one now
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
	 * Opens a stream that the client may open, at the server.
	 * @return the stream, {@code null} if too many are open or the connection is gone
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
