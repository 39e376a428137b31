package io.adaptive.internal.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ReceiveTimeoutException;
import io.adaptive.stream.CallContext;
import org.jspecify.annotations.Nullable;

/**
 * An operation on a stream: the common implementation of the blocking and the
 * asynchronous form of a call. Completed on any thread.
 * <p>
 * The blocking form waits here instead of in {@link CompletableFuture#get()}, which
 * creates objects for each wait and, on a virtual thread, parks several frames deeper.
 *
 * @param <T> the result
 */
abstract class Operation<T extends @Nullable Object> extends CompletableFuture<T> {

	/** A send that completed without waiting. */
	static final Operation<@Nullable Void> SENT = sent();

	private volatile @Nullable Thread waiter;

	/** The registration of this operation with the handler that began it. */
	private volatile CallContext.@Nullable Binding handler;

	private static Operation<@Nullable Void> sent() {
		Operation<@Nullable Void> sent = new Operation<>() {

			@Override
			String awaited() {
				return "credit";
			}

			@Override
			boolean giveUp() {
				return false;
			}

		};
		sent.complete(null);
		return sent;
	}

	/**
	 * Returns the awaited object, as text.
	 */
	abstract String awaited();

	/**
	 * Gives the operation up. A result that is not claimed yet may go back to its source.
	 * @return {@code false} if the operation has its result, and keeps it
	 */
	abstract boolean giveUp();

	/**
	 * Claims the result; from then on the operation cannot be given up.
	 * @return {@code false} if the operation was given up before
	 */
	boolean claim() {
		return true;
	}

	@Override
	public boolean complete(T value) {
		boolean first = super.complete(value);
		wake();
		return first;
	}

	@Override
	public boolean completeExceptionally(Throwable error) {
		boolean first = super.completeExceptionally(error);
		wake();
		return first;
	}

	/**
	 * Registers the operation with the message that the calling thread handles: it ends
	 * with {@link ErrorCode#CANCELLED} when that message is cancelled, unless there is a
	 * result by then.
	 */
	final Operation<T> ofHandler() {
		if (this.handler == null && !isDone() && PropagatedContext.isCancellable()) {
			this.handler = PropagatedContext.onCancel(this::cancelledByCaller);
		}
		return this;
	}

	private void cancelledByCaller() {
		if (giveUp()) {
			completeExceptionally(PropagatedContext.cancelled(deliveryWhenGivenUp()));
		}
	}

	/**
	 * Removes the registration: a cancel has no effect any more.
	 */
	final void leaveHandler() {
		CallContext.Binding entry = this.handler;
		if (entry != null) {
			entry.close();
		}
	}

	/**
	 * Returns the delivery of the message when this was given up.
	 */
	Delivery deliveryWhenGivenUp() {
		return Delivery.UNKNOWN;
	}

	private void wake() {
		Thread thread = this.waiter;
		if (thread != null) {
			LockSupport.unpark(thread);
		}
	}

	/**
	 * Waits for the result on this thread. Called by one thread only.
	 * @param deadline the deadline
	 * @throws ReceiveTimeoutException if the time is up
	 */
	final T await(WaitDeadline deadline) {
		try {
			if (isDone()) {
				doneAtOnce();
			}
			else if (!park(deadline)) {
				return afterTimeout(deadline);
			}
			return result();
		}
		finally {
			leaveHandler();
		}
	}

	/**
	 * Called when there was nothing to wait for.
	 */
	void doneAtOnce() {
	}

	/**
	 * Parks until there is a result.
	 * @return whether it came in time
	 */
	private boolean park(WaitDeadline deadline) {
		this.waiter = Thread.currentThread();
		while (!isDone()) {
			giveUpIfInterrupted();
			if (!deadline.limited()) {
				LockSupport.park(this);
				continue;
			}
			long left = deadline.leftNanos();
			if (left <= 0) {
				return false;
			}
			LockSupport.parkNanos(this, left);
		}
		return true;
	}

	private void giveUpIfInterrupted() {
		if (Thread.currentThread().isInterrupted()) {
			boolean unused = giveUp();
			checkInterrupt(awaited(), Delivery.UNKNOWN);
		}
	}

	/**
	 * Checks that the thread is not interrupted, and leaves its flag set.
	 * @param awaited the awaited object, as text
	 * @param delivery the delivery of the message
	 */
	static void checkInterrupt(String awaited, Delivery delivery) {
		if (Thread.currentThread().isInterrupted()) {
			throw new AdaptiveException(ErrorCode.CANCELLED, delivery, "Interrupted while waiting for " + awaited,
					null);
		}
	}

	/**
	 * Gives up after the timeout, unless there is a result by then.
	 */
	private T afterTimeout(WaitDeadline deadline) {
		giveUpAfter(deadline);
		return result();
	}

	/**
	 * Gives up unless there is a result by then.
	 * @throws AdaptiveException if the operation was given up
	 */
	private void giveUpAfter(WaitDeadline deadline) {
		if (!isDone() && giveUp()) {
			throw timedOut(deadline);
		}
	}

	/**
	 * Returns the error of an operation without a result at its deadline.
	 */
	final AdaptiveException timedOut(WaitDeadline deadline) {
		return timedOut("No %s within %s ms".formatted(awaited(), deadline.millis()));
	}

	/**
	 * Returns the error of a timeout.
	 */
	AdaptiveException timedOut(String message) {
		return new ReceiveTimeoutException(message);
	}

	private T result() {
		T result = outcome();
		if (!claim()) {
			// Given up for the caller of the handler, at the same time as the result.
			throw PropagatedContext.cancelled(deliveryWhenGivenUp());
		}
		return result;
	}

	private T outcome() {
		try {
			return join();
		}
		catch (CompletionException ex) {
			throw unwrap(ex);
		}
	}

	private static RuntimeException unwrap(Throwable wrapper) {
		Throwable cause = wrapper.getCause();
		return (cause instanceof RuntimeException usual) ? usual : new IllegalStateException(wrapper);
	}

	/**
	 * Returns the cause of the failure of an operation.
	 * @param error the error of one of its stages
	 */
	static RuntimeException causeOf(Throwable error) {
		return unwrap((error instanceof CompletionException) ? error : new CompletionException(error));
	}

}
