package io.adaptive.stress.soak;

import java.util.SplittableRandom;

import io.adaptive.message.EndOfStreamException;
import io.adaptive.stream.MessageStream;
import io.adaptive.stress.soak.Messages.Issue;
import io.adaptive.stress.soak.Messages.Subscribe;

/**
 * Subscribes, reads at its own pace, and either reads to the end or goes early.
 */
final class SubscriberLane extends Lane {

	SubscriberLane(Round round, SplittableRandom random) {
		super(round, random);
	}

	@Override
	void episode() {
		int issues = random().nextInt(300);
		boolean wholly = random().nextBoolean();
		try (MessageStream stream = round().connection().newStream()) {
			Cargo cargo = smallCargo();
			if (send(stream, cargo, new Subscribe(cargo, issues, wholly, random().nextLong()))) {
				books().close(cargo, Outcome.DELIVERED);
			}
			read(stream, wholly ? Integer.MAX_VALUE : random().nextInt(issues + 1), random().nextInt(3));
		}
	}

	private void read(MessageStream stream, int issues, int pauseMillis) {
		try {
			for (int number = 0; number < issues; number++) {
				Issue issue = stream.recv(Issue.class);
				books().receive(issue.cargo());
				books().checkOrder("inbox of a subscriber", number, issue.number());
				if (number % 16 == 15) {
					pause(pauseMillis);
				}
			}
		}
		catch (EndOfStreamException ex) {
			// The last issue was read.
		}
	}

}
