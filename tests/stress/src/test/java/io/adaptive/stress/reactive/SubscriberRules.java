package io.adaptive.stress.reactive;

import java.util.function.Supplier;

import org.reactivestreams.Subscriber;
import org.reactivestreams.tck.SubscriberBlackboxVerification;
import org.reactivestreams.tck.TestEnvironment;

/**
 * The rules for subscribers.
 */
public final class SubscriberRules extends SubscriberBlackboxVerification<Object> {

	private final Supplier<Subscriber<Object>> subscribers;

	SubscriberRules(Supplier<Subscriber<Object>> subscribers) {
		super(new TestEnvironment(PublisherRules.TIMEOUT_MILLIS, PublisherRules.SILENCE_MILLIS));
		this.subscribers = subscribers;
	}

	@Override
	public Subscriber<Object> createSubscriber() {
		return this.subscribers.get();
	}

	@Override
	public Object createElement(int element) {
		return new ReactiveStreamsTests.Number(element);
	}

}
