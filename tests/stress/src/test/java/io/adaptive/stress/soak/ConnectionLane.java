package io.adaptive.stress.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import io.adaptive.stress.soak.Messages.Note;
import io.adaptive.stress.soak.Messages.Slow;
import io.adaptive.stress.soak.Messages.Usual;

/**
 * Opens connections and closes them under calls. What was sent one way before is handled.
 */
final class ConnectionLane extends Lane {

	ConnectionLane(Round round, SplittableRandom random) {
		super(round, random);
	}

	@Override
	void episode() throws InterruptedException {
		List<Call> calls = new ArrayList<>();
		try (Connection connection = round().connect()) {
			MessageStream stream = random().nextBoolean() ? connection : connection.newStream();
			for (int i = random().nextInt(20); i >= 0; i--) {
				Cargo cargo = cargo();
				if (random().nextBoolean()) {
					calls.add(begin(stream, cargo, new Usual(cargo)));
				}
				else if (send(stream, cargo, new Note(cargo))) {
					books().close(cargo, Outcome.DELIVERED);
				}
			}
			Cargo cargo = smallCargo();
			calls.add(begin(stream, cargo, new Slow(cargo, 5)));
			pause(2);
		}
		for (Call call : calls) {
			end(call);
		}
	}

}
