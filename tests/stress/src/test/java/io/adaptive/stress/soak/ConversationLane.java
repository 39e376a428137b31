package io.adaptive.stress.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.adaptive.stream.MessageStream;
import io.adaptive.stress.soak.Messages.Talk;
import io.adaptive.stress.soak.Messages.Word;

/**
 * Subsequent messages, in the inboxes of both sides. Either the client says all and
 * closes, and all is taken; or the handler has enough after a certain number of words and
 * closes, and exactly so many are taken. The handler may be slow.
 */
final class ConversationLane extends Lane {

	ConversationLane(Round round, SplittableRandom random) {
		super(round, random);
	}

	@Override
	void episode() {
		int words = 1 + random().nextInt(200);
		int limit = random().nextBoolean() ? Integer.MAX_VALUE : random().nextInt(words);
		try (MessageStream stream = round().connection().newStream()) {
			Cargo cargo = smallCargo();
			if (send(stream, cargo, new Talk(cargo, limit, random().nextInt(3)))) {
				books().close(cargo, Outcome.DELIVERED);
			}
			talk(stream, words, limit);
		}
	}

	private void talk(MessageStream stream, int words, int limit) {
		int asked = 0;
		List<Cargo> beyond = new ArrayList<>();
		for (int number = 0; number < words; number++) {
			boolean echo = number < limit && random().nextInt(8) == 0;
			Cargo cargo = cargo();
			if (!send(stream, cargo, new Word(cargo, number, echo))) {
				break;
			}
			asked += echo ? 1 : 0;
			if (number < limit) {
				books().close(cargo, Outcome.DELIVERED);
			}
			else {
				beyond.add(cargo);
			}
		}
		beyond.forEach((cargo) -> books().close(cargo, Outcome.LOST));
		listen(stream, random().nextInt(asked + 1));
	}

	private void listen(MessageStream stream, int echoes) {
		for (int number = 0; number < echoes; number++) {
			Word word = stream.recv(Word.class);
			books().receive(word.cargo());
			books().checkOrder("inbox of a client", number, word.number());
		}
	}

}
