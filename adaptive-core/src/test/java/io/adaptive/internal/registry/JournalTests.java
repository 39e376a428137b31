package io.adaptive.internal.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.SlowTest;
import io.adaptive.message.AdaptiveException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a registry remembers, whatever happens to its program and its file.
 */
class JournalTests {

	private static final int NEVER = Integer.MAX_VALUE;

	@RegisterExtension
	final LogLines log = new LogLines();

	@TempDir
	Path directory;

	private Path file() {
		return this.directory.resolve("registry.journal");
	}

	private Journal open() {
		return new Journal(this.directory, NEVER, Disk.OF_THE_MACHINE);
	}

	private List<JournalEntry> entries() {
		List<JournalEntry> entries = new ArrayList<>();
		for (int i = 1; i <= 5; i++) {
			entries.add(new JournalEntry.Present(Registered.registration(i, i, "x" + i, "grün", "y")));
			entries.add(new JournalEntry.Present(Registered.registration(i, i, "x" + i)));
			if (i % 2 == 0) {
				entries.add(new JournalEntry.Gone(i));
			}
		}
		entries.add(new JournalEntry.Present(new Registration(Registered.instance(9), 9,
				List.of(new NodeAddress("", 1, Registered.instance(1), true), new NodeAddress("::1", 2, null, false)),
				Registered.services("relayed"))));
		return entries;
	}

	@Test
	void whatWasWrittenIsThereAgain() {
		try (Journal journal = open()) {
			entries().forEach(journal::append);
			journal.flush().join();
		}
		try (Journal journal = open()) {
			assertThat(journal.restored()).extracting(Registration::epoch).containsExactly(1L, 3L, 5L, 9L);
			assertThat(journal.restored().get(1)).isEqualTo(Registered.registration(3, 3, "x3"));
			assertThat(journal.restored().get(3).addresses()).extracting(NodeAddress::host).containsExactly("", "::1");
			assertThat(journal.nextEpoch()).isEqualTo(10);
		}
		assertThat(this.log.warnings()).isEmpty();
	}

	@Test
	void epochsOfNodesThatAreGoneAreNotIssuedAgain() {
		try (Journal journal = open()) {
			journal.append(new JournalEntry.Present(Registered.registration(1, 77, "x")));
			journal.append(new JournalEntry.Gone(77)).join();
		}
		for (int i = 0; i < 3; i++) {
			try (Journal journal = open()) {
				assertThat(journal.nextEpoch()).isEqualTo(78);
			}
		}
	}

	/**
	 * A kill leaves a beginning of what was written, of any length.
	 */
	@Test
	void whereverTheFileEndsWhatIsWholeBeforeIsThere() throws IOException {
		List<JournalEntry> entries = entries();
		byte[] all = new byte[0];
		List<Integer> ends = new ArrayList<>();
		for (JournalEntry entry : entries) {
			all = concat(all, JournalFile.records(List.of(entry)));
			ends.add(JournalFile.HEADER.length + all.length);
		}
		byte[] file = concat(JournalFile.HEADER, all);
		for (int length = 0; length <= file.length; length++) {
			int cut = length;
			JournalFile.Content content = JournalFile.read(Arrays.copyOf(file, length));
			int whole = (int) ends.stream().filter((end) -> end <= cut).count();
			assertThat(content.damage()).as("cut at %d", length).isNull();
			assertThat(content.entries()).as("cut at %d", length).isEqualTo(entries.subList(0, whole));
		}
		for (int length : new int[] { 0, 5, JournalFile.HEADER.length, ends.get(3) - 1, ends.get(3),
				file.length - 1 }) {
			Files.write(file(), Arrays.copyOf(file, length));
			open().close();
			assertThat(JournalFile.read(Files.readAllBytes(file())).length()).isEqualTo((int) Files.size(file()));
		}
		assertThat(this.log.warnings()).isEmpty();
	}

	private static byte[] concat(byte[] one, byte[] other) {
		byte[] both = Arrays.copyOf(one, one.length + other.length);
		System.arraycopy(other, 0, both, one.length, other.length);
		return both;
	}

	@Test
	void damageInTheMiddleIsReportedAndWhatFollowsIsRead() throws IOException {
		List<JournalEntry> entries = entries();
		byte[] file = concat(JournalFile.HEADER, JournalFile.records(entries));
		int last = file.length - JournalFile.records(entries.subList(entries.size() - 1, entries.size())).length;
		for (int position = 0; position < last; position++) {
			byte[] damaged = file.clone();
			damaged[position] ^= 0x40;
			JournalFile.Content content = JournalFile.read(damaged);
			assertThat(content.damage()).as("byte %d", position).isNotNull();
			assertThat(content.entries()).as("byte %d", position)
				.hasSizeGreaterThanOrEqualTo(entries.size() - 1)
				.isSubsetOf(entries);
		}
		byte[] damaged = file.clone();
		damaged[JournalFile.HEADER.length + 20] ^= 1;
		Files.write(file(), damaged);
		try (Journal journal = open()) {
			assertThat(journal.restored()).extracting(Registration::epoch).containsExactly(1L, 3L, 5L, 9L);
			assertThat(journal.nextEpoch()).isGreaterThan(1000);
		}
		assertThat(this.log.warnings()).singleElement()
			.asString()
			.startsWith("ERROR journal damaged")
			.contains(file().toString());
		assertThat(this.directory.resolve("registry.journal.damaged")).hasBinaryContent(damaged);
	}

