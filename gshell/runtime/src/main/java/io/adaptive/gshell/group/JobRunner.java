package io.adaptive.gshell.group;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

import io.adaptive.gshell.code.CodeBundle;
import io.adaptive.gshell.code.CodeException;
import io.adaptive.gshell.job.Job;
import io.adaptive.gshell.job.JobCode;
import io.adaptive.gshell.job.JobEnd;
import io.adaptive.gshell.job.JobEnd.Cause;
import io.adaptive.gshell.job.JobSettings;
import io.adaptive.gshell.job.JobStreams;
import io.adaptive.gshell.job.JobTimeouts;
import io.adaptive.gshell.log.LogLimits;
import io.adaptive.gshell.state.JobFolder;
import io.adaptive.gshell.state.StoredJob;
import io.adaptive.gshell.state.StoredJob.Definition;
import org.jspecify.annotations.Nullable;

/**
 * Starts runs of jobs; what all jobs of a group have in common.
 *
 * @param compiler compiles their code
 * @param shared the loader of the classes that they share
 * @param socketDirectory where their nodes meet those of other processes; {@code null}
 * for the default
 * @param timeouts bounds of the steps at their ends
 * @param logLimits limits of their logs
 * @param clock tells the time
 * @param random chooses ids and jitter
 * @param timers runs what is to be done later, and what takes long
 */
record JobRunner(JobCompiler compiler, SharedClasses shared, @Nullable Path socketDirectory, JobTimeouts timeouts,
		LogLimits logLimits, Clock clock, RandomGenerator random, Timers timers) {

	/** System property of a job that names the folder for its files. */
	static final String JOB_FOLDER = "gshell.job.dir";

	/** The group configures the logging of all its jobs; Spring Boot would do it anew. */
	private static final Map<String, String> PROPERTIES = Map.of("org.springframework.boot.logging.LoggingSystem",
			"none");

	/**
	 * The codec prepares types in the background, also of a job that has ended meanwhile.
	 */
	private static final Duration LATE_GETTERS = Duration.ofSeconds(30);

	/**
	 * Starts a run. Code that is refused ends it with status 1.
	 * @param accept gets the run; if it does not want it any more, the run is stopped
	 * @param ended gets its end
	 */
	void launch(StoredJob stored, JobFolder folder, JobStreams streams, Predicate<Job> accept, Consumer<JobEnd> ended) {
		Job job;
		try {
			job = start(stored, folder, streams);
		}
		catch (CodeException | IllegalArgumentException | UncheckedIOException | LinkageError ex) {
			ended.accept(new JobEnd(1, Cause.RETURNED, ex.getMessage(), this.clock.instant(), List.of()));
			return;
		}
		if (!accept.test(job)) {
			job.stop();
		}
		job.ended().thenAccept(ended);
	}

	private Job start(StoredJob stored, JobFolder folder, JobStreams streams) {
		Definition definition = stored.definition();
		CodeBundle bundle = folder.bundle(definition.bundle());
		JobCode code = this.compiler.compile(bundle);
		JobNodes nodes = new JobNodes(this.shared, this.shared.types().lease(code.classes()),
				"job %s (%s)".formatted(definition.id(), definition.name()), this.socketDirectory);
		Map<String, String> properties = new HashMap<>(PROPERTIES);
		properties.put(JOB_FOLDER, folder.files().toString());
		JobSettings settings = new JobSettings(definition.id(), definition.name(), definition.arguments(), properties,
				nodes, streams, this.timeouts, this.clock);
		try {
			Job job = Job.start(code, settings);
			job.ended().thenRun(() -> end(nodes));
			return job;
		}
		catch (RuntimeException | Error ex) {
			nodes.end();
			throw ex;
		}
	}

	private void end(JobNodes nodes) {
		nodes.end();
		this.timers.after(LATE_GETTERS, CodecGetters::removeEnded);
	}

	RestartPolicy policy(StoredJob stored) {
		return new RestartPolicy(stored.definition().restart(), this.clock, this.random);
	}

}
