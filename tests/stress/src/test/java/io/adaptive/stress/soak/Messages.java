package io.adaptive.stress.soak;

/**
 * The messages of the soak.
 */
final class Messages {

	private Messages() {
	}

	/** What the soak's service answers at once. */
	sealed interface Question {

		Cargo cargo();

	}

	/** Of high priority. */
	record Urgent(Cargo cargo) implements Question {
	}

	/** Of normal priority. */
	record Usual(Cargo cargo) implements Question {
	}

	/** Of low priority. */
	record Patient(Cargo cargo) implements Question {
	}

	/** To a handler that never waits. */
	record Instant(Cargo cargo) implements Question {
	}

	/** An answer; its cargo has the id of the call. */
	record Receipt(Cargo cargo) {
	}

	/** Its handler fails. */
	record Failing(Cargo cargo) {
	}

	/** Its handler takes some time, or less if the caller gives up. */
	record Slow(Cargo cargo, int millis) {
	}

	/** Its handler makes a {@link Slow} call of its own. */
	record Relay(Cargo cargo, int millis) {
	}

	/** One way. */
	record Note(Cargo cargo) {
	}

	/** There is no handler for it. */
	record Stranger(Cargo cargo) {
	}

	/**
	 * Opens a conversation.
	 *
	 * @param limit after how many words the handler closes the stream
	 * @param pauseMillis how long the handler pauses after every 16th word
	 */
	record Talk(Cargo cargo, int limit, int pauseMillis) {
	}

	/**
	 * Goes to the inbox of a conversation, of either side.
	 *
	 * @param number counts the words of one side, from 0
	 * @param echo whether the handler is to say something, too
	 */
	record Word(Cargo cargo, int number, boolean echo) {
	}

	/**
	 * Asks for many {@link Issue}s.
	 *
	 * @param wholly whether the subscriber reads to the end
	 */
	record Subscribe(Cargo cargo, int issues, boolean wholly, long seed) {
	}

	/** Published to a subscriber. */
	record Issue(Cargo cargo, int number) {
	}

	/** For a service that handles the messages of a stream one by one. */
	record Step(Cargo cargo, int number) {
	}

}
