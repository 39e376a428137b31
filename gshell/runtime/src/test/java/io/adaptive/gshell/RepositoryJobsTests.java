package io.adaptive.gshell;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.adaptive.gshell.code.BundleCompiler;
import io.adaptive.gshell.code.CodeBundle;
import io.adaptive.gshell.code.CodeRepository;
import io.adaptive.gshell.code.CompiledCodeCache;
import io.adaptive.gshell.job.Job;
import io.adaptive.gshell.job.JobCode;
import io.adaptive.gshell.job.JobEnd;
import io.adaptive.gshell.job.JobSettings;
import io.adaptive.gshell.job.JobStreams;
import io.adaptive.gshell.job.JobTimeouts;
import io.adaptive.gshell.weave.Weaver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Apps of the repository, from their source to the end of their jobs.
 */
class RepositoryJobsTests {

	private static final CodeRepository REPOSITORY = CodeRepository.of(Path.of("../apps/grepo"));

	private static BundleCompiler compiler;

	@TempDir
	Path folder;

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	@BeforeAll
	static void open() {
		compiler = new BundleCompiler(
				Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of).toList());
	}

	@AfterAll
	static void close() {
		compiler.close();
	}

	private JobEnd run(String app, String... arguments) {
		CodeBundle bundle = REPOSITORY.bundle(app);
		bundle.write(this.folder.resolve(bundle.name()));
		CodeBundle kept = CodeBundle.read(this.folder.resolve(bundle.name()), bundle.checksum());
		JobCode code = JobCode.of(new CompiledCodeCache(this.folder.resolve("cache"), 1 << 20).get(kept, compiler,
				Weaver.VERSION, (compiled) -> compiled));
		JobSettings settings = new JobSettings("0123456789ab", bundle.name(), List.of(arguments), Map.of(),
				RepositoryJobsTests.class.getClassLoader(),
				new JobStreams(InputStream.nullInputStream(), this.output, this.output), JobTimeouts.DEFAULT,
				Clock.systemUTC());
		return Job.start(code, settings).ended().orTimeout(20, TimeUnit.SECONDS).join();
	}

	private List<String> lines() {
		return this.output.toString(StandardCharsets.UTF_8).lines().toList();
	}

	@Test
	void helloPrintsItsLine() {
		JobEnd end = run("example/hello", "Ada");
		assertThat(lines()).containsExactly("Hello from Ada");
		assertThat(end.status()).as(end.error()).isZero();
		assertThat(end.leftBehind()).isEmpty();
		assertThat(run("example/hello").status()).isZero();
		assertThat(lines()).containsExactly("Hello from Ada", "Hello from gshell");
	}

	@Test
	void theJvmIsSeenFromInside() {
		assertThat(run("debug/jvm/freemem").status()).isZero();
		assertThat(run("debug/jvm/showmetric").status()).isZero();
		assertThat(run("debug/jvm/showstack").status()).isZero();
		assertThat(run("debug/jvm/setmaxprocs").status()).isZero();
		assertThat(run("debug/jvm/setvmoption").status()).isZero();
		assertThat(lines()).anyMatch((line) -> line.startsWith("heap after: "))
			.anyMatch((line) -> line.startsWith("memory.heap.used "))
			.anyMatch((line) -> line.contains("debug.jvm.showstack.ShowStack.main"))
			.anyMatch((line) -> line.startsWith("processors before: "))
			.anyMatch((line) -> line.startsWith("MinHeapFreeRatio "));
	}

	@Test
	void processesAreSampled() {
		assertThat(run("perf/topid", "-c", "1", "-p", String.valueOf(ProcessHandle.current().pid())).status()).isZero();
		assertThat(lines()).hasSize(3).first().isEqualTo("topid 1.0");
		assertThat(run("perf/topid", "-i", "0").status()).isOne();
		assertThat(lines()).last().asString().startsWith("topid: -i 0 is not between 1");
	}

	@Test
	void aWrongArgumentFailsTheJob() {
		JobEnd end = run("debug/jvm/setmaxprocs", "none");
		assertThat(end.status()).isEqualTo(1);
		assertThat(end.error()).contains("[none] is no number of processors; use: setmaxprocs N");
	}

}
