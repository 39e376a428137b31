package io.adaptive.network;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Providers that take their service back while it is used, each when its turn comes, and
 * publish it again.
 *
 * @param gone how long after each the client saw it, in milliseconds
 * @param back how long after it was published again the client saw it
 * @param calls what became of the calls
 */
record CleanLeaves(List<Long> gone, List<Long> back, Calls calls) {

	private static final int RATE = 2_000;

	private static final int LEAVES = 4;

	private static final int CALLS = 20_000;

	static CleanLeaves of(Client client, List<Provider> providers) {
		List<Provider> current = new ArrayList<>(providers);
		client.rate(RATE);
		List<Long> gone = new ArrayList<>();
		List<Long> back = new ArrayList<>();
		for (int leaving = 0; leaving < LEAVES; leaving++) {
			client.answers(CALLS / LEAVES);
			Provider used = client.used(current);
			gone.add(client.millisToGo(used, used.unpublish()));
			Provider again = used.publish();
			back.add(client.millisToAppear(again));
			current.set(current.indexOf(used), again);
		}
		client.answers(RATE);
		return new CleanLeaves(gone, back, client.end());
	}

	/**
	 * Adds its rows to the table, and checks it.
	 * @param scope how the client finds
	 * @param appear the goal for what is published again
	 */
	void report(String scope, long appear) {
		NetworkTable.add(scope + ": 4 clean leaves of the provider in use", "it gone", Goal.GONE, this.gone,
				this.calls);
		NetworkTable.add("the same, each publishes again", "it appear", appear, this.back);
		assertThat(this.back).allMatch((millis) -> millis < appear);
		assertThat(this.calls.answered()).isGreaterThan(CALLS);
		assertThat(this.calls.failed()).isZero();
		assertThat(this.gone).allMatch((millis) -> millis < Goal.GONE);
	}

}
