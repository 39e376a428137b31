package io.adaptive.internal.transport;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.raw.RawConnection;
import io.adaptive.spi.Link;
import org.jspecify.annotations.Nullable;

/**
 * The common part of raw connections over sockets and within a process.
 */
abstract class RawLink implements RawConnection {

	static final ErrorInfo BOTH_ENDED = new ErrorInfo(ErrorCode.OK, "both ends have ended their directions");

	private final Link link;

	private final Executor callbacks;

	private final AtomicReference<@Nullable ErrorInfo> closeCause = new AtomicReference<>();

	private final RawResult<ErrorInfo> closed;

	RawLink(Link link, Executor callbacks) {
		this.link = link;
		this.callbacks = callbacks;
		this.closed = new RawResult<>(callbacks);
	}

	@Override
	public final ServiceName service() {
		return this.link.service();
	}

	@Override
	public final Instance peer() {
		return this.link.peer();
	}

	@Override
	public final Scope scope() {
		return this.link.scope();
	}

	@Override
	public final Endpoint endpoint() {
		return this.link.endpoint();
	}

	@Override
	public final @Nullable InetSocketAddress peerAddress() {
		return this.link.peerAddress();
	}

	final Executor callbacks() {
		return this.callbacks;
	}

	/**
	 * Returns the number of bytes that may wait to be sent before more are refused.
	 */
	final long room() {
		return this.link.limits().streamCredit();
	}

	@Override
	public final boolean isOpen() {
		return this.closeCause.get() == null;
	}

	@Override
	public final CompletionStage<ErrorInfo> whenClosed() {
		return this.closed;
	}

	@Override
	public final void close() {
		close(new ErrorInfo(ErrorCode.CANCELLED, "closed by this side"));
	}

	/**
	 * Sets the cause of the end, unless one is set.
	 * @return whether the connection was open
	 */
	final boolean noteCause(ErrorInfo cause) {
		return this.closeCause.compareAndSet(null, cause);
	}

	/**
	 * Completes the future of {@link #whenClosed}, since the connection is closed.
	 */
	final void tellClosed() {
		ErrorInfo cause = this.closeCause.get();
		this.closed.arrive((cause != null) ? cause : BOTH_ENDED);
	}

	final ConnectionLostException lost() {
		ErrorInfo cause = this.closeCause.get();
		return new ConnectionLostException(service(), endpoint(), (cause != null) ? cause : BOTH_ENDED,
				Delivery.NOT_SENT);
	}

	static AdaptiveException ended() {
		return new AdaptiveException(ErrorCode.FAILED_PRECONDITION, Delivery.NOT_SENT,
				"This direction of the connection was ended", null);
	}

	static AdaptiveException full(long waiting) {
		return new AdaptiveException(ErrorCode.RESOURCE_EXHAUSTED, Delivery.NOT_SENT,
				"%s bytes wait to be sent; send more when an earlier write is done".formatted(waiting), null);
	}

	static <T extends @Nullable Object> CompletableFuture<T> failed(RuntimeException error) {
		return CompletableFuture.failedFuture(error);
	}

	@Override
	public String toString() {
		return "raw connection to %s@%s".formatted(service(), endpoint());
	}

}
