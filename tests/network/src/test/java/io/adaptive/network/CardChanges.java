package io.adaptive.network;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.adaptive.network.lab.Host;
import io.adaptive.network.lab.Lan;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A host whose cards change while a client calls, and whose address in use stays.
 */
final class CardChanges {

	private static final int RATE = 50;

	private static final String CARD = "vpn";

	private CardChanges() {
	}

	/**
	 * Changes cards, and checks that no call fails and no provider is told to be gone.
	 * @param name the case
	 */
	static void of(String name, Host host, Lan lan, Client client) throws InterruptedException {
		client.rate(RATE);
		client.answered();
		long appeared = System.nanoTime();
		host.addCard(CARD, "172.17.0.1/16");
		long another = client.millisToAnswer(appeared);
		client.answers(3 * RATE);
		long removed = System.nanoTime();
		host.removeCard(CARD);
		List<Long> answers = List.of(another, client.millisToAnswer(removed));
		client.answers(2 * RATE);
		report(name + ": another card appears and goes", answers, client);
		long changed = System.nanoTime();
		host.changePrefix(lan, 16);
		long answer = client.millisToAnswer(changed);
		client.answers(3 * RATE);
		report(name + ": a card with another prefix length", List.of(answer), client);
		host.cardDown(lan);
		// As long as it would take somebody to restart the network.
		TimeUnit.SECONDS.sleep(2);
		host.cardUp(lan);
		long up = System.nanoTime();
		answer = client.millisToAnswer(up);
		client.answers(2 * RATE);
		report(name + ": its card down for 2 s, then up", List.of(answer), client);
		client.end();
		assertThat(client.program().events("gone")).noneMatch((event) -> event.nanos() > appeared);
	}

	private static void report(String name, List<Long> answers, Client client) {
		Calls calls = client.calls();
		NetworkTable.add(name, "an answer", Goal.MOVED, answers, calls);
		assertThat(answers).allMatch((millis) -> millis < Goal.limit(Goal.MOVED));
		assertThat(calls.failed()).as(name).isZero();
	}

}
