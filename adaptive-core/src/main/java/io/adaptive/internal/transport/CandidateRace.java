package io.adaptive.internal.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;
import io.adaptive.spi.RawReceiver;
import org.jspecify.annotations.Nullable;

/**
 * Dials the candidate addresses of a node, staggered: the next one is tried when the one
 * before has failed or has not answered within {@link #MOMENT}. The first complete
 * handshake wins, and the other attempts are given up.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8305#section-5">RFC 8305, section
 * 5</a>, whose delay this is
 */
final class CandidateRace {

	/** Delay after which the next address is tried in parallel. */
	static final Duration MOMENT = Duration.ofMillis(250);

	private final List<Endpoint> candidates;

	private final LinkAcceptor acceptor;

	private final LinkAcceptor first = new First();

	private final BiFunction<Endpoint, LinkAcceptor, CompletableFuture<Link>> dial;

	private final Executor afterAMoment;

	private final AtomicBoolean won = new AtomicBoolean();

	private final CompletableFuture<Link> result = new CompletableFuture<>();

	private final List<Throwable> failures = new ArrayList<>();

	private int begun;

	/**
	 * Creates a race that has not begun.
	 * @param candidates the addresses
	 * @param acceptor gives the receiver of the winning link
	 * @param dial dials an address, does not block
	 * @param afterAMoment runs its tasks after {@link #MOMENT}, or never if the node is
	 * closed before
	 */
	CandidateRace(List<Endpoint> candidates, LinkAcceptor acceptor,
			BiFunction<Endpoint, LinkAcceptor, CompletableFuture<Link>> dial, Executor afterAMoment) {
		this.afterAMoment = afterAMoment;
		this.candidates = candidates;
		this.acceptor = acceptor;
		this.dial = dial;
	}

	CompletableFuture<Link> run() {
		tryNext(0);
		return this.result;
	}

	/**
	 * Dials a candidate, unless it is already dialled or the race is over.
	 */
	private void tryNext(int index) {
		if (!begin(index)) {
			return;
		}
		this.dial.apply(this.candidates.get(index), this.first).whenComplete((link, error) -> {
			if (link != null) {
				this.result.complete(link);
			}
			else {
				failed(index, error);
			}
		});
		this.afterAMoment.execute(() -> tryNext(index + 1));
	}

	private synchronized boolean begin(int index) {
		if (this.result.isDone() || index != this.begun || index == this.candidates.size()) {
			return false;
		}
		this.begun++;
		return true;
	}

	private void failed(int index, @Nullable Throwable error) {
		Throwable cause = (error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error;
		if (addFailure((cause != null) ? cause : new IllegalStateException("neither link nor error"))) {
			this.result.completeExceptionally(summary());
		}
		else {
			tryNext(index + 1);
		}
	}

	private synchronized boolean addFailure(Throwable error) {
		this.failures.add(error);
		return this.failures.size() == this.candidates.size();
	}

	/**
	 * Returns the error when all addresses failed. A code other than {@code UNAVAILABLE}
	 * takes precedence, as the more specific one.
	 */
	private synchronized Throwable summary() {
		ErrorCode code = this.failures.stream()
			.map((failure) -> (failure instanceof ConnectionRefusedException refused) ? refused.code()
					: ErrorCode.INTERNAL)
			.filter((each) -> each != ErrorCode.UNAVAILABLE)
			.findFirst()
			.orElse(ErrorCode.UNAVAILABLE);
		return new ConnectionRefusedException(code,
				this.failures.stream()
					.map((failure) -> String.valueOf(failure.getMessage()))
					.collect(Collectors.joining("; ")));
	}

	/**
	 * Acceptor that admits only the first link; otherwise both ends would have a
	 * connection for each candidate that answers.
	 */
	private final class First implements LinkAcceptor {

		@Override
		public Link.Receiver accept(Link link) {
			win();
			return CandidateRace.this.acceptor.accept(link);
		}

		@Override
		public boolean opensRaw() {
			return CandidateRace.this.acceptor.opensRaw();
		}

		@Override
		public RawReceiver acceptRaw(Link link) {
			win();
			return CandidateRace.this.acceptor.acceptRaw(link);
		}

		private void win() {
			if (!CandidateRace.this.won.compareAndSet(false, true)) {
				throw new ConnectionRefusedException(ErrorCode.CANCELLED,
						"another address of the node answered sooner");
			}
		}

	}

}
