package io.adaptive.sample.quotes;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.ContextStream;

/**
 * Publishes to all subscribers and waits for none: a slow one gets gaps, and one that
 * receives nothing for a second is closed.
 */
@AdaptiveService(publisher = "example", name = "quotes")
class QuoteService {

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

	@MessageHandler
	void subscribe(Subscribe subscribe, ContextStream stream) {
		this.subscriptions.add(new Subscription(subscribe.name(), stream, PATIENCE));
	}

	/**
	 * Publishes a quote. For one thread.
	 */
	void publish(Quote quote) {
		for (Subscription each : this.subscriptions) {
			if (each.isOver()) {
				System.out.println("the service has closed " + each);
				this.subscriptions.remove(each);
			}
			else {
				each.offer(quote);
			}
		}
	}

	/**
	 * Returns the subscribers that are not closed.
	 */
	List<String> subscribers() {
		return this.subscriptions.stream().map(Subscription::name).sorted().toList();
	}

	/**
	 * Ends the subscriptions, each after what waits for its subscriber has left.
	 */
	void end() {
		this.subscriptions.forEach(Subscription::end);
	}

}
