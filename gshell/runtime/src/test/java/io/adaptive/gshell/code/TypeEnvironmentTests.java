package io.adaptive.gshell.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which types sources can refer to.
 */
class TypeEnvironmentTests {

	@TempDir
	Path folder;

	private RepositoryFixture repository;

	@BeforeEach
	void makeRepository() throws IOException {
		this.repository = new RepositoryFixture(Files.createDirectory(this.folder.resolve("repo")));
	}

	private CompiledCode compile(String app, Path... classPath) {
		try (BundleCompiler compiler = new BundleCompiler(List.of(classPath))) {
			return compiler.compile(this.repository.bundle(app));
		}
	}

	@Test
	void theInsideOfThePlatformIsRefused() throws IOException {
		this.repository.with("A.java", "class A { Object a = sun.security.util.Debug.getInstance(\"a\"); %s }"
			.formatted(RepositoryFixture.MAIN));
		assertThatExceptionOfType(CompilationException.class).isThrownBy(() -> compile("A.java"))
			.withMessageContaining("A.java:1: error: Access restriction: ")
			.withMessageContaining("java.base");
	}

	@Test
	void nothingOfThisProcessIsSeenThatIsNotOnTheClassPath() throws IOException {
		this.repository.with("A.java",
				"class A { org.junit.jupiter.api.Test a; %s }".formatted(RepositoryFixture.MAIN));
		assertThatExceptionOfType(CompilationException.class).isThrownBy(() -> compile("A.java"))
			.withMessageContaining("org.junit cannot be resolved to a type");
	}

	@Test
	void jarsAndFoldersAreTheClassPath() throws Exception {
		this.repository
			.with("lib/Lib.java",
					"package lib; public class Lib { public static String text() { return \"old\"; } %s }"
						.formatted(RepositoryFixture.MAIN))
			.with("lib2/Lib.java",
					"package lib; public class Lib { public static String text(int i) { return \"new\"; } %s }"
						.formatted(RepositoryFixture.MAIN))
			.with("A.java", "class A { static String text() { return lib.Lib.text(1); } %s }"
				.formatted(RepositoryFixture.MAIN));
		byte[] old = compile("lib").classFile("lib.Lib");
		byte[] versioned = compile("lib2").classFile("lib.Lib");
		Path jar = this.folder.resolve("lib.jar");
		try (JarOutputStream stream = new JarOutputStream(Files.newOutputStream(jar), multiRelease())) {
			put(stream, "lib/Lib.class", old);
			put(stream, "META-INF/versions/17/lib/Lib.class", versioned);
		}
		assertThat(compile("A.java", this.folder.resolve("missing.jar"), jar).classNames()).containsExactly("A");
		Path classes = Files.createDirectories(this.folder.resolve("classes/lib"));
		Files.write(classes.resolve("Lib.class"), old);
		assertThat(compile("A.java", jar, classes.getParent()).classNames()).containsExactly("A");
		assertThatExceptionOfType(CompilationException.class)
			.isThrownBy(() -> compile("A.java", classes.getParent(), jar))
			.withMessageContaining("text()");
	}

	private static Manifest multiRelease() {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
		return manifest;
	}

	private static void put(JarOutputStream stream, String name, byte[] content) throws IOException {
		stream.putNextEntry(new ZipEntry(name));
		stream.write(content);
	}

	@Test
	void aDamagedClassPathIsNamed() throws IOException {
		Path jar = Files.writeString(this.folder.resolve("broken.jar"), "no zip");
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> new BundleCompiler(List.of(jar)))
			.withMessageStartingWith("The entry %s of the class path cannot be read: ", jar)
			.withMessageEndingWith("; install it again");
		Path classes = Files.createDirectories(this.folder.resolve("classes/lib"));
		Files.writeString(classes.resolve("Lib.class"), "no class");
		this.repository.with("A.java", "class A { lib.Lib a; }");
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> compile("A.java", classes.getParent()))
			.withMessage("The class file lib/Lib.class is damaged; install its jar again");
	}

	@Test
	void aTypeThatTheClassPathLacksIsNamed() throws IOException {
		this.repository
			.with("lib/Lib.java", "package lib; public class Lib extends Base { %s }".formatted(RepositoryFixture.MAIN))
			.with("lib/Base.java", "package lib; public class Base { public void run() { } }")
			.with("A.java", "class A { void call() { new lib.Lib().run(); } }");
		Path classes = Files.createDirectories(this.folder.resolve("classes/lib"));
		Files.write(classes.resolve("Lib.class"), compile("lib").classFile("lib.Lib"));
		assertThatExceptionOfType(CompilationException.class).isThrownBy(() -> compile("A.java", classes.getParent()))
			.withMessageContaining("A.java:1: error: ")
			.withMessageContaining("lib.Base cannot be resolved");
	}

}
