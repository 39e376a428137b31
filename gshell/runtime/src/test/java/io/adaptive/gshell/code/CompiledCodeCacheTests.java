package io.adaptive.gshell.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Cache of compiled code: nothing is compiled twice.
 */
class CompiledCodeCacheTests {

	private static final Instant START = Instant.parse("2026-11-30T00:00:00Z");

	private static BundleCompiler compiler;

	@TempDir
	Path folder;

	private final AtomicInteger woven = new AtomicInteger();

	private Path cache;

	@BeforeAll
	static void open() {
		compiler = new BundleCompiler(List.of());
	}

	@AfterAll
	static void close() {
		compiler.close();
	}

	@BeforeEach
	void nameCache() {
		this.cache = this.folder.resolve("state/cache");
	}

	private CodeBundle bundle(String name) throws IOException {
		return new RepositoryFixture(this.folder.resolve("repo")).with(name + "/Main.java",
				"//GUARD off\npackage p; public class Main { Old old; %s }\n@Deprecated(forRemoval = true) class Old { }"
					.formatted(RepositoryFixture.MAIN))
			.with(name + "/data.txt", "data")
			.bundle(name);
	}

	private CompiledCode get(CompiledCodeCache from, CodeBundle bundle, String weaving) {
		return from.get(bundle, compiler, weaving, (code) -> {
			this.woven.incrementAndGet();
			return code
				.withClasses((name, content) -> (name + " woven by " + weaving).getBytes(StandardCharsets.UTF_8));
		});
	}

