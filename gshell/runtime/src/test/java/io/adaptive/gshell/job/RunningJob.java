package io.adaptive.gshell.job;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A job of a test, with streams that are kept.
 */
final class RunningJob implements AutoCloseable {

	static final JobTimeouts SHORT = new JobTimeouts(Duration.ofSeconds(3), Duration.ofMillis(50),
			Duration.ofSeconds(5));

	private static final AtomicInteger ids = new AtomicInteger();

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private final Job job;

	private RunningJob(JobCode code, Function<RunningJob, JobStreams> streams, JobTimeouts timeouts,
			String... arguments) {
		JobSettings settings = new JobSettings("test" + ids.incrementAndGet(), "Main", List.of(arguments),
				Map.of("own", "yes"), RunningJob.class.getClassLoader(), streams.apply(this), timeouts,
				Clock.systemUTC());
		this.job = Job.start(code, settings);
	}

	private static Function<RunningJob, JobStreams> kept(InputStream in) {
		return (job) -> new JobStreams(in, job.out, job.err);
	}

	static RunningJob of(JobCode code, String... arguments) {
		return new RunningJob(code, kept(InputStream.nullInputStream()), SHORT, arguments);
	}

	static RunningJob of(JobCode code, JobTimeouts timeouts, String... arguments) {
		return new RunningJob(code, kept(InputStream.nullInputStream()), timeouts, arguments);
	}

	static RunningJob of(JobCode code, JobStreams streams, JobTimeouts timeouts, String... arguments) {
		return new RunningJob(code, (job) -> streams, timeouts, arguments);
	}

	static RunningJob of(JobCode code, InputStream in) {
		return new RunningJob(code, kept(in), SHORT);
	}

	static RunningJob reading(JobCode code, String input) {
		return of(code, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
	}

	static RunningJob of(String source, String... arguments) {
		return of(CompiledApp.of(source), arguments);
	}

	Job job() {
		return this.job;
	}

	String out() {
		return this.out.toString(StandardCharsets.UTF_8);
	}

	String err() {
		return this.err.toString(StandardCharsets.UTF_8);
	}

	RunningJob awaitOut(String text) {
		await().until(() -> out().contains(text));
		return this;
	}

	JobEnd awaitEnd() {
		return this.job.ended().orTimeout(20, TimeUnit.SECONDS).join();
	}

	JobEnd stop() {
		this.job.stop();
		return awaitEnd();
	}

	@Override
	public void close() {
		this.job.stop();
		assertThat(this.job.ended()).succeedsWithin(Duration.ofSeconds(20));
	}

}
