package io.adaptive.gshell.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Files of an app.
 */
class CodeRepositoryTests {

	@TempDir
	Path folder;

	private RepositoryFixture repository;

	@BeforeEach
	void makeRepository() throws IOException {
		this.repository = new RepositoryFixture(Files.createDirectory(this.folder.resolve("repo")));
	}

	private static List<String> namesOf(CodeBundle bundle) {
		return bundle.files().stream().map(CodeFile::name).toList();
	}

	@Test
	void aSingleFileIsAnAppAlone() throws IOException {
		this.repository.with("example/One.java", "class One { }").with("example/Two.java", "class Two { }");
		CodeBundle bundle = this.repository.bundle("example/One.java");
		assertThat(bundle.app()).isEqualTo("example/One.java");
		assertThat(bundle.name()).isEqualTo("One");
		assertThat(namesOf(bundle)).containsExactly("example/One.java");
		assertThat(bundle.content("example/One.java")).asString().isEqualTo("class One { }");
	}

	@Test
	void aFolderIsAnAppWithAllThatIsInIt() throws IOException {
		this.repository.with("example/app/Main.java", "class Main { }")
			.with("example/app/part/Part.java", "class Part { }")
			.with("example/app/page/index.html", "<html>")
			.with("example/app/.hidden/Secret.java", "class Secret { }")
			.with("example/app/.Hidden.java", "class Hidden { }")
			.with("example/other/Other.java", "class Other { }");
		CodeBundle bundle = this.repository.bundle("./example//app/");
		assertThat(bundle.app()).isEqualTo("example/app");
		assertThat(bundle.name()).isEqualTo("app");
		assertThat(namesOf(bundle)).containsExactly("example/app/Main.java", "example/app/page/index.html",
				"example/app/part/Part.java");
	}

	@Test
	void sourcesAreAddedWithWhatTheyName() throws IOException {
		this.repository
			.with("example/app/Main.java", "//SOURCES ../lib/Names.java /data/names.txt Other.java\nclass Main { }")
			.with("example/app/Other.java", "//SOURCES Main.java\nclass Other { }")
			.with("example/lib/Names.java", "//SOURCES deep/Deep.java\nclass Names { }")
			.with("example/lib/deep/Deep.java", "//SOURCES ../Names.java\nclass Deep { }")
			.with("example/lib/Unused.java", "class Unused { }")
			.with("data/names.txt", "Ada");
		CodeBundle bundle = this.repository.bundle("example/app/Main.java");
		assertThat(namesOf(bundle)).containsExactly("data/names.txt", "example/app/Main.java", "example/app/Other.java",
				"example/lib/Names.java", "example/lib/deep/Deep.java");
		assertThat(bundle.isOwn("example/app/Main.java")).isTrue();
		assertThat(bundle.isOwn("example/app/Other.java")).isFalse();
	}

	@Test
	void linksThatStayInsideAreFollowed() throws IOException {
		this.repository.with("lib/Names.java", "class Names { }")
			.with("app/Main.java", "class Main { }")
			.withLink("app/Names.java", "../lib/Names.java")
			.withLink("app/lib", "../lib");
		assertThat(namesOf(this.repository.bundle("app"))).containsExactly("app/Main.java", "app/Names.java",
				"app/lib/Names.java");
	}

	@Test
	void anAppOutsideOfAnyRepositoryIsNamedByItsLastName() throws IOException {
		this.repository.with("x/One.java", "//SOURCES lib/Two.java\nclass One { }")
			.with("x/lib/Two.java", "class Two { }");
		CodeBundle file = CodeRepository.local(this.repository.root().resolve("x/One.java"));
		assertThat(file.app()).isEqualTo("One.java");
		assertThat(namesOf(file)).containsExactly("One.java", "lib/Two.java");
		CodeBundle whole = CodeRepository.local(this.repository.root().resolve("x"));
		assertThat(whole.app()).isEqualTo("x");
		assertThat(namesOf(whole)).containsExactly("x/One.java", "x/lib/Two.java");
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> CodeRepository.local(Path.of("/")))
			.withMessage("/ is no app; name a file or a folder of one");
	}

	@Test
	void aRepositoryIsReadAnewForEachRequest() throws IOException {
		this.repository.with("One.java", "class One { }");
		CodeRepository open = this.repository.open();
		CodeBundle before = open.bundle("One.java");
		this.repository.with("One.java", "class One { int changed; }");
		assertThat(open.bundle("One.java")).isNotEqualTo(before);
		assertThat(before.content("One.java")).asString().isEqualTo("class One { }");
	}

	@Test
	void aFolderIsListedAndAFileListsItself() throws IOException {
		this.repository.with("b/One.java", "")
			.with("a.txt", "")
			.with("Z.java", "")
			.with(".git/config", "")
			.withLink("dangling", "nowhere")
			.withLink("out", "/etc/passwd")
			.withLink("link", "b");
		CodeRepository open = this.repository.open();
		assertThat(open.list("")).containsExactly(new CodeEntry("Z.java", false), new CodeEntry("a.txt", false),
				new CodeEntry("b", true), new CodeEntry("link", true));
		assertThat(open.list(".")).isEqualTo(open.list(""));
		assertThat(open.list("b/")).containsExactly(new CodeEntry("One.java", false));
		assertThat(open.list("b/One.java")).containsExactly(new CodeEntry("One.java", false));
	}

	@Test
	void theBoundsOfAnAppAreExact() throws IOException {
		this.repository.with("app/A.java", "class A { }").with("app/b.txt", "12345");
		assertThat(bounded(3, 16).bundle("app").files()).hasSize(2);
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> bounded(2, 16).bundle("app"))
			.withMessage(
					"The app app of the repository %s has more than 2 files and folders; take out what it does not "
							+ "need",
					this.repository.root());
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> bounded(3, 15).bundle("app"))
			.withMessage("The app app of the repository %s has more than 15 bytes (the rest begins in app/b.txt); take "
					+ "out what it does not need", this.repository.root());
	}

	private CodeRepository bounded(int entries, long bytes) {
		return new CodeRepository(this.repository.root(), new BundleLimits(entries, bytes));
	}

}