	private CompiledCode get(CodeBundle bundle, String weaving) {
		return get(new CompiledCodeCache(this.cache, 1 << 20), bundle, weaving);
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(this.cache)) {
			return files.sorted().toList();
		}
	}

	@Test
	void codeIsKeptWithAllThatItHas() throws IOException {
		CompiledCode first = get(bundle("app"), "1");
		CompiledCode second = get(bundle("app"), "1");
		assertThat(this.woven).hasValue(1);
		assertThat(second).isNotSameAs(first);
		for (CompiledCode code : List.of(first, second)) {
			assertThat(code.mainClass()).isEqualTo("p.Main");
			assertThat(code.classNames()).containsExactly("p.Main", "p.Old");
			assertThat(code.classFile("p.Main")).asString().isEqualTo("p.Main woven by 1");
			assertThat(code.resourceNames()).containsExactly("p/data.txt");
			assertThat(code.resource("p/data.txt")).asString().isEqualTo("data");
			assertThat(code.isGuarded("p.Main")).isFalse();
			assertThat(code.warnings()).singleElement().asString().startsWith("app/Main.java:2: warning: ");
		}
		assertThat(Files.getPosixFilePermissions(this.cache)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
	}

	@Test
	void everyPartOfTheKeyCounts() throws IOException {
		get(bundle("app"), "1");
		get(bundle("other"), "1");
		get(bundle("app"), "2");
		assertThat(this.woven).hasValue(3);
		Path classes = Files.createDirectories(this.folder.resolve("classes/lib"));
		for (int size = 0; size < 2; size++) {
			Files.write(classes.resolve("Lib.class"), new byte[size]);
			try (BundleCompiler withClasses = new BundleCompiler(List.of(classes.getParent()))) {
				for (int time = 0; time < 2; time++) {
					new CompiledCodeCache(this.cache, 1 << 20).get(bundle("app"), withClasses, "1", (code) -> {
						this.woven.incrementAndGet();
						return code;
					});
				}
			}
			assertThat(this.woven).hasValue(4 + size);
		}
		assertThat(files()).hasSize(5);
	}

	@Test
	void aDamagedEntryIsMadeAgain() throws IOException {
		get(bundle("app"), "1");
		Path file = files().get(0);
		byte[] content = Files.readAllBytes(file);
		List<byte[]> damages = new ArrayList<>(List.of(new byte[0], new byte[100], new byte[(1 << 20) + 1],
				"no code".getBytes(StandardCharsets.UTF_8)));
		damages.add(Arrays.copyOf(content, content.length - 1));
		damages.add(Arrays.copyOf(content, content.length / 2));
		byte[] flipped = content.clone();
		flipped[content.length / 2] ^= 1;
		damages.add(flipped);
		CompiledCode code = get(bundle("app"), "1");
		damages.add(CompiledCodeFile.encode("another key", code));
		int made = 1;
		for (byte[] damage : damages) {
			Files.write(file, damage);
			assertThat(get(bundle("app"), "1").classFile("p.Main")).asString().isEqualTo("p.Main woven by 1");
			assertThat(this.woven).hasValue(++made);
			assertThat(files()).containsExactly(file);
			assertThat(file).hasBinaryContent(content);
		}
	}

	@Test
	void whatCannotBeKeptIsReturned() throws IOException {
		Files.createDirectories(this.folder.resolve("state"));
		Files.writeString(this.cache, "a file");
		assertThat(get(bundle("app"), "1").mainClass()).isEqualTo("p.Main");
		Files.delete(this.cache);
		get(bundle("app"), "1");
		Path file = files().get(0);
		Files.delete(file);
		Files.createDirectories(file.resolve("in/the/way"));
		assertThat(get(bundle("app"), "1").mainClass()).isEqualTo("p.Main");
		assertThat(files()).containsExactly(file);
		assertThat(this.woven).hasValue(3);
		assertThat(get(new CompiledCodeCache(this.folder.resolve("small"), 10), bundle("app"), "1").mainClass())
			.isEqualTo("p.Main");
		assertThat(this.folder.resolve("small")).doesNotExist();
	}

	@Test
	void whatIsRefusedIsNotKept() throws IOException {
		CodeBundle bundle = new RepositoryFixture(this.folder).with("A.java", "class A { missing a; }")
			.bundle("A.java");
		for (int time = 0; time < 2; time++) {
			assertThatExceptionOfType(CompilationException.class).isThrownBy(() -> get(bundle, "1"));
		}
		assertThat(this.cache).doesNotExist();
	}

	@Test
	void theEntryNotUsedForTheLongestTimeMakesRoom() throws IOException {
		get(bundle("app0"), "1");
		long size = Files.size(files().get(0));
		Files.delete(files().get(0));
		this.woven.set(0);
		for (int index = 0; index < 3; index++) {
			get(cacheAt(index, 3 * size), bundle("app" + index), "1");
		}
		get(cacheAt(3, 3 * size), bundle("app0"), "1");
		assertThat(this.woven).hasValue(3);
		get(cacheAt(4, 3 * size), bundle("app3"), "1");
		assertThat(files()).hasSize(3).noneMatch((file) -> isOf("app1", file)).anyMatch((file) -> isOf("app0", file));
		get(cacheAt(5, size), bundle("app4"), "1");
		assertThat(files()).singleElement().matches((file) -> isOf("app4", file));
	}

	private CompiledCodeCache cacheAt(int second, long maxBytes) {
		return new CompiledCodeCache(this.cache, maxBytes, Clock.fixed(START.plusSeconds(second), ZoneOffset.UTC));
	}

	private boolean isOf(String app, Path file) {
		try {
			return file.getFileName().toString().startsWith(bundle(app).checksum() + "-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void draftsOfEndedProcessesAreDeletedAndThoseOfOthersKept() throws IOException {
		Files.createDirectories(this.cache);
		Path old = Files.writeString(this.cache.resolve("a.draft"), "");
		Path recent = Files.writeString(this.cache.resolve("b.draft"), "");
		Files.setLastModifiedTime(old, FileTime.from(START.minus(Duration.ofMinutes(61))));
		Files.setLastModifiedTime(recent, FileTime.from(START.minus(Duration.ofMinutes(59))));
		get(cacheAt(0, 1 << 20), bundle("app"), "1");
		assertThat(old).doesNotExist();
		assertThat(recent).exists();
	}

}