	@Test
	void aNewFileTakesThePlaceOfALongOne() throws IOException {
		try (Journal journal = new Journal(this.directory, 1000, Disk.OF_THE_MACHINE)) {
			for (int i = 1; !journal.wantsToCompact(); i++) {
				journal.append(new JournalEntry.Present(Registered.registration(1, 1, "x" + i))).join();
			}
			long before = Files.size(file());
			Registration last = Registered.registration(1, 1, "last");
			journal.append(new JournalEntry.Present(last));
			journal.compact(List.of(last), 5);
			journal.append(new JournalEntry.Present(Registered.registration(2, 5, "after"))).join();
			assertThat(journal.wantsToCompact()).isFalse();
			assertThat(Files.size(file())).isLessThan(before / 2);
		}
		try (Journal journal = open()) {
			assertThat(journal.restored()).containsExactly(Registered.registration(1, 1, "last"),
					Registered.registration(2, 5, "after"));
			assertThat(journal.nextEpoch()).isEqualTo(6);
		}
		assertThat(this.directory.resolve("registry.journal.new")).doesNotExist();
	}

	@Test
	void aDirectoryBelongsToOneRegistryAtATime() {
		try (ChildJvm other = ChildJvm.start(JournalProgram.class, this.directory)) {
			other.awaitLine(JournalProgram.CONFIRMED);
			assertThatExceptionOfType(AdaptiveException.class).isThrownBy(this::open)
				.withMessageContaining(this.directory.toString())
				.withMessageContaining("another root registry");
		}
		try (Journal mine = open()) {
			assertThatExceptionOfType(AdaptiveException.class).isThrownBy(this::open)
				.withMessageContaining("another root registry of this program");
			try (ChildJvm other = ChildJvm.start(JournalProgram.class, this.directory)) {
				other.awaitLine("another root registry uses it");
			}
			assertThat(mine.append(new JournalEntry.Gone(1))).succeedsWithin(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void aDirectoryThatCannotBeUsedIsNamed() throws IOException {
		Path occupied = Files.createFile(this.directory.resolve("file"));
		assertThatExceptionOfType(AdaptiveException.class)
			.isThrownBy(() -> new Journal(occupied, NEVER, Disk.OF_THE_MACHINE))
			.withMessageContaining(occupied.toString())
			.withMessageContaining("choose one that this user can write");
	}

	@Test
	void nothingIsConfirmedThatCannotBeWrittenUntilItCanBe() throws IOException {
		Path lost = this.directory.resolve("lost");
		Registration node = Registered.registration(1, 1, "x");
		try (Journal journal = new Journal(lost, NEVER, Disk.OF_THE_MACHINE)) {
			journal.append(new JournalEntry.Present(node)).join();
			Path elsewhere = Files.move(lost, this.directory.resolve("elsewhere"));
			assertThat(journal.compact(List.of(node), 2)).failsWithin(10, TimeUnit.SECONDS)
				.withThrowableThat()
				.withMessageContaining("cannot write its journal");
			assertThat(journal.append(new JournalEntry.Gone(1))).failsWithin(10, TimeUnit.SECONDS);
			assertThat(journal.wantsToCompact()).isTrue();
			Files.move(elsewhere, lost);
			assertThat(journal.compact(List.of(node), 7)).succeedsWithin(10, TimeUnit.SECONDS);
			assertThat(journal.append(new JournalEntry.Gone(5))).succeedsWithin(10, TimeUnit.SECONDS);
			assertThat(journal.wantsToCompact()).isFalse();
		}
		try (Journal journal = new Journal(lost, NEVER, Disk.OF_THE_MACHINE)) {
			assertThat(journal.restored()).containsExactly(node);
			assertThat(journal.nextEpoch()).isEqualTo(7);
		}
		assertThat(this.log.warnings()).singleElement().asString().startsWith("ERROR journal cannot be written");
	}

	/**
	 * The program confirms each entry after it counts as written, and compacts often.
	 */
	@SlowTest
	@Test
	void whateverWasConfirmedIsThereAfterAKillAtAnyMoment() throws InterruptedException {
		Random random = new Random();
		long confirmed = 0;
		for (int round = 0; round < 8; round++) {
			try (ChildJvm program = ChildJvm.start(JournalProgram.class, this.directory)) {
				program.awaitLine(JournalProgram.CONFIRMED);
				// The moment is to be any.
				TimeUnit.MICROSECONDS.sleep(random.nextInt(300_000));
				program.kill();
				confirmed = Math.max(confirmed,
						program.lines()
							.stream()
							.filter((line) -> line.text().startsWith(JournalProgram.CONFIRMED))
							.mapToLong((line) -> JournalProgram.number(line.text()))
							.max()
							.orElseThrow());
			}
			try (Journal journal = new Journal(this.directory, NEVER, Disk.OF_THE_MACHINE)) {
				assertThat(journal.nextEpoch()).isGreaterThan(confirmed);
				JournalProgram.check(journal.restored(), confirmed);
			}
		}
		assertThat(confirmed).isGreaterThan(8);
		assertThat(this.log.warnings()).isEmpty();
	}

}
