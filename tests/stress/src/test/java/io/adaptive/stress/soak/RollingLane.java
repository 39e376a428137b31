package io.adaptive.stress.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.adaptive.stream.Connection;
import io.adaptive.stress.soak.Messages.Usual;

/**
 * Calls a service that is closed and published again meanwhile.
 */
final class RollingLane extends Lane {

	private final Connection rolling;

	RollingLane(Round round, SplittableRandom random, Connection rolling) {
		super(round, random);
		this.rolling = rolling;
	}

	@Override
	void episode() throws InterruptedException {
		List<Call> calls = new ArrayList<>();
		for (int i = random().nextInt(50); i >= 0; i--) {
			Cargo cargo = cargo();
			calls.add(begin(this.rolling, cargo, new Usual(cargo)));
		}
		for (Call call : calls) {
			end(call);
		}
	}

}
