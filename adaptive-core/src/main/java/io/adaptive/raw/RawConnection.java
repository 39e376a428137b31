package io.adaptive.raw;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection that carries only bytes after the handshake: no frames, no
 * credit and no pings. The two ends agree on the meaning of the bytes.
 * <p>
 * Thread-safe. No method blocks. Blocking for a returned future is safe on any thread
 * except an event loop. Dependent stages of the futures run on workers of the node. A
 * future fails with an {@link io.adaptive.message.AdaptiveException}.
 * <p>
 * The disappearance of a peer is not detected while no bytes are written to it. Over
 * sockets the exit of a program appears to its peer like {@link #end}.
 */
public interface RawConnection extends AutoCloseable {

	/**
	 * Returns the service that the connection was opened for.
	 * @return the service
	 */
	ServiceName service();

	/**
	 * Returns the node at the other end.
	 * @return the peer
	 */
	Instance peer();

	/**
	 * Returns the scope of the connection.
	 * @return the scope in which the opener found the service; LAN over TCP if the opener
	 * used an address
	 */
	Scope scope();

	/**
	 * Returns the endpoint of the accepting end.
	 * @return the endpoint
	 */
	Endpoint endpoint();

	/**
	 * Returns the address of the peer, as seen from this end.
	 * @return the address, {@code null} for connections other than TCP
	 */
	@Nullable InetSocketAddress peerAddress();

	/**
	 * Reads the next bytes. Except for one buffer, bytes are read from the peer only on
	 * request, so a reader that does not call this method stalls the writer at the other
	 * end.
	 * @param max the maximum number of bytes, at least 1
	 * @return 1 to {@code max} bytes, owned by the caller. Fails with
	 * {@link io.adaptive.message.EndOfStreamException} after the last byte if the peer
	 * has ended its direction, and with
	 * {@link io.adaptive.message.ConnectionLostException} if the connection is closed
	 * @throws IllegalArgumentException if {@code max} is below 1
	 * @throws IllegalStateException if a previous read has not completed
	 */
	CompletableFuture<ByteBuffer> read(int max);

	/**
	 * Writes bytes. The calls of one thread keep their order.
	 * @param bytes the remaining bytes of the buffer; they must not change before the
	 * future completes. The position of the buffer is not changed
	 * @return completes when the bytes were written, or within a process when the reader
	 * took them or few enough bytes wait for the reader. A writer that waits for it
	 * before the next call buffers no more than these bytes. Fails with
	 * {@code RESOURCE_EXHAUSTED} if more bytes than the stream credit are already
	 * waiting, with {@code FAILED_PRECONDITION} after {@link #end}, and with
	 * {@link io.adaptive.message.ConnectionLostException} if the connection is closed
	 */
	CompletableFuture<@Nullable Void> write(ByteBuffer bytes);

	/**
	 * Ends this direction after the bytes written before. The peer can continue to send.
	 * The connection is closed when both ends have ended their directions.
	 * @return completes when the end was sent to the peer
	 */
	CompletableFuture<@Nullable Void> end();

	/**
	 * Returns whether the connection is open.
	 * @return {@code false} once either end has closed it
	 */
	boolean isOpen();

	/**
	 * Returns a stage that completes when the connection is closed.
	 * @return completes with the reason, {@code OK} if both ends had ended their
	 * directions
	 */
	CompletionStage<ErrorInfo> whenClosed();

	/**
	 * Closes both directions after the bytes written before were sent. A peer that does
	 * not read delays this by at most 5 seconds. Unread bytes are discarded, and a
	 * pending read fails. Closing again has no effect.
	 * @param cause the reason, which is reported at this end only
	 */
	void close(ErrorInfo cause);

	/**
	 * Closes both directions, with the reason {@code CANCELLED}.
	 * @see #close(ErrorInfo)
	 */
	@Override
	void close();

}
