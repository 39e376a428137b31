package io.adaptive.network;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Running programs that take their service back and publish it again, one after the
 * other: what is measured then is discovery, and no program that starts.
 *
 * @param gone how long after each the client saw it, in milliseconds
 * @param back how long after it was published again the client saw it
 */
record Round(List<Long> gone, List<Long> back) {

	static Round of(Client client, List<Provider> providers) {
		Round round = new Round(new ArrayList<>(), new ArrayList<>());
		providers.forEach((provider) -> round.add(client, provider));
		return round;
	}

	static Round none() {
		return new Round(new ArrayList<>(), new ArrayList<>());
	}

	Provider add(Client client, Provider provider) {
		this.gone.add(client.millisToGo(provider, provider.unpublish()));
		Provider again = provider.publish();
		this.back.add(client.millisToAppear(again));
		return again;
	}

	/**
	 * Adds its rows to the table, and checks it.
	 * @param name the case
	 * @param goal how soon each is to appear, in milliseconds
	 */
	void report(String name, long goal) {
		NetworkTable.add(name + ", each service is taken back", "it gone", Goal.GONE, this.gone);
		NetworkTable.add("the same, each is published again", "it appear", goal, this.back);
		assertThat(this.gone).allMatch((millis) -> millis < Goal.limit(Goal.GONE));
		assertThat(this.back).allMatch((millis) -> millis < Goal.limit(goal));
	}

}
