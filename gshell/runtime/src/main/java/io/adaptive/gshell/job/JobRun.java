package io.adaptive.gshell.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.adaptive.gshell.job.EndSignal.Request;
import io.adaptive.gshell.job.JobEnd.Cause;
import io.adaptive.gshell.weave.AppClasses;
import io.adaptive.gshell.weave.JobClassLoader;
import io.adaptive.gshell.weave.JobStopped;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The supervisor of one job, from its start to its end, on a thread of its own. Refers to
 * the job's class loader on this thread and those of the job only, so that the loader can
 * be collected when they have ended.
 */
final class JobRun {

	private static final Logger logger = LoggerFactory.getLogger(JobRun.class);

	private static final int FAILED_STATUS = 1;

	private final JobSettings settings;

	private final EndSignal signal = new EndSignal();

	private final CompletableFuture<JobEnd> ended = new CompletableFuture<>();

	private final JobThreadGroup group;

	private final JobThreads threads;

	private final ChildProcesses children;

	private final Environment environment;

	private final JobEnding ending;

	private volatile JobState state = JobState.STARTING;

	private volatile @Nullable String error;

	/** Threads of the JVM that keep the job from its end. */
	private volatile List<Thread> borrowed = List.of();

	JobRun(JobSettings settings) {
		this.settings = settings;
		StandardStreams streams = new StandardStreams(settings.streams());
		ShutdownHooks hooks = new ShutdownHooks();
		OpenResources resources = new OpenResources();
		this.group = new JobThreadGroup(label());
		this.threads = new JobThreads(this.group);
		this.children = new ChildProcesses(streams);
		this.environment = new Environment(streams, hooks, this.children, resources, this.threads, this.signal,
				settings.properties());
		this.group.environment(this.environment);
		this.ending = new JobEnding(settings, this.signal, hooks, this.group, this.threads, this.children, resources,
				streams);
	}

	private String label() {
		return "job " + this.settings.id();
	}

	void start(JobCode code) {
		RoutedInput.install();
		RoutedOutput.install();
		SharedThreads.start();
		JobClassLoader loader = new JobClassLoader(this.settings.parent(),
				new AppClasses(code.classes(), code.resources(), code.unguarded(), code.jars()), this.environment);
		String mainClass = code.mainClass();
		Thread supervisor = new Thread(() -> supervise(loader, mainClass), label() + " supervisor");
		supervisor.setDaemon(true);
		supervisor.setContextClassLoader(JobRun.class.getClassLoader());
		supervisor.start();
	}

	void stop() {
		this.signal.request(Cause.STOPPED, JobEnd.STOPPED_STATUS);
	}

	JobState state() {
		return this.state;
	}

	CompletableFuture<JobEnd> ended() {
		return this.ended;
	}

	List<JobThread> threads() {
		List<Thread> all = new ArrayList<>(this.threads.alive());
		all.addAll(this.borrowed);
		return all.stream().map(JobThread::of).toList();
	}

	JobUsage usage() {
		return JobUsage.of(this.threads.alive());
	}

	List<ProcessHandle> processes() {
		return this.children.alive();
	}

	private void supervise(JobClassLoader loader, String mainClass) {
		try {
			Thread main = new Thread(this.group, () -> main(loader, mainClass), "main");
			main.setDaemon(false);
			main.setContextClassLoader(loader);
			main.start();
			Request request = this.signal.await(() -> !this.threads.keepJobAlive(), this::naturalEnd);
			state(JobState.STOPPING);
			List<String> leftBehind = this.ending.end(request.cause(), loader, this::stuck);
			exited(request, loader, leftBehind);
		}
		catch (RuntimeException | Error ex) {
			state(JobState.STUCK);
			logger.error("Job {} ({}) is no longer supervised; end its group", this.settings.id(), this.settings.name(),
					ex);
		}
	}

	private void stuck(List<Thread> borrowed) {
		this.borrowed = borrowed;
		state(JobState.STUCK);
	}

	private Request naturalEnd() {
		return (this.error == null) ? new Request(Cause.RETURNED, 0) : new Request(Cause.FAILED, FAILED_STATUS);
	}

	private void exited(Request request, JobClassLoader loader, List<String> leftBehind) {
		loader.close();
		this.borrowed = List.of();
		this.group.environment(null);
		this.environment.clear();
		state(JobState.EXITED);
		logger.debug("Job {} ({}) has ended with status {}", this.settings.id(), this.settings.name(),
				request.status());
		String error = (request.cause() == Cause.FAILED) ? this.error : null;
		this.ended.complete(
				new JobEnd(request.status(), request.cause(), error, this.settings.clock().instant(), leftBehind));
	}

	/** On the thread {@code main} of the job. */
	private void main(JobClassLoader loader, String mainClass) {
		try {
			Class<?> type = loader.loadClass(mainClass);
			MainMethod main = MainMethod.of(type);
			started();
			main.invoke(type, this.settings.arguments());
		}
		catch (JobStopped ex) {
			// The thread ends. Without an end of its own the job has called code of
			// another
			// one.
			if (!this.signal.isRequested()) {
				this.error = "An object of a class of another job was called, which has ended";
			}
		}
		catch (Throwable ex) {
			this.error = text(ex);
			this.group.uncaughtException(Thread.currentThread(), ex);
		}
	}

	/** Does nothing if the job has been stopped before it was started. */
	private synchronized void started() {
		if (this.state == JobState.STARTING) {
			this.state = JobState.RUNNING;
		}
	}

	private synchronized void state(JobState state) {
		this.state = state;
	}

	private static String text(Throwable throwable) {
		try {
			return ErrorText.of(throwable);
		}
		catch (Throwable ex) {
			return throwable.getClass().getName();
		}
	}

}
