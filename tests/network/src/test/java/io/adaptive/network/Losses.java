package io.adaptive.network;

import java.util.List;

import io.adaptive.network.lab.Lan;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The provider in use is lost while another is there, however the client found both.
 */
final class Losses {

	private Losses() {
	}

	/**
	 * Kills its program, and checks.
	 * @param scope how the client finds
	 */
	static void ofAProgram(String scope, Client client, List<Provider> providers) {
		Provider victim = client.used(providers);
		Provider other = client.unused(providers);
		long killed = victim.program().kill();
		long gone = client.millisToGo(victim, killed);
		client.millisToAnswerBy(other.host(), killed);
		Calls calls = client.end();
		NetworkTable.add(scope + ": `kill -9` of the provider in use, another is there", "it gone", Goal.GONE,
				List.of(gone), calls);
		assertThat(gone).isLessThan(Goal.limit(Goal.GONE));
		assertThat(calls.gapMillis()).isLessThan(Goal.limit(Goal.GONE));
		assertThat(calls.other()).isZero();
	}

	/**
	 * Pulls the cable of its host and plugs it in again, and checks.
	 * @param scope how the client finds
	 * @param lan the network of the provider
	 */
	static void ofAHost(String scope, Client client, List<Provider> providers, Lan lan) {
		Provider silent = client.used(providers);
		Provider other = client.unused(providers);
		long unplugged = System.nanoTime();
		silent.host().unplug(lan);
		long gone = client.millisToGo(silent, unplugged);
		client.millisToAnswerBy(other.host(), unplugged);
		NetworkTable.add(scope + ": link down of the provider in use, another is there", "it gone", Goal.SILENT,
				List.of(gone), client.calls());
		long plugged = System.nanoTime();
		silent.host().plug(lan);
		long back = client.millisToAppear(silent, plugged);
		Calls calls = client.end();
		NetworkTable.add(scope + ": its link is back", "it appear", Goal.HEALED, List.of(back), calls);
		assertThat(gone).isLessThan(Goal.limit(Goal.SILENT));
		assertThat(back).isLessThan(Goal.limit(Goal.HEALED));
		assertThat(calls.failed()).isZero();
	}

}
