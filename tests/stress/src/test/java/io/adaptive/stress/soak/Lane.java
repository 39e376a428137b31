package io.adaptive.stress.soak;

import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

import io.adaptive.stream.MessageStream;
import io.adaptive.stress.soak.Messages.Receipt;

/**
 * One thread of the client's end: repeats episodes of one kind until the round is over.
 */
abstract class Lane {

	/** Nothing in the soak takes so long, unless something hangs. */
	private static final long STUCK_SECONDS = 60;

	private final Round round;

	private final SplittableRandom random;

	Lane(Round round, SplittableRandom random) {
		this.round = round;
		this.random = random;
	}

	/**
	 * Does something with the service, and closes the books of all that it sent.
	 */
	abstract void episode() throws InterruptedException;

	final Round round() {
		return this.round;
	}

	final Books books() {
		return this.round.books();
	}

	final SplittableRandom random() {
		return this.random;
	}

	final Cargo cargo() {
		return books().send(Cargo.bytes(this.random));
	}

	final Cargo smallCargo() {
		return books().send(Cargo.bytes(this.random, this.random.nextInt(256)));
	}

	final void pause(int maxMillis) {
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(this.random.nextInt(maxMillis + 1)));
	}

	/**
	 * Calls and waits on this thread.
	 */
	final void call(MessageStream stream, Cargo cargo, Object request) {
		try {
			answered(cargo, stream.sendRecv(request, Receipt.class));
		}
		catch (RuntimeException ex) {
			books().close(cargo, Outcome.of(ex));
		}
	}

	/**
	 * Calls without waiting.
	 */
	final Call begin(MessageStream stream, Cargo cargo, Object request) {
		return new Call(cargo, stream.async().sendRecv(request, Receipt.class));
	}

	/**
	 * Waits for the outcome of a call.
	 */
	final void end(Call call) throws InterruptedException {
		try {
			answered(call.cargo, call.answer.get(STUCK_SECONDS, TimeUnit.SECONDS));
		}
		catch (TimeoutException ex) {
			books().error("a call has no outcome after %d s".formatted(STUCK_SECONDS));
		}
		catch (ExecutionException | RuntimeException ex) {
			books().close(call.cargo, Outcome.of(ex));
		}
	}

	private void answered(Cargo cargo, Receipt receipt) {
		books().check(receipt.cargo());
		if (receipt.cargo().id() != cargo.id()) {
			books().error("call %d got the answer of %d".formatted(cargo.id(), receipt.cargo().id()));
		}
		books().close(cargo, Outcome.ANSWERED);
	}

	/**
	 * Sends one way.
	 * @return whether it left
	 */
	final boolean send(MessageStream stream, Cargo cargo, Object message) {
		try {
			stream.send(message);
			return true;
		}
		catch (RuntimeException ex) {
			books().close(cargo, Outcome.of(ex));
			return false;
		}
	}

	/**
	 * A call that waits for its outcome.
	 */
	record Call(Cargo cargo, CompletableFuture<Receipt> answer) {
	}

}
