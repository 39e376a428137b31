package io.adaptive.gshell.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The end of a training before its time, with a program in place of Java.
 */
class GroupArchiveEndTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/** Writes the file that it is to write, and its process and last argument. */
	private static final String TRAINING = """
			#!/bin/sh
			for word; do
				case $word in
					-XX:ArchiveClassesAtExit=* | -XX:AOTConfiguration=*) : > "${word#*=}" ;;
				esac
			done
			echo "$$ $word" > "${0%/*}/started.draft"
			mv "${0%/*}/started.draft" "${0%/*}/started"
			exec sleep 3600
			""";

	@TempDir
	private Path folder;

	@Test
	void anInterruptEndsTheProcessAndDeletesItsFiles() throws Exception {
		Path program = Files.writeString(this.folder.resolve("java"), TRAINING);
		Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
		GroupArchive archive = new GroupArchive(this.folder.resolve("archives/group.archive"));
		Thread making = new Thread(() -> archive.makeUnlessThere(command(program, archive), this.folder));
		making.start();
		Path started = this.folder.resolve("started");
		await().atMost(PATIENCE).until(() -> Files.exists(started));
		String[] training = Files.readString(started).strip().split(" ", 2);
		assertThat(names()).hasSize(2).anyMatch((name) -> name.startsWith("group.archive.new"));
		assertThat(Path.of(training[1])).isDirectory();
		making.interrupt();
		making.join(PATIENCE.toMillis());
		assertThat(making.isAlive()).isFalse();
		assertThat(ProcessHandle.of(Long.parseLong(training[0]))).isEmpty();
		assertThat(names()).containsExactly("group.archive.lock");
		assertThat(Path.of(training[1])).doesNotExist();
	}

	@Test
	void theNextCallDeletesWhatAKilledProcessHasLeftAlsoBesideAnArchive() throws IOException {
		GroupArchive archive = new GroupArchive(this.folder.resolve("archives/group.archive"));
		Path newest = Files.writeString(this.folder.resolve("newest"), "");
		Files.createDirectory(this.folder.resolve("archives"));
		for (String name : List.of("group.archive.new1", "group.archive.new1.config", "group.archive")) {
			Files.writeString(this.folder.resolve("archives").resolve(name), "");
		}
		archive.makeUnlessThere(command(Path.of("/bin/false"), archive), newest);
		assertThat(names()).containsExactly("group.archive", "group.archive.lock");
	}

	private static GroupCommand command(Path java, GroupArchive archive) {
		return new GroupCommand(java, List.of(), "none", null, archive);
	}

	private List<String> names() throws IOException {
		try (Stream<Path> files = Files.list(this.folder.resolve("archives"))) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
	}

}
