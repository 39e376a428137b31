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
 * One end of a connection that carries bytes, and nothing of this framework after the
 * handshake: no frames, no credit, no signs of life. The two ends agree on what the bytes
 * mean.
 * <p>
 * Safe for use by many threads. No method blocks. Futures complete such that blocking for
 * them is safe on any thread but an event loop's; what hangs on them runs on the workers
 * of the node. A failed future has an {@link io.adaptive.message.AdaptiveException}.
 * <p>
 * A peer that has gone without a word is not noticed while nothing is written to it. Over
 * sockets the end of a program looks to its peer as {@link #end} does.
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
	 * Returns how near the other end is.
	 * @return the scope in which the opener found the service; LAN over TCP if it was
	 * given the address
	 */
	Scope scope();

	/**
	 * Returns where the accepting end was reached.
	 * @return the endpoint
	 */
	Endpoint endpoint();

	/**
	 * Returns the address that the peer has as seen from this end.
	 * @return the address, {@code null} where connections have none, which is all but TCP
	 */
	@Nullable InetSocketAddress peerAddress();

	/**
	 * Asks for the next bytes. Nothing is read from the peer that was not asked for, but
	 * what fits into one buffer; so a reader that does not ask holds up the writer at the
	 * other end.
	 * @param max how many bytes are wanted at most, at least 1
	 * @return 1 to {@code max} bytes, which belong to the caller; fails with
	 * {@link io.adaptive.message.EndOfStreamException} after the last byte if the peer
	 * has ended its direction, and with
	 * {@link io.adaptive.message.ConnectionLostException} if the connection is closed
	 * @throws IllegalArgumentException if {@code max} is below 1
	 * @throws IllegalStateException if another read is not done
	 */
	CompletableFuture<ByteBuffer> read(int max);

	/**
	 * Sends bytes, in the order of the calls of one thread.
	 * @param bytes all that remain in the buffer; they must not change before the future
	 * is done, and its position is left as it is
	 * @return completes when the bytes have left, or within a process are taken or few
	 * enough to wait for the reader; whoever sends the next bytes only then holds no more
	 * than these. Fails with {@code RESOURCE_EXHAUSTED} if more than a stream's credit
	 * already waits, with {@code FAILED_PRECONDITION} after {@link #end}, and with
	 * {@link io.adaptive.message.ConnectionLostException} if the connection is closed
	 */
	CompletableFuture<@Nullable Void> write(ByteBuffer bytes);

	/**
	 * Ends this direction after what was written before. The peer may go on sending. When
	 * both ends have ended their directions, the connection is closed.
	 * @return completes when the peer can see the end
	 */
	CompletableFuture<@Nullable Void> end();

	/**
	 * Returns whether neither end has closed the connection.
	 * @return {@code false} once it is closed
	 */
	boolean isOpen();

	/**
	 * Tells why the connection was closed.
	 * @return completes when it is closed, with {@code OK} if both ends had ended their
	 * directions
	 */
	CompletionStage<ErrorInfo> whenClosed();

	/**
	 * Closes both directions, after what was written before has left, in which a peer
	 * that does not read delays it by 5 seconds at most. What was not read is lost, and
	 * reads that wait fail. Closing twice does nothing.
	 * @param cause why; only this end is told
	 */
	void close(ErrorInfo cause);

	/**
	 * Closes both directions.
	 * @see #close(ErrorInfo)
	 */
	@Override
	void close();

}
