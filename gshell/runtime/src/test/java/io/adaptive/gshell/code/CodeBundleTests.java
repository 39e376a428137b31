package io.adaptive.gshell.code;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Checksums, and bundles on the disk.
 */
class CodeBundleTests {

	@TempDir
	Path folder;

	private static CodeBundle bundle() {
		return new CodeBundle("example/app", Map.of("example/app/Main.java", bytes("class Main { }\n"),
				"example/app/part/Part.java", bytes("class Part { }\n"), "example/app-data.txt", bytes("")));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void theChecksumIsThatOfTheDocumentedText() {
		CodeBundle bundle = bundle();
		assertThat(bundle.manifest()).isEqualTo("""
				adaptive-bundle 1
				example/app
				e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  example/app-data.txt
				6959271a63b9224a40468cd8c7b130633b315869fec1565ca1979f6e2338283d  example/app/Main.java
				f5bafee6a796996dc8def69bbc8ab7d4e784a7bfc4aa0a5d98f4438abc4a4728  example/app/part/Part.java
				""");
		assertThat(bundle.checksum()).isEqualTo("435ac832fa4b6a10c41c9177959d40a619c31ad927d716c9720f760dbeef901a");
	}

	@Test
	@EnabledIf("namesCanHaveAnyCharacter")
	void theShellComputesTheSameChecksum() throws IOException, InterruptedException {
		CodeBundle bundle = new CodeBundle("b", Map.of("b/\u00e4.java", bytes("1"), "b/z.java", bytes("2"),
				"b/\uFF5E.java", bytes("3"), "b/\uD83D\uDE00.java", bytes("4"), "b/a b.java", bytes("5")));
		bundle.write(this.folder.resolve("kept"));
		Process shell = new ProcessBuilder("sh", "-c", "cd kept/files && (printf 'adaptive-bundle 1\\nb\\n'; "
				+ "find . -type f | cut -c3- | LC_ALL=C sort | tr '\\n' '\\0' | xargs -0 sha256sum) | sha256sum")
			.directory(this.folder.toFile())
			.redirectErrorStream(true)
			.start();
		assertThat(shell.inputReader().readLine()).isEqualTo(bundle.checksum() + "  -");
	}

	static boolean namesCanHaveAnyCharacter() {
		return "UTF-8".equals(System.getProperty("sun.jnu.encoding"));
	}

	@Test
	void everyPartCounts() {
		String checksum = bundle().checksum();
		assertThat(Stream
			.of(new CodeBundle("a", Map.of("a/A.java", bytes("1"))),
					new CodeBundle("b", Map.of("a/A.java", bytes("1"))),
					new CodeBundle("a", Map.of("a/B.java", bytes("1"))),
					new CodeBundle("a", Map.of("a/A.java", bytes("2"))))
			.map(CodeBundle::checksum)).doesNotHaveDuplicates().doesNotContain(checksum);
	}

	@Test
	void bundlesOfOneChecksumAreEqual() {
		assertThat(bundle()).isEqualTo(bundle()).hasSameHashCodeAs(bundle());
		assertThat(bundle()).isNotEqualTo(new CodeBundle("example/app", Map.of()));
		assertThat(bundle()).hasToString("example/app (3 files, SHA-256 %s)".formatted(bundle().checksum()));
	}

	@Test
	void contentsAreCopies() {
		CodeBundle bundle = bundle();
		bundle.content("example/app/Main.java")[0] = 'X';
		assertThat(bundle.content("example/app/Main.java")).asString().startsWith("class");
		assertThatIllegalArgumentException().isThrownBy(() -> bundle.content("none"))
			.withMessage("The bundle of example/app has no file none");
	}

	@Test
	void aBundleIsReadAsItWasWritten() throws IOException {
		CodeBundle bundle = bundle();
		Path kept = this.folder.resolve("kept");
		bundle.write(kept);
		CodeBundle read = CodeBundle.read(kept, bundle.checksum());
		assertThat(read).isEqualTo(bundle);
		assertThat(read.app()).isEqualTo("example/app");
		assertThat(read.files()).isEqualTo(bundle.files());
		bundle.write(kept);
		try (Stream<Path> left = Files.list(this.folder)) {
			assertThat(left).containsExactly(kept);
		}
	}

	@Test
	void aDamagedBundleIsRefused() throws IOException {
		CodeBundle bundle = bundle();
		Path kept = this.folder.resolve("kept");
		bundle.write(kept);
		Path main = kept.resolve("files/example/app/Main.java");
		Files.writeString(main, "class Main { int more; }");
		refuses(kept, bundle, "is damaged: example/app/Main.java has another content");
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> bundle.write(kept));
		Files.delete(main);
		refuses(kept, bundle, "cannot be read: %s: no such file or folder".formatted(main));
		Files.writeString(kept.resolve("manifest"), "adaptive-bundle 1\nexample/app\n");
		refuses(kept, bundle, "is damaged: manifest is not that of the bundle " + bundle.checksum());
	}

	private static void refuses(Path kept, CodeBundle bundle, String problem) {
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> CodeBundle.read(kept, bundle.checksum()))
			.withMessage("The bundle in %s %s; run the app from its repository again", kept, problem);
	}

	@Test
	void whatEndedProcessesLeftIsDeleted() throws IOException {
		Instant now = Instant.parse("2026-11-30T00:00:00Z");
		Path old = Files.createDirectories(this.folder.resolve(".kept.1.draft/files")).getParent();
		Path recent = Files.createDirectory(this.folder.resolve(".kept.2.draft"));
		Path other = Files.createDirectory(this.folder.resolve(".other.1.draft"));
		Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofMinutes(61))));
		Files.setLastModifiedTime(recent, FileTime.from(now.minus(Duration.ofMinutes(59))));
		Files.setLastModifiedTime(other, FileTime.from(now.minus(Duration.ofMinutes(61))));
		new BundleFolder(this.folder.resolve("kept"), Clock.fixed(now, ZoneOffset.UTC)).write(bundle());
		try (Stream<Path> left = Files.list(this.folder)) {
			assertThat(left).containsExactlyInAnyOrder(this.folder.resolve("kept"), recent, other);
		}
	}

	@Test
	void whereNothingCanBeWrittenNothingIsLeft() throws IOException {
		Path file = Files.writeString(this.folder.resolve("file"), "");
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> bundle().write(file.resolve("kept")))
			.withMessageStartingWith("The bundle of example/app cannot be written to %s/kept: ", file)
			.withMessageEndingWith("; look at the space and the rights there");
		CodeBundle tooLong = new CodeBundle("a", Map.of("a/A.java", bytes(""), "a/" + "b".repeat(300), bytes("")));
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> tooLong.write(this.folder.resolve("kept")))
			.withMessageContaining("File name too long");
		try (Stream<Path> left = Files.list(this.folder)) {
			assertThat(left).containsExactly(file);
		}
	}

}
