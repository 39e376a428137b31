package io.adaptive.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A receive that begins when a message has left. Giving it up takes the message back or,
 * if it has left, ends the receive, which then takes no message.
 */
final class SendThenReceive extends Operation<Arrival> {

	private final Operation<@Nullable Void> sent;

	private final Supplier<Operation<Arrival>> receive;

	/** Guarded by this. */
	private @Nullable Operation<Arrival> receiving;

	/** Guarded by this. */
	private boolean givenUp;

	SendThenReceive(Operation<@Nullable Void> sent, Supplier<Operation<Arrival>> receive) {
		this.sent = sent;
		this.receive = receive;
	}

	SendThenReceive begin() {
		CompletableFuture<?> unused = this.sent.whenComplete((left, error) -> {
			if (error != null) {
				completeExceptionally(error);
			}
			else {
				receive();
			}
		});
		return this;
	}

	private void receive() {
		try {
			Operation<Arrival> begun = beginReceive();
			if (begun != null) {
				CompletableFuture<?> unused = begun.whenComplete(this::received);
			}
		}
		catch (RuntimeException | Error ex) {
			completeExceptionally(ex);
		}
	}

	private synchronized @Nullable Operation<Arrival> beginReceive() {
		this.receiving = this.givenUp ? null : this.receive.get();
		return this.receiving;
	}

	private void received(Arrival arrival, @Nullable Throwable error) {
		if (error == null) {
			complete(arrival);
		}
		else {
			completeExceptionally(
					(error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error);
		}
	}

	private synchronized @Nullable Operation<Arrival> receivingUnlessGivenUp() {
		this.givenUp = this.receiving == null;
		return this.receiving;
	}

	@Override
	boolean claim() {
		Operation<Arrival> begun = receivingUnlessGivenUp();
		return begun == null || begun.claim();
	}

	@Override
	String awaited() {
		return "answer";
	}

	@Override
	boolean giveUp() {
		if (this.sent.giveUp()) {
			return true;
		}
		Operation<Arrival> begun = receivingUnlessGivenUp();
		return (begun != null) ? begun.giveUp() : !isDone();
	}

}
