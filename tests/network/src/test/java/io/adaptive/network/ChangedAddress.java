package io.adaptive.network;

import java.util.List;

import io.adaptive.network.lab.Event;
import io.adaptive.network.lab.Host;
import io.adaptive.network.lab.Lan;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A host whose address changes while a client calls.
 */
final class ChangedAddress {

	private static final int RATE = 50;

	/** How often the address changes. */
	private static final int ROUNDS = 3;

	private ChangedAddress() {
	}

	/**
	 * Changes an address again and again, and checks that calls are answered soon.
	 * @param name the case
	 * @return the providers that were gone meanwhile
	 */
	static List<Event> of(String name, Host host, Lan lan, Client client) {
		client.rate(RATE);
		client.answered();
		long started = System.nanoTime();
		for (int i = 0; i < ROUNDS; i++) {
			long changed = System.nanoTime();
			host.changeAddress(lan);
			long answer = client.millisToAnswer(changed);
			NetworkTable.add(name + ": another address", "an answer", Goal.MOVED, List.of(answer), client.calls());
			assertThat(answer).isLessThan(Goal.limit(Goal.MOVED));
			client.answers(RATE);
		}
		client.end();
		return client.program().events("gone").filter((event) -> event.nanos() > started).toList();
	}

}
