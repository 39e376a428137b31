package io.adaptive.internal.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A receive that begins when a message has left. Giving it up withdraws the message or,
 * if it has left, ends the receive, which then takes no message.
 */
final class SendThenReceive extends Operation<InboxItem> {

	private final Operation<@Nullable Void> sent;

	private final Supplier<Operation<InboxItem>> receive;

	/** Guarded by this. */
	private @Nullable Operation<InboxItem> receiving;

	/** Guarded by this. */
	private boolean givenUp;

	SendThenReceive(Operation<@Nullable Void> sent, Supplier<Operation<InboxItem>> receive) {
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
			Operation<InboxItem> begun = beginReceive();
			if (begun != null) {
				CompletableFuture<?> unused = begun.whenComplete(this::received);
			}
		}
		catch (RuntimeException | Error ex) {
			completeExceptionally(ex);
		}
	}

	private synchronized @Nullable Operation<InboxItem> beginReceive() {
		this.receiving = this.givenUp ? null : this.receive.get();
		return this.receiving;
	}

	private void received(InboxItem item, @Nullable Throwable error) {
		if (error == null) {
			complete(item);
		}
		else {
			completeExceptionally(
					(error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error);
		}
	}

	private synchronized @Nullable Operation<InboxItem> receivingUnlessGivenUp() {
		this.givenUp = this.receiving == null;
		return this.receiving;
	}

	@Override
	boolean claim() {
		Operation<InboxItem> begun = receivingUnlessGivenUp();
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
		Operation<InboxItem> begun = receivingUnlessGivenUp();
		return (begun != null) ? begun.giveUp() : !isDone();
	}

}
