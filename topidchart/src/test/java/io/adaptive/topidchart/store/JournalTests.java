package io.adaptive.topidchart.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.adaptive.topidchart.series.Moment;
import io.adaptive.topidchart.series.Reading;
import io.adaptive.topidchart.series.SeriesKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link Journal}.
 */
class JournalTests {

	@TempDir
	private Path folder;

	private static Moment moment(long number) {
		return new Moment(number, 1000 * number, 1,
				List.of(new Reading(SeriesKey.process(5, 6), "n\u00e4me\n", 7, 8, -1),
						new Reading(SeriesKey.machine("[cpu0.user]"), "[cpu0.user]", 9, 0, 1L << 40)),
				(number == 1) ? "tree" : "");
	}

	@Test
	void samplesAreReadBackOverSeveralFiles() throws IOException {
		try (Journal journal = new Journal(this.folder.resolve("new"), 1)) {
			assertThat(journal.read()).isEmpty();
			journal.append(moment(9));
			List<Path> first = journal.rotate();
			journal.append(moment(10));
			assertThat(new Journal(this.folder.resolve("new"), 1).read()).containsExactly(moment(9), moment(10));
			assertThat(new Journal(this.folder.resolve("new"), 11).read()).isEmpty();
			Journal.delete(first);
			assertThat(journal.read()).containsExactly(moment(10));
		}
	}

	@Test
	void aRecordThatIsCutOffHidesNoLaterOne() throws IOException {
		Path full = this.folder.resolve("session-1-0000000000000000001.journal");
		Files.createSymbolicLink(full, Path.of("/dev/full"));
		try (Journal journal = new Journal(this.folder, 1)) {
			assertThatIOException().isThrownBy(() -> journal.append(moment(1)));
			journal.append(moment(2));
		}
		Files.delete(full);
		assertThat(new Journal(this.folder, 1).read()).containsExactly(moment(2));
		Files.write(this.folder.resolve("session-1-0000000000000000003.journal"), new byte[] { 0, 0, 1 });
		try (Journal journal = new Journal(this.folder, 1)) {
			journal.append(moment(3));
		}
		assertThat(new Journal(this.folder, 1).read()).containsExactly(moment(2), moment(3));
	}

	@Test
	void oneThatIsCutOffOrDamagedIsLeftOut() throws IOException {
		try (Journal journal = new Journal(this.folder, 1)) {
			journal.append(moment(1));
			journal.append(moment(2));
		}
		Path file;
		try (var files = Files.list(this.folder)) {
			file = files.findFirst().orElseThrow();
		}
		byte[] bytes = Files.readAllBytes(file);
		for (int length = 0; length < bytes.length; length++) {
			Files.write(file, Arrays.copyOf(bytes, length));
			assertThat(new Journal(this.folder, 1).read()).isSubsetOf(moment(1), moment(2)).hasSizeLessThan(2);
		}
		bytes[bytes.length - 1]++;
		Files.write(file, bytes);
		assertThat(new Journal(this.folder, 1).read()).containsExactly(moment(1));
	}

}
