package io.adaptive.network;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Providers that take their service back while it is used, each when its turn comes, and
 * publish it again.
 *
 * @param round what the client saw
 * @param calls what became of the calls
 */
record CleanLeaves(Round round, Calls calls) {

	private static final int RATE = 2_000;

	private static final int LEAVES = 4;

	private static final int CALLS = 20_000;

	static CleanLeaves of(Client client, List<Provider> providers) {
		List<Provider> current = new ArrayList<>(providers);
		client.rate(RATE);
		Round round = Round.none();
		for (int leaving = 0; leaving < LEAVES; leaving++) {
			client.answers(CALLS / LEAVES);
			Provider used = client.used(current);
			current.set(current.indexOf(used), round.add(client, used));
		}
		client.answers(RATE);
		return new CleanLeaves(round, client.end());
	}

	/**
	 * Adds its rows to the table, and checks it.
	 * @param scope how the client finds
	 * @param goal how soon what is published again is to appear, in milliseconds
	 */
	void report(String scope, long goal) {
		NetworkTable.add(scope + ": 4 clean leaves of the provider in use", "it gone", Goal.GONE, this.round.gone(),
				this.calls);
		NetworkTable.add("the same, each publishes again", "it appear", goal, this.round.back());
		assertThat(this.calls.answered()).isGreaterThan(CALLS);
		assertThat(this.calls.failed()).isZero();
		assertThat(this.round.gone()).allMatch((millis) -> millis < Goal.limit(Goal.GONE));
		assertThat(this.round.back()).allMatch((millis) -> millis < Goal.limit(goal));
	}

}
