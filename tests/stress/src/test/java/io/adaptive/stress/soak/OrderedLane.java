package io.adaptive.stress.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.adaptive.stream.MessageStream;
import io.adaptive.stress.soak.Messages.Step;

/**
 * Calls to a service whose handlers run in the order of their messages.
 */
final class OrderedLane extends Lane {

	OrderedLane(Round round, SplittableRandom random) {
		super(round, random);
	}

	@Override
	void episode() throws InterruptedException {
		try (MessageStream stream = round().ordered().newStream()) {
			List<Call> calls = new ArrayList<>();
			int steps = 1 + random().nextInt(100);
			for (int number = 0; number < steps; number++) {
				Cargo cargo = cargo();
				calls.add(begin(stream, cargo, new Step(cargo, number)));
			}
			for (Call call : calls) {
				end(call);
			}
		}
	}

}
