package io.adaptive.stress.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.adaptive.message.Delivery;
import io.adaptive.message.RemoteException;
import io.adaptive.stream.MessageStream;
import io.adaptive.stress.soak.Messages.Note;
import io.adaptive.stress.soak.Messages.Receipt;
import io.adaptive.stress.soak.Messages.Stranger;
import io.adaptive.stress.soak.Messages.Usual;

/**
 * Messages one way, which all are handled although their stream is closed behind them;
 * and messages that the service does not know, each of which is refused once.
 */
final class OneWayLane extends Lane {

	OneWayLane(Round round, SplittableRandom random) {
		super(round, random);
	}

	@Override
	void episode() {
		try (MessageStream stream = round().connection().newStream()) {
			switch (random().nextInt(3)) {
				case 0 -> notes(stream);
				case 1 -> answers(stream);
				default -> strangers(stream);
			}
		}
	}

	private void notes(MessageStream stream) {
		for (int i = random().nextInt(200); i >= 0; i--) {
			Cargo cargo = cargo();
			if (send(stream, cargo, new Note(cargo))) {
				books().close(cargo, Outcome.DELIVERED);
			}
		}
	}

	/**
	 * What a handler returns for a one-way message comes to the inbox, in any order.
	 */
	private void answers(MessageStream stream) {
		int sent = 1 + random().nextInt(20);
		for (int i = 0; i < sent; i++) {
			Cargo cargo = smallCargo();
			if (send(stream, cargo, new Usual(cargo))) {
				books().close(cargo, Outcome.DELIVERED);
			}
		}
		for (int i = 0; i < sent; i++) {
			books().check(stream.recv(Receipt.class).cargo());
		}
	}

	private void strangers(MessageStream stream) {
		List<Cargo> sent = new ArrayList<>();
		for (int i = random().nextInt(20); i >= 0; i--) {
			Cargo cargo = smallCargo();
			if (send(stream, cargo, new Stranger(cargo))) {
				sent.add(cargo);
			}
		}
		for (Cargo cargo : sent) {
			try {
				stream.recv(Receipt.class);
			}
			catch (RemoteException ex) {
				books().close(cargo, (ex.delivery() == Delivery.NOT_PROCESSED) ? Outcome.REFUSED : Outcome.FAILED);
			}
		}
		Cargo cargo = cargo();
		call(stream, cargo, new Stranger(cargo));
	}

}
