package io.adaptive.gshell.code;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Artifacts of a folder, beside those of a program.
 */
class ArtifactFolderTests {

	private static final Map<String, String> WORDS = Map.of("words/Words.java",
			"package words; public class Words { public static String word() { return \"one\"; } }");

	private static final Map<String, String> OTHER = Map.of("other/Other.java",
			"package other; public class Other { }");

	@TempDir
	Path folder;

	private Path root;

	private ArtifactFixture artifacts;

	private ArtifactFolder source;

	@BeforeEach
	void fill() throws IOException {
		this.root = this.folder.resolve("repository");
		this.artifacts = new ArtifactFixture(this.root);
		this.artifacts.add("org.example:other:2.0-rc1:linux", OTHER);
		this.artifacts.add("org.example.words:words:1.2", WORDS, "org.example:other:2.0-rc1:linux");
		this.source = new ArtifactFolder(this.root);
	}

	private void assertRefused(String coordinates, String problem) {
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> this.source.closure(coordinates))
			.withMessageContaining(problem);
	}

	@Test
	void theClosureHasTheOwnJarFirst() {
		List<Artifact> closure = this.source.closure("org.example.words:words:1.2");
		assertThat(closure).extracting(Artifact::key)
			.containsExactly("org.example.words:words", "org.example:other:linux");
		assertThat(closure).extracting(Artifact::version).containsExactly("1.2", "2.0-rc1");
		assertThat(closure).extracting(Artifact::file).allMatch(Files::exists);
	}

	@Test
	void whatIsUnknownIsRefused() {
		assertRefused("org.example.words:words:1.3", "does not have it");
		assertRefused("org.example:none:1", "does not have it");
		assertRefused("..:..:..", "does not have it");
	}

	@Test
	void aFileThatIsMissingOrNotTheExpectedOneIsRefused() throws IOException {
		Path jar = this.source.closure("org.example.words:words:1.2").get(1).file();
		FileTime time = Files.getLastModifiedTime(jar);
		byte[] content = Files.readAllBytes(jar);
		Files.write(jar, new byte[] { 1 });
		assertRefused("org.example.words:words:1.2", "%s has the checksum".formatted(jar));
		Files.delete(jar);
		assertRefused("org.example.words:words:1.2", "%s: no such file or folder; install it again".formatted(jar));
		Files.write(jar, content);
		Files.setLastModifiedTime(jar, FileTime.fromMillis(time.toMillis() + 1000));
		assertThat(this.source.closure("org.example.words:words:1.2")).hasSize(2);
	}

	@Test
	void aDamagedListIsRefusedWithItsLine() throws IOException {
		Path list = this.artifacts.list("org.example.words:words:1.2");
		String good = Files.readString(list);
		Files.writeString(list, good.substring(0, good.length() - 10));
		assertRefused("org.example.words:words:1.2", "%s:2 is no checksum".formatted(list));
		Files.writeString(list, good.replaceAll(" org/.*", " ../../x/../..-...jar"));
		assertRefused("org.example.words:words:1.2", "%s:1 is no checksum".formatted(list));
		Files.writeString(list, "");
		assertRefused("org.example.words:words:1.2", "%s is empty".formatted(list));
	}

	@Test
	void anAppIsCompiledAgainstItsArtifacts() throws IOException {
		RepositoryFixture apps = new RepositoryFixture(Files.createDirectory(this.folder.resolve("apps")))
			.with("good/A.java",
					"//DEPS org.example.words:words:1.2\nclass A { String word = words.Words.word(); %s }"
						.formatted(RepositoryFixture.MAIN))
			.with("bad/B.java", "//DEPS org.example:none:1\nclass B { %s }".formatted(RepositoryFixture.MAIN));
		try (BundleCompiler compiler = new BundleCompiler(List.of(), this.source)) {
			CodeBundle good = apps.bundle("good");
			assertThat(compiler.compile(good).mainClass()).isEqualTo("A");
			String before = compiler.fingerprint(good);
			this.artifacts.add("org.example.words:words:1.2",
					Map.of("words/Words.java", WORDS.get("words/Words.java").replace("one", "two")));
			assertThat(compiler.fingerprint(good)).isNotEqualTo(before);
			assertThatExceptionOfType(CodeException.class).isThrownBy(() -> compiler.compile(apps.bundle("bad")))
				.withMessage("bad/B.java: //DEPS org.example:none:1: the repository %s of artifacts does not have it; "
						+ "name an artifact of it", this.root);
		}
	}

	@Test
	void theVersionOfTheProgramWins() throws IOException {
		List<Artifact> closure = this.source.closure("org.example.words:words:1.2");
		Path older = new ArtifactFixture(this.folder.resolve("lib")).add("org.example.words:words:1.1", WORDS);
		try (URLClassLoader program = new URLClassLoader(new URL[] { older.toUri().toURL() })) {
			assertThat(ArtifactSelection.of(closure, program))
				.isEqualTo(new ArtifactSelection(List.of(closure.get(1).file()),
						List.of("The app uses versions of its group: org.example.words:words 1.1, not 1.2.")));
		}
		try (URLClassLoader program = new URLClassLoader(new URL[] { closure.get(1).file().toUri().toURL() })) {
			assertThat(ArtifactSelection.of(closure, program))
				.isEqualTo(new ArtifactSelection(List.of(closure.get(0).file()), List.of()));
		}
	}

}
