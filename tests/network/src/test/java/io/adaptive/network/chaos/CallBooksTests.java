package io.adaptive.network.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the books find, with books that were written by hand.
 */
class CallBooksTests {

	@TempDir
	Path directory;

	private CallBooks books(String... lines) throws IOException {
		Path file = this.directory.resolve("book");
		Files.writeString(file, String.join("\n", lines) + "\nbegun 9");
		return CallBooks.read(List.of(file));
	}

	private List<String> errors(String... lines) throws IOException {
		return books(lines).errors(100, (from, to) -> (from == 1_000) ? 50 : 0);
	}

	@Test
	void booksThatAgreeHaveNoErrors() throws IOException {
		String[] lines = { "begun 1 10", "handled 1 11", "begun 2 12", "ended 1 ANSWERED 13",
				"ended 2 NOT_SENT/UNAVAILABLE 14", "begun 3 1000", "ended 3 UNKNOWN/DEADLINE_EXCEEDED 1150" };
		assertThat(errors(lines)).isEmpty();
		assertThat(books(lines)).hasToString("sent 3 = answered 1 + failed 2; handled 1; "
				+ "{ANSWERED=1, NOT_SENT/UNAVAILABLE=1, UNKNOWN/DEADLINE_EXCEEDED=1}");
	}

	@Test
	void eachDisagreementIsAnError() throws IOException {
		assertThat(errors("begun 1 10")).singleElement().asString().contains("has no single end");
		assertThat(errors("begun 1 10", "handled 1 11", "ended 1 ANSWERED 12", "ended 1 ANSWERED 13")).singleElement()
			.asString()
			.contains("has no single end");
		assertThat(errors("begun 1 10", "handled 1 11", "handled 1 11", "ended 1 ANSWERED 12")).singleElement()
			.asString()
			.contains("was handled more than once");
		assertThat(errors("begun 1 10", "ended 1 ANSWERED 12")).singleElement()
			.asString()
			.contains("was answered and not handled");
		assertThat(errors("begun 1 10", "ended 1 NOT_PROCESSED/UNAVAILABLE 12", "handled 1 13")).singleElement()
			.asString()
			.contains("was handled although its caller was told that it was not");
		assertThat(errors("begun 1 10", "ended 1 OTHER/java.lang.Error 12")).singleElement()
			.asString()
			.contains("has an unexpected error");
		assertThat(errors("begun 1 10", "ended 1 UNKNOWN/DEADLINE_EXCEEDED 111")).singleElement()
			.asString()
			.contains("call 1 took");
		assertThat(errors("handled 1 11")).contains("call 1 was never begun: begun 0, ended 0 [], handled 1 times");
	}

	@Test
	void answersInARowAreCountedFromTheFirst() throws IOException {
		String[] lines = { "begun 1 10", "ended 1 ANSWERED 11", "begun 2 12", "ended 2 UNKNOWN/UNAVAILABLE 13",
				"begun 3 14", "ended 3 ANSWERED 17", "begun 4 15", "ended 4 ANSWERED 16" };
		assertThat(books(lines).firstOfAnswered(1, 0)).hasValue(11);
		assertThat(books(lines).firstOfAnswered(2, 0)).hasValue(17);
		assertThat(books(lines).firstOfAnswered(3, 0)).isEmpty();
		assertThat(books(lines).firstOfAnswered(1, 14)).hasValue(16);
	}

}
