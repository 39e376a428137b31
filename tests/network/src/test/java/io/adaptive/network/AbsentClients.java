package io.adaptive.network;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import io.adaptive.network.lab.Host;
import io.adaptive.network.lab.Lan;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three clients that are absent for 20 s, each in another way: the first has its cable
 * pulled, the second is stopped, the third loses all packets while its link is up. They
 * keep watching and calling all the time.
 *
 * @param hosts their hosts
 * @param clients the clients
 */
record AbsentClients(List<Host> hosts, List<Client> clients) {

	private static final List<String> WAYS = List.of("its cable pulled", "its program stopped", "all its packets lost");

	/** Longer than a lease, a hold of announcements, and the silence of a connection. */
	private static final int SECONDS = 20;

	private static final int RATE = 20;

	/**
	 * Starts a client on each of three hosts, and waits until each has seen all providers
	 * and was answered.
	 */
	static AbsentClients start(List<Host> hosts, List<Provider> providers, Object... options) {
		List<Client> clients = new ArrayList<>();
		for (Host host : hosts) {
			Client client = Client.watching(host, options);
			client.rate(RATE);
			providers.forEach((provider) -> client.millisToAppear(provider, 0));
			clients.add(client.answered());
		}
		return new AbsentClients(hosts, clients);
	}

	/**
	 * Takes all three off the net and lets them return, and checks that each knows and
	 * calls the providers again, and is told of what they do then.
	 * @param name the case
	 * @param lan the network of their hosts
	 */
	void leaveAndReturn(String name, Lan lan, List<Provider> providers) throws InterruptedException {
		this.hosts.get(0).unplug(lan);
		this.clients.get(1).program().pause();
		this.hosts.get(2).dropPackets(true);
		// What is tested is what happens after so long.
		TimeUnit.SECONDS.sleep(SECONDS);
		long back = System.nanoTime();
		this.hosts.get(0).plug(lan);
		this.clients.get(1).program().resume();
		this.hosts.get(2).dropPackets(false);
		List<List<Long>> measured = this.clients.stream()
			.map((client) -> List.of(client.millisToKnow(providers, back), client.millisToAnswer(back)))
			.toList();
		for (int i = 0; i < WAYS.size(); i++) {
			NetworkTable.add("%s: a client is back after %d s with %s".formatted(name, SECONDS, WAYS.get(i)),
					"all known, an answer", Goal.HEALED, measured.get(i), this.clients.get(i).end());
		}
		assertThat(measured)
			.allSatisfy((millis) -> assertThat(millis).allMatch((each) -> each < Goal.limit(Goal.HEALED)));
		for (Client client : this.clients) {
			Round round = Round.of(client, providers);
			assertThat(LongStream.concat(stream(round.gone()), stream(round.back())))
				.allMatch((millis) -> millis < Goal.limit(Goal.HEALED));
		}
	}

	private static LongStream stream(List<Long> millis) {
		return millis.stream().mapToLong(Long::longValue);
	}

}
