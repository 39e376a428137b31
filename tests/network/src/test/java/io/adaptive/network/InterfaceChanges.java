package io.adaptive.network;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.adaptive.network.lab.Host;
import io.adaptive.network.lab.Lan;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A host whose interfaces change while a client calls, and whose address in use stays.
 */
final class InterfaceChanges {

	private static final int RATE = 50;

	private static final String ANOTHER = "vpn";

	private InterfaceChanges() {
	}

	/**
	 * Changes interfaces, and checks that no call fails and no provider is told to be
	 * gone.
	 * @param name the case
	 */
	static void of(String name, Host host, Lan lan, Client client) throws InterruptedException {
		client.rate(RATE);
		client.answered();
		long appeared = System.nanoTime();
		host.addInterface(ANOTHER, "172.17.0.1/16");
		long another = client.millisToAnswer(appeared);
		client.answers(3 * RATE);
		long removed = System.nanoTime();
		host.removeInterface(ANOTHER);
		List<Long> answers = List.of(another, client.millisToAnswer(removed));
		client.answers(2 * RATE);
		report(name + ": another interface appears and goes", answers, client);
		long changed = System.nanoTime();
		host.changePrefix(lan, 16);
		long answer = client.millisToAnswer(changed);
		client.answers(3 * RATE);
		report(name + ": an interface with another prefix length", List.of(answer), client);
		host.interfaceDown(lan);
		// As long as it would take somebody to restart the network.
		TimeUnit.SECONDS.sleep(2);
		host.interfaceUp(lan);
		long up = System.nanoTime();
		answer = client.millisToAnswer(up);
		client.answers(2 * RATE);
		report(name + ": its interface down for 2 s, then up", List.of(answer), client);
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
