package io.adaptive.stress.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.adaptive.stream.MessageStream;
import io.adaptive.stress.soak.Messages.Relay;
import io.adaptive.stress.soak.Messages.Slow;

/**
 * Calls that are cancelled, and calls whose time is up, about as often as they are
 * answered.
 */
final class ImpatientLane extends Lane {

	ImpatientLane(Round round, SplittableRandom random) {
		super(round, random);
	}

	@Override
	void episode() throws InterruptedException {
		try (MessageStream stream = round().connection().newStream()) {
			if (random().nextBoolean()) {
				cancel(stream);
			}
			else {
				stream.setReceiveTimeout(Duration.ofMillis(1 + random().nextInt(10)));
				timeOut(stream);
			}
		}
	}

	private void cancel(MessageStream stream) throws InterruptedException {
		List<Call> calls = new ArrayList<>();
		for (int i = random().nextInt(10); i >= 0; i--) {
			calls.add(beginSlow(stream));
		}
		pause(6);
		for (Call call : calls) {
			if (random().nextInt(4) != 0) {
				call.answer().cancel(false);
			}
			end(call);
		}
	}

	private void timeOut(MessageStream stream) throws InterruptedException {
		List<Call> calls = new ArrayList<>();
		for (int i = random().nextInt(5); i >= 0; i--) {
			calls.add(beginSlow(stream));
		}
		Cargo cargo = smallCargo();
		call(stream, cargo, slow(cargo));
		for (Call call : calls) {
			end(call);
		}
	}

	private Call beginSlow(MessageStream stream) {
		Cargo cargo = (random().nextInt(10) == 0) ? cargo() : smallCargo();
		return begin(stream, cargo, slow(cargo));
	}

	private Object slow(Cargo cargo) {
		int millis = random().nextInt(12);
		return (random().nextInt(4) == 0) ? new Relay(cargo, millis) : new Slow(cargo, millis);
	}

}
