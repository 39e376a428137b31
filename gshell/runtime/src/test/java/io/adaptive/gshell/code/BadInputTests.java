package io.adaptive.gshell.code;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Refusals of a repository: each with the cause and the next step.
 */
class BadInputTests {

	@TempDir
	Path folder;

	private RepositoryFixture repository;

	@BeforeEach
	void makeRepository() throws IOException {
		this.repository = new RepositoryFixture(Files.createDirectory(this.folder.resolve("repo")));
		this.repository.with("good/Good.java", "class Good { }").with("readme.txt", "text");
		Files.writeString(this.folder.resolve("Secret.java"), "class Secret { }");
		Files.createDirectory(this.folder.resolve("secrets"));
		Files.writeString(this.folder.resolve("secrets/Secret.java"), "class Secret { }");
	}

	private void isRefused(String app, String problem) {
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> this.repository.bundle(app))
			.withMessage(problem.replace("ROOT", this.repository.root().toString()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					''                 | The repository ROOT as a whole is no app; name a file or folder in it
					.                  | The repository ROOT as a whole is no app; name a file or folder in it
					../Secret.java     | ../Secret.java is outside of the repository ROOT; name a path below its root, without ".."
					good/../good       | good/../good is outside of the repository ROOT; name a path below its root, without ".."
					/etc/passwd        | /etc/passwd is outside of the repository ROOT; name a path below its root, without ".."
					none.java          | There is no none.java in the repository ROOT; list the folder above it to see what there is
					none/None.java     | There is no none/None.java in the repository ROOT; list the folder above it to see what there is
					readme.txt/x.java  | There is no readme.txt/x.java in the repository ROOT; list the folder above it to see what there is
					readme.txt         | readme.txt in the repository ROOT is no file with the suffix .java; name one, or the app's folder
					.git/config        | .git is hidden in the repository ROOT, as every name that begins with a dot; rename it
					""")
	void paths(String app, String problem) {
		isRefused(app, problem);
		if (!app.isEmpty() && !app.equals(".") && !app.equals("readme.txt")) {
			assertThatExceptionOfType(CodeException.class).isThrownBy(() -> this.repository.open().list(app))
				.withMessage(problem.replace("ROOT", this.repository.root().toString()));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb.java", "a\\b.java", "a\u0000.java", "a\uFFFD.java" })
	void names(String name) {
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> this.repository.bundle(name))
			.withMessageContaining("has a character that no name may have")
			.withMessageEndingWith("; give it another name");
	}

	@Test
	void aNameInAFolderIsCheckedAsWell() throws IOException {
		this.repository.with("app/A.java", "class A { }").with("app/b\nc.txt", "");
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> this.repository.bundle("app"))
			.withMessageStartingWith("\"app/b?c.txt\" in the repository ");
	}

	@Test
	void linksThatLeadOut() throws IOException {
		this.repository.withLink("Secret.java", "../Secret.java")
			.withLink("secrets", "../secrets")
			.withLink("zero/Zero.java", "/dev/zero")
			.with("mixed/Main.java", "class Main { }")
			.withLink("mixed/data", "../../secrets");
		String problem = " is a symbolic link that leads out of the repository ROOT; put the file itself there";
		isRefused("Secret.java", "Secret.java" + problem);
		isRefused("secrets", "secrets" + problem);
		isRefused("secrets/Secret.java", "secrets/Secret.java" + problem);
		isRefused("zero/Zero.java", "zero/Zero.java" + problem);
		isRefused("mixed", "mixed/data" + problem);
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> this.repository.open().list("secrets"));
	}

	@Test
	void linksThatLeadInACircle() throws IOException {
		this.repository.with("app/A.java", "class A { }").withLink("app/deep/again", "../../app");
		isRefused("app",
				"app/deep/again in the repository ROOT is a symbolic link to a folder around it; remove the link");
		this.repository.withLink("one.java", "two.java").withLink("two.java", "one.java");
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> this.repository.bundle("one.java"))
			.withMessageStartingWith("one.java in the repository %s cannot be read: ", this.repository.root())
			.withMessageContaining("Too many levels of symbolic links");
	}

	@Test
	void aFolderWithoutSource() throws IOException {
		Files.createDirectory(this.repository.root().resolve("empty"));
		this.repository.with("docs/readme.txt", "text");
		isRefused("empty", "The folder empty of the repository ROOT has no file with the suffix .java; name an app");
		isRefused("docs", "The folder docs of the repository ROOT has no file with the suffix .java; name an app");
	}

	@Test
	@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void pipesAndSockets() throws IOException, InterruptedException {
		this.repository.with("app/A.java", "class A { }").with("sock/A.java", "class A { }");
		Process mkfifo = new ProcessBuilder("mkfifo", this.repository.root().resolve("app/P.java").toString()).start();
		assertThat(mkfifo.waitFor()).isZero();
		String problem = " in the repository ROOT is neither a file nor a folder; remove it";
		isRefused("app/P.java", "app/P.java" + problem);
		isRefused("app", "app/P.java" + problem);
		try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			socket.bind(UnixDomainSocketAddress.of(this.repository.root().resolve("sock/s")));
			isRefused("sock", "sock/s" + problem);
		}
	}

	@Test
	void textInAnotherEncoding() throws IOException {
		Files.write(this.repository.root().resolve("L.java"),
				"class L { } // \u00e4".getBytes(StandardCharsets.ISO_8859_1));
		isRefused("L.java", "L.java in the repository ROOT is not text in UTF-8; save it in this encoding");
		this.repository.with("B.java", "\uFEFFclass B { }");
		isRefused("B.java", "B.java in the repository ROOT begins with a byte order mark, which compilers do not take; "
				+ "save it without");
	}

	@Test
	void resourcesMayHaveAnyBytes() throws IOException {
		this.repository.with("app/A.java", "class A { }");
		Files.write(this.repository.root().resolve("app/a.bin"), new byte[] { -1, 0, -2 });
		assertThat(this.repository.bundle("app").content("app/a.bin")).containsExactly(-1, 0, -2);
	}

	@Test
	void moreThanABundleMayHold() throws IOException {
		this.repository.with("app/A.java", "class A { }");
		Files.write(this.repository.root().resolve("app/big.bin"), new byte[32 << 20]);
		isRefused("app", "The app app of the repository ROOT has more than 33554432 bytes (the rest begins in "
				+ "app/big.bin); take out what it does not need");
		for (int index = 0; index < 1_000; index++) {
			this.repository.with("many/A%s.java".formatted(index), "");
		}
		isRefused("many", "The app many of the repository ROOT has more than 1000 files and folders; take out what it "
				+ "does not need");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					../../Secret.java | ../../Secret.java is outside of the repository ROOT; name a path below its root, without ".."
					../out/Secret.java| out/Secret.java is a symbolic link that leads out of the repository ROOT; put the file itself there
					/../Secret.java   | /../Secret.java is outside of the repository ROOT; name a path below its root, without ".."
					/etc/passwd       | There is no etc/passwd in the repository ROOT; list the folder above it to see what there is
					None.java         | There is no app/None.java in the repository ROOT; list the folder above it to see what there is
					/good             | /good in the repository ROOT is a folder; name its files
					/                 | / in the repository ROOT is a folder; name its files
					/good/*.java      | There is no good/*.java in the repository ROOT; list the folder above it to see what there is
					""")
	void sources(String source, String problem) throws IOException {
		this.repository.with("app/A.java", "\n//SOURCES Good.java " + source + "\nclass A { }")
			.with("app/Good.java", "class Good { }")
			.withLink("out", "../secrets");
		isRefused("app/A.java", "app/A.java:2: //SOURCES %s: %s".formatted(source, problem));
	}

	@Test
	void aHeaderThatCannotBeRead() throws IOException {
		this.repository.with("A.java", "//JAVA 21\n//SOURCES B.java\nclass A { }");
		isRefused("A.java", "A.java:1: //JAVA names \"21\", which is no release with a plus; write //JAVA 21+, once");
	}

	@Test
	void aRepositoryThatIsNone() {
		assertThatExceptionOfType(CodeException.class)
			.isThrownBy(() -> CodeRepository.of(this.folder.resolve("nowhere")))
			.withMessage("The repository %1$s/nowhere cannot be used: %1$s/nowhere: no such file or folder; name the "
					+ "folder of the apps, and let this user read it", this.folder);
		assertThatExceptionOfType(CodeException.class)
			.isThrownBy(() -> CodeRepository.of(this.repository.root().resolve("readme.txt")))
			.withMessage("The repository %s/readme.txt is no folder; name the folder of the apps",
					this.repository.root());
	}

	@Test
	void whatThisUserMayNotRead() throws IOException, InterruptedException {
		this.repository.with("app/A.java", "class A { }").with("shut/A.java", "class A { }");
		Files.setPosixFilePermissions(this.folder, PosixFilePermissions.fromString("rwxr-xr-x"));
		Files.setPosixFilePermissions(this.repository.root().resolve("app/A.java"),
				PosixFilePermissions.fromString("rw-------"));
		Files.setPosixFilePermissions(this.repository.root().resolve("shut"),
				PosixFilePermissions.fromString("rwx------"));
		assertThat(OtherUser.bundles(this.folder, this.repository.root(), List.of("good", "app", "shut")))
			.containsExactly("good (1 files)",
					"app/A.java in the repository %1$s cannot be read: %1$s/app/A.java: permission denied; let this user read it"
						.formatted(this.repository.root()),
					"shut in the repository %1$s cannot be read: %1$s/shut: permission denied; let this user read it"
						.formatted(this.repository.root()));
	}

}
