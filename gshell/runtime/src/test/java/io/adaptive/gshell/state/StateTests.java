package io.adaptive.gshell.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.adaptive.gshell.code.CodeBundle;
import io.adaptive.gshell.message.group.GroupLimits;
import io.adaptive.gshell.message.group.RestartRule;
import io.adaptive.gshell.state.StoredJob.Definition;
import io.adaptive.gshell.state.StoredJob.Phase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StateTests {

	private static final Instant NOW = Instant.parse("2026-11-30T10:00:00.123456789Z");

	private static final StoredGroup GROUP = new StoredGroup("web", "0.1.0-SNAPSHOT", new GroupLimits(2, 5, 64 << 20),
			Map.of("HOME", "/home/me", "EMPTY", ""), NOW, 3, List.of("a note"));

	private static final CodeBundle BUNDLE = CodeBundle.of("app",
			Map.of("app/Main.java", "class Main { }".getBytes(StandardCharsets.UTF_8)));

	private static final StoredJob JOB = StoredJob
		.first(new Definition("0123456789ab", "app", List.of("one", ""), "app", BUNDLE.checksum(), "commit", "me", NOW,
				new RestartRule(3, Duration.ofMillis(1500), Duration.ofMinutes(1)), true))
		.started(NOW.plusSeconds(1), true)
		.ended(NOW.plusSeconds(2), 7, false, "an exception", List.of("a socket"))
		.backingOff(2);

	@TempDir
	Path folder;

	private WorkFolder work;

	private GroupFolder group;

	@BeforeEach
	void open() {
		this.work = WorkFolder.open(this.folder.resolve("wd"));
		this.group = this.work.group(new GroupName("web", "0.1.0-SNAPSHOT"));
	}

	@Test
	void whatIsWrittenIsRead() {
		assertThat(this.work.groups()).isEmpty();
		this.group.create(GROUP);
		JobFolder job = this.group.create(JOB, BUNDLE);
		assertThat(this.work.groups()).singleElement().satisfies((found) -> {
			assertThat(found.read()).isEqualTo(GROUP);
			assertThat(found.list()).singleElement().satisfies((each) -> assertThat(each.read()).isEqualTo(JOB));
		});
		assertThat(job.bundle(BUNDLE.checksum())).isEqualTo(BUNDLE);
		job.remove();
		assertThat(this.group.list()).isEmpty();
		this.group.remove().run();
		assertThat(this.work.groups()).isEmpty();
		assertThat(this.work.path().resolve("groups")).isEmptyDirectory();
	}

	@Test
	void foldersAreThisUsersAlone() throws IOException {
		this.group.create(GROUP);
		JobFolder job = this.group.create(JOB, BUNDLE);
		for (Path path : List.of(this.work.path(), this.group.path(), job.files())) {
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rwx------");
		}
		Files.setPosixFilePermissions(this.work.path(), PosixFilePermissions.fromString("rwxr-x---"));
		assertThatExceptionOfType(StateException.class).isThrownBy(() -> WorkFolder.open(this.work.path()))
			.withMessage("%s is open to other users; close it: chmod 700 %s".formatted(this.work, this.work));
		Path link = Files.createSymbolicLink(this.folder.resolve("link"), this.work.path());
		assertThatExceptionOfType(StateException.class).isThrownBy(() -> WorkFolder.open(link))
			.withMessage("%s is no folder; name another one".formatted(link));
	}

	@Test
	void unknownFieldsAreKept() throws IOException {
		this.group.create(GROUP);
		Path file = this.group.path().resolve("group.json");
		Files.writeString(file, Files.readString(file).replaceFirst("\\{", "{ \"later\": { \"a\": [1] },"));
		GroupFolder again = new GroupFolder(this.group.path());
		again.write(again.read().started(List.of()));
		assertThat(Files.readString(file)).contains("\"later\"").contains("\"a\"");
		assertThat(again.read().starts()).isEqualTo(4);
		assertThat(again.read().notes()).isEmpty();
	}

	@Test
	void aNewerFormatAndADamagedFileAreRefused() throws IOException {
		this.group.create(GROUP);
		Path file = this.group.path().resolve("group.json");
		String text = Files.readString(file);
		Files.writeString(file, text.replace("\"format\" : 1", "\"format\" : 2"));
		assertThatExceptionOfType(StateException.class).isThrownBy(this.group::read)
			.withMessage("%s has format 2, this version knows 1 at most; use the version that wrote it, or a newer one"
				.formatted(file));
		Files.writeString(file, text.substring(0, text.length() / 2));
		assertThatExceptionOfType(StateException.class).isThrownBy(this.group::read)
			.withMessageStartingWith("%s is no JSON: ".formatted(file))
			.withMessageEndingWith("; move it away");
		Files.writeString(file, "[]");
		assertThatExceptionOfType(StateException.class).isThrownBy(this.group::read)
			.withMessage("%s is no state of gshell; move it away".formatted(file));
	}

	@Test
	void whatProcessesLeftIsDeleted() throws IOException {
		this.group.create(GROUP);
		Path jobs = this.group.path().resolve("jobs");
		Files.createDirectory(jobs.resolve(".0123456789ab.1.draft"));
		Files.createDirectory(jobs.resolve(".0123456789ac.2.removed"));
		assertThat(this.group.list()).isEmpty();
		this.group.deleteLeftovers();
		assertThat(jobs).isEmptyDirectory();
	}

	@Test
	void aStoppedJobIsNotInAnyOtherPhase() {
		StoredJob stopped = JOB.in(Phase.STOPPING).ended(NOW, 143, true, null, List.of());
		assertThat(stopped.phase()).isEqualTo(Phase.EXITED);
		assertThat(stopped.started(NOW, false).restarts()).isEqualTo(1);
		assertThat(stopped.started(NOW, false).failures()).isZero();
		assertThat(stopped.started(NOW, true).failures()).isEqualTo(2);
	}

	@Test
	void namesOfGroups() {
		assertThat(new GroupName("web", "0.1.0-SNAPSHOT").service()).hasToString("gshell/grg-web-0.1.0-SNAPSHOT");
		for (String name : List.of("", "a b", "../up", ".hidden", "-a", "a_b", "a*", "x".repeat(65))) {
			assertThatIllegalArgumentException().isThrownBy(() -> new GroupName(name, "1"))
				.withMessageContaining("use 1 to 64 letters, digits");
		}
	}

}
