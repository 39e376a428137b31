package io.adaptive.sample.quotes;

import java.util.ArrayList;
import java.util.List;

import org.springframework.stereotype.Component;

/**
 * Makes quotes.
 */
@Component
class Market {

	private static final int BURST = 100;

	private final QuoteService service;

	private long quotes;

	Market(QuoteService service) {
		this.service = service;
	}

	/**
	 * Publishes a hundred quotes, faster than any slow subscriber can receive them.
	 * @return the quotes
	 */
	List<Quote> burst() {
		List<Quote> burst = new ArrayList<>();
		for (int i = 0; i < BURST; i++) {
			Quote quote = new Quote(++this.quotes, 100 + i);
			this.service.publish(quote);
			burst.add(quote);
		}
		return burst;
	}

	long quotes() {
		return this.quotes;
	}

}
