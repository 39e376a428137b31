package io.adaptive.internal.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.spi.Link;
import io.adaptive.spi.RawReceiver;
import io.adaptive.spi.ScopeTraffic;
import org.jspecify.annotations.Nullable;

/**
 * One end of a raw connection within a process. Bytes are copied once, into the inbox of
 * the other end.
 */
final class ProcessRawLink extends RawLink {

	/**
	 * Number of bytes that complete a write before they are read, as in the buffer of a
	 * socket.
	 */
	private static final int WINDOW = 64 * 1024;

	private final ByteInbox inbox;

	private final ScopeTraffic traffic;

	private final boolean isClient;

	private final ReentrantLock lock = new ReentrantLock();

	/** Writes that wait until the other end reads. */
	private final ArrayDeque<Waiting> writes = new ArrayDeque<>(1);

	private final AtomicBoolean outputEnded = new AtomicBoolean();

	/** In bytes, since the connection was opened. */
	private long written;

	private long readByPeer;

	private volatile boolean inputEnded;

	private volatile @Nullable ProcessRawLink other;

	private ProcessRawLink(Link link, Executor callbacks, boolean isClient) {
		super(link, callbacks);
		this.traffic = link.traffic();
		this.isClient = isClient;
		this.inbox = new ByteInbox(callbacks, () -> {
			// Bytes arrive without being requested.
		}, this::taken);
	}

	/**
	 * Creates both ends, and passes them to their receivers.
	 */
	static void open(Link client, RawReceiver clientReceiver, Link server, RawReceiver serverReceiver) {
		ProcessRawLink clientEnd = new ProcessRawLink(client, clientReceiver.callbacks(), true);
		ProcessRawLink serverEnd = new ProcessRawLink(server, serverReceiver.callbacks(), false);
		clientEnd.other = serverEnd;
		serverEnd.other = clientEnd;
		client.traffic().linkOpened(true);
		server.traffic().linkOpened(false);
		serverReceiver.opened().accept(serverEnd);
		clientReceiver.opened().accept(clientEnd);
	}

	private ProcessRawLink other() {
		ProcessRawLink current = this.other;
		if (current == null) {
			throw new IllegalStateException("The connection is not open yet");
		}
		return current;
	}

	@Override
	public CompletableFuture<ByteBuffer> read(int max) {
		return this.inbox.read(max);
	}

	private void taken(int count) {
		other().readByPeer(count);
	}

	private void readByPeer(int count) {
		List<Waiting> done = new ArrayList<>(1);
		this.lock.lock();
		try {
			this.readByPeer += count;
			while (!this.writes.isEmpty() && this.writes.element().doneAt() <= this.readByPeer) {
				done.add(this.writes.remove());
			}
		}
		finally {
			this.lock.unlock();
		}
		done.forEach((write) -> write.result().arrive(null));
	}

	@Override
	public CompletableFuture<@Nullable Void> write(ByteBuffer bytes) {
		RawResult<@Nullable Void> result = new RawResult<>(callbacks());
		this.lock.lock();
		try {
			RuntimeException refused = refusal();
			if (refused != null) {
				return failed(refused);
			}
			this.written += bytes.remaining();
			if (this.written - WINDOW <= this.readByPeer) {
				result.complete(null);
			}
			else {
				this.writes.add(new Waiting(result, this.written - WINDOW));
			}
			// Under the lock, so that bytes arrive in the order in which they are
			// counted.
			if (bytes.hasRemaining()) {
				other().inbox.add(copy(bytes));
			}
		}
		finally {
			this.lock.unlock();
		}
		return result;
	}

	private @Nullable RuntimeException refusal() {
		if (!isOpen()) {
			return lost();
		}
		if (this.outputEnded.get()) {
			return ended();
		}
		long waiting = this.written - this.readByPeer;
		return (waiting > room()) ? full(waiting) : null;
	}

	private static ByteBuffer copy(ByteBuffer bytes) {
		ByteBuffer copy = ByteBuffer.allocate(bytes.remaining());
		return copy.put(bytes.duplicate()).flip();
	}

	@Override
	public CompletableFuture<@Nullable Void> end() {
		if (!isOpen()) {
			return failed(lost());
		}
		if (!this.outputEnded.compareAndSet(false, true)) {
			return failed(ended());
		}
		other().peerHasEnded();
		if (this.inputEnded) {
			closeBoth(BOTH_ENDED, BOTH_ENDED);
		}
		return CompletableFuture.completedFuture(null);
	}

	private void peerHasEnded() {
		this.inputEnded = true;
		this.inbox.end();
	}

	/**
	 * Closes both ends. The other end can still read the bytes that have arrived.
	 */
	@Override
	public void close(ErrorInfo cause) {
		if (isOpen()) {
			closeBoth(cause, new ErrorInfo(ErrorCode.UNAVAILABLE, "the peer closed the connection"));
			this.inbox.end(lost(), true);
			other().inbox.end();
		}
	}

	private void closeBoth(ErrorInfo here, ErrorInfo there) {
		closed(here, true);
		other().closed(there, false);
	}

	private void closed(ErrorInfo cause, boolean isClosing) {
		if (!noteCause(cause)) {
			return;
		}
		List<Waiting> left;
		this.lock.lock();
		try {
			left = List.copyOf(this.writes);
			this.writes.clear();
		}
		finally {
			this.lock.unlock();
		}
		// As over sockets, bytes written by the closing end count as sent.
		left.forEach((write) -> {
			if (isClosing) {
				write.result().arrive(null);
			}
			else {
				write.result().fail(lost());
			}
		});
		this.traffic.linkClosed(this.isClient);
		tellClosed();
	}

	private record Waiting(RawResult<@Nullable Void> result, long doneAt) {
	}

}
