package io.adaptive.sample.quotes;

import java.util.List;
import java.util.stream.Stream;

/**
 * The subscribers that receive, each on a thread of its own.
 */
record Subscribers(List<QuoteReader> fast, QuoteReader slow, List<Thread> threads) {

	static Subscribers start(List<QuoteReader> fast, QuoteReader slow) {
		List<Thread> threads = Stream.concat(fast.stream(), Stream.of(slow)).map(Thread::new).toList();
		threads.forEach(Thread::start);
		return new Subscribers(fast, slow, threads);
	}

	/**
	 * Waits for the fast ones, so that the sample shows the same on every machine.
	 */
	void awaitFast(long number) throws InterruptedException {
		while (this.fast.stream().anyMatch((each) -> each.latest() < number)) {
			Thread.sleep(1);
		}
	}

	void join() throws InterruptedException {
		for (Thread thread : this.threads) {
			thread.join();
		}
	}

}
