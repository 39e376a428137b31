package io.adaptive.stress.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.adaptive.stream.MessageStream;
import io.adaptive.stress.soak.Messages.Failing;
import io.adaptive.stress.soak.Messages.Instant;
import io.adaptive.stress.soak.Messages.Patient;
import io.adaptive.stress.soak.Messages.Urgent;
import io.adaptive.stress.soak.Messages.Usual;

/**
 * Calls of every priority and size, alone and many at once, on the default stream and on
 * others. All are answered.
 */
final class CallLane extends Lane {

	CallLane(Round round, SplittableRandom random) {
		super(round, random);
	}

	@Override
	void episode() throws InterruptedException {
		if (random().nextInt(4) == 0) {
			callOn(round().connection());
			return;
		}
		try (MessageStream stream = round().connection().newStream()) {
			callOn(stream);
		}
	}

	private void callOn(MessageStream stream) throws InterruptedException {
		for (int i = random().nextInt(20); i >= 0; i--) {
			Cargo cargo = cargo();
			call(stream, cargo, question(cargo));
		}
		List<Call> calls = new ArrayList<>();
		for (int i = random().nextInt(50); i >= 0; i--) {
			Cargo cargo = cargo();
			calls.add(begin(stream, cargo, question(cargo)));
		}
		for (Call call : calls) {
			end(call);
		}
	}

	private Object question(Cargo cargo) {
		return switch (random().nextInt(12)) {
			case 0, 1, 2 -> new Urgent(cargo);
			case 3, 4, 5 -> new Patient(cargo);
			case 6, 7 -> new Instant(cargo);
			case 8 -> new Failing(cargo);
			default -> new Usual(cargo);
		};
	}

}
