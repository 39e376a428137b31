package io.adaptive.network.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongBinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The books that client and servers have kept, put together.
 */
final class CallBooks {

	private static final String ANSWERED = "ANSWERED";

	private final Map<Long, Entry> entries = new TreeMap<>();

	private CallBooks() {
	}

	/**
	 * Reads the books that are there now.
	 * @param files those of the client and of the servers
	 */
	static CallBooks read(List<Path> files) {
		CallBooks books = new CallBooks();
		files.stream().filter(Files::exists).flatMap(CallBooks::lines).forEach(books::enter);
		return books;
	}

	/**
	 * Returns the whole lines of a file that may be written to.
	 */
	private static Stream<String> lines(Path file) {
		try {
			String text = Files.readString(file);
			return text.substring(0, text.lastIndexOf('\n') + 1).lines();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void enter(String line) {
		String[] words = line.split(" ");
		Entry entry = this.entries.computeIfAbsent(Long.parseLong(words[1]), (number) -> new Entry());
		long nanos = Long.parseLong(words[words.length - 1]);
		switch (words[0]) {
			case "begun" -> entry.begun = nanos;
			case "handled" -> entry.handled++;
			case "ended" -> {
				entry.outcomes.add(words[2]);
				entry.ended = nanos;
			}
			default -> throw new IllegalArgumentException(line);
		}
	}

	/**
	 * Returns what does not fit together.
	 * @param limit the nanoseconds that a call may take
	 * @param paused the nanoseconds of a time span for which the client was paused
	 */
	List<String> errors(long limit, LongBinaryOperator paused) {
		List<String> errors = new ArrayList<>();
		this.entries.forEach((number, entry) -> {
			entry.errors().map((error) -> "call %s %s: %s".formatted(number, error, entry)).forEach(errors::add);
			if (entry.took(paused) > limit) {
				errors.add("call %s took %s ms: %s".formatted(number, millis(entry.took(paused)), entry));
			}
		});
		return errors;
	}

	/**
	 * Returns how many milliseconds the slowest call took.
	 * @param paused the nanoseconds of a time span for which the client was paused
	 */
	long slowestMillis(LongBinaryOperator paused) {
		return millis(this.entries.values().stream().mapToLong((entry) -> entry.took(paused)).max().orElse(0));
	}

	/**
	 * Returns the end of the first of so many answered calls in a row, begun after a
	 * moment.
	 */
	OptionalLong firstOfAnswered(int count, long since) {
		int answered = 0;
		long first = 0;
		for (Entry entry : this.entries.values()) {
			if (entry.begun > since) {
				answered = entry.outcomes.equals(List.of(ANSWERED)) ? answered + 1 : 0;
				first = (answered == 1) ? entry.ended : first;
				if (answered == count) {
					return OptionalLong.of(first);
				}
			}
		}
		return OptionalLong.empty();
	}

	long sent() {
		return this.entries.values().stream().filter((entry) -> entry.begun != 0).count();
	}

	long answered() {
		return outcomes().getOrDefault(ANSWERED, 0L);
	}

	long failed() {
		return outcomes().values().stream().mapToLong(Long::longValue).sum() - answered();
	}

	private Map<String, Long> outcomes() {
		return this.entries.values()
			.stream()
			.map((entry) -> entry.outcomes)
			.flatMap(Collection::stream)
			.collect(Collectors.groupingBy((outcome) -> outcome, TreeMap::new, Collectors.counting()));
	}

	private static long millis(long nanos) {
		return TimeUnit.NANOSECONDS.toMillis(nanos);
	}

	@Override
	public String toString() {
		long handled = this.entries.values().stream().filter((entry) -> entry.handled > 0).count();
		return "sent %s = answered %s + failed %s; handled %s; %s".formatted(sent(), answered(), failed(), handled,
				outcomes());
	}

	private static final class Entry {

		private final List<String> outcomes = new ArrayList<>();

		private long begun;

		private long ended;

		private int handled;

		Stream<String> errors() {
			List<String> errors = new ArrayList<>();
			if (this.begun == 0) {
				errors.add("was never begun");
			}
			if (this.outcomes.size() != 1) {
				errors.add("has no single end");
			}
			if (this.handled > 1) {
				errors.add("was handled more than once");
			}
			if (this.handled == 0 && this.outcomes.contains(ANSWERED)) {
				errors.add("was answered and not handled");
			}
			if (this.handled > 0 && this.outcomes.stream().anyMatch((each) -> each.startsWith("NOT_"))) {
				errors.add("was handled although its caller was told that it was not");
			}
			if (this.outcomes.stream().anyMatch((each) -> each.startsWith("OTHER"))) {
				errors.add("has an unexpected error");
			}
			return errors.stream();
		}

		/**
		 * Returns the nanoseconds from begin to end without those of pauses.
		 */
		long took(LongBinaryOperator paused) {
			return (this.ended == 0) ? 0 : this.ended - this.begun - paused.applyAsLong(this.begun, this.ended);
		}

		@Override
		public String toString() {
			return "begun %s, ended %s %s, handled %s times".formatted(millis(this.begun), millis(this.ended),
					this.outcomes, this.handled);
		}

	}

}
