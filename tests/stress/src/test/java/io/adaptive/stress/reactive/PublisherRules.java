package io.adaptive.stress.reactive;

import java.util.function.LongFunction;

import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;

/**
 * The rules for publishers.
 */
public final class PublisherRules extends PublisherVerification<Object> {

	/** Far above what a machine that is busy needs for one signal. */
	static final long TIMEOUT_MILLIS = 5000;

	/** How long the TCK waits for signals that must not come. */
	static final long SILENCE_MILLIS = 50;

	private final long max;

	private final LongFunction<Publisher<?>> publishers;

	private final Publisher<?> failed;

	/**
	 * Makes the rules.
	 * @param max how many elements a publisher can have
	 * @param publishers makes a publisher of so many elements
	 * @param failed makes a publisher that fails, {@code null} if there is none
	 */
	PublisherRules(long max, LongFunction<Publisher<?>> publishers, Publisher<?> failed) {
		super(new TestEnvironment(TIMEOUT_MILLIS, SILENCE_MILLIS), 1000L);
		this.max = max;
		this.publishers = publishers;
		this.failed = failed;
	}

	@Override
	@SuppressWarnings("unchecked")
	public Publisher<Object> createPublisher(long elements) {
		return (Publisher<Object>) this.publishers.apply(elements);
	}

	@Override
	@SuppressWarnings("unchecked")
	public Publisher<Object> createFailedPublisher() {
		return (Publisher<Object>) this.failed;
	}

	@Override
	public long maxElementsFromPublisher() {
		return this.max;
	}

}
