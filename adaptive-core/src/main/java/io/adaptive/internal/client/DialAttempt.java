package io.adaptive.internal.client;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;
import org.jspecify.annotations.Nullable;

/**
 * One dial, until there is a connection or an error.
 */
final class DialAttempt {

	private final String target;

	private final AtomicBoolean won;

	private final AtomicReference<@Nullable MultiplexedConnection> opened = new AtomicReference<>();

	private final CompletableFuture<Link> link;

	private volatile boolean outrun;

	/**
	 * Begins to dial.
	 * @param target the target, as text
	 * @param won whether one of several attempts has a connection; the others get none
	 * @param connect creates a connection over the accepted link
	 * @param dial opens the link
	 */
	DialAttempt(String target, AtomicBoolean won, Function<Link, MultiplexedConnection> connect,
			Function<LinkAcceptor, CompletableFuture<Link>> dial) {
		this.target = target;
		this.won = won;
		this.link = dial.apply((accepted) -> {
			if (!won.compareAndSet(false, true)) {
				this.outrun = true;
				throw new ConnectionRefusedException(ErrorCode.CANCELLED, "another instance answered sooner");
			}
			MultiplexedConnection connection = connect.apply(accepted);
			this.opened.set(connection);
			return connection.receiver();
		});
	}

	void whenDone(Runnable done) {
		CompletableFuture<?> unused = this.link.whenComplete((opened, error) -> done.run());
	}

	boolean isDone() {
		return this.link.isDone();
	}

	/**
	 * Returns whether the peer answered after another attempt had a connection.
	 */
	boolean isOutrun() {
		return this.outrun;
	}

	/**
	 * Returns the connection of an attempt that is done.
	 * @throws ConnectionRefusedException if the peer refused it, or was not reached
	 */
	MultiplexedConnection connection() {
		try {
			this.link.get();
			return Objects.requireNonNull(this.opened.get());
		}
		catch (ExecutionException ex) {
			throw failed(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AdaptiveException(ErrorCode.CANCELLED, Delivery.NOT_SENT,
					"Interrupted while connecting to " + this.target, ex);
		}
	}

	private AdaptiveException failed(@Nullable Throwable error) {
		if (this.opened.get() != null) {
			// The link was accepted but not opened: another attempt may win.
			this.won.set(false);
		}
		Throwable cause = (error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error;
		if (cause instanceof ConnectionRefusedException refused) {
			return new ConnectionRefusedException(refused.code(), String.valueOf(refused.getMessage()));
		}
		return new AdaptiveException(ErrorCode.INTERNAL, Delivery.NOT_SENT, "Cannot connect to " + this.target, cause);
	}

	/**
	 * Closes the link if it is still opened.
	 */
	void abandon() {
		CompletableFuture<Void> unused = this.link
			.thenAccept((late) -> late.close(new ErrorInfo(ErrorCode.CANCELLED, "connected too late")));
	}

	@Override
	public String toString() {
		return this.target;
	}

}
