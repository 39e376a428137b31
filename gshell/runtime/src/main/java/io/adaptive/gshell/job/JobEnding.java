package io.adaptive.gshell.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.adaptive.gshell.job.JobEnd.Cause;
import io.adaptive.gshell.weave.JobClassLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a job, step by step: shutdown hooks; resources shut, child processes asked
 * to end and threads interrupted; the woven check set, child processes killed and threads
 * interrupted again and again. Each step is bounded. A job that is stopped gets the time
 * of the second step to end by its own means; in one that ends by itself the check is set
 * before, as the platform stops its daemon threads at the end.
 * <p>
 * The supervisor only starts what may call code of the job, on threads of the job: one
 * that does not come back is a thread of the job that is left.
 */
final class JobEnding {

	private static final Logger logger = LoggerFactory.getLogger(JobEnding.class);

	private static final Duration SHORTEST_PAUSE = Duration.ofMillis(2);

	private static final Duration LONGEST_PAUSE = Duration.ofMillis(25);

	private static final Duration INTERRUPT_AGAIN = Duration.ofMillis(50);

	private static final Duration STUCK_PAUSE = Duration.ofSeconds(1);

	private final JobSettings settings;

	private final EndSignal signal;

	private final ShutdownHooks hooks;

	private final JobThreadGroup group;

	private final JobThreads threads;

	private final ChildProcesses children;

	private final OpenResources resources;

	private final StandardStreams streams;

	JobEnding(JobSettings settings, EndSignal signal, ShutdownHooks hooks, JobThreadGroup group, JobThreads threads,
			ChildProcesses children, OpenResources resources, StandardStreams streams) {
		this.settings = settings;
		this.signal = signal;
		this.hooks = hooks;
		this.group = group;
		this.threads = threads;
		this.children = children;
		this.resources = resources;
		this.streams = streams;
	}

	/**
	 * Ends the job. Returns when nothing of it runs.
	 * @param cause why it ends
	 * @param loader its class loader
	 * @param stuck called when something has survived all steps, with the threads of the
	 * JVM that run code of the job
	 * @return resources that were open or running and have been shut
	 */
	List<String> end(Cause cause, JobClassLoader loader, Consumer<List<Thread>> stuck) {
		logger.debug("Job {} ({}) ends: {}", this.settings.id(), this.settings.name(), cause);
		step("shutdown hooks", () -> runHooks(loader));
		if (cause != Cause.STOPPED) {
			loader.stop();
		}
		this.group.silence();
		this.signal.release();
		List<String> leftBehind = new ArrayList<>();
		step("interrupts", () -> leftBehind.addAll(askToEnd(loader)));
		loader.stop();
		if (!isGone(loader)) {
			step("the stop check", () -> force(loader));
		}
		onJobThread(loader, "flush", this.streams::flush, this.settings.timeouts().check());
		if (!await(() -> isGone(loader), INTERRUPT_AGAIN)) {
			awaitStuck(loader, stuck);
		}
		leftBehind.addAll(this.resources.leftBehind());
		return leftBehind;
	}

	private void step(String name, Runnable step) {
		long begin = System.nanoTime();
		step.run();
		logger.debug("Job {} ({}): {} took {} ms", this.settings.id(), this.settings.name(), name,
				TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
	}

	private void runHooks(JobClassLoader loader) {
		List<Thread> hooks = this.hooks.close();
		if (hooks.isEmpty() || this.signal.isHalted()) {
			return;
		}
		Duration bound = this.settings.timeouts().hooks();
		long begin = System.nanoTime();
		onJobThread(loader, "start of shutdown hooks", () -> hooks.forEach(Thread::start), bound);
		BooleanSupplier ended = () -> this.signal.isHalted() || hooks.stream().noneMatch(Thread::isAlive);
		if (!await(ended, bound.minusNanos(System.nanoTime() - begin))) {
			logger.warn("Job {} ({}): shutdown hooks have not ended within {}; the job is ended without them",
					this.settings.id(), this.settings.name(), bound);
		}
	}

	private List<String> askToEnd(JobClassLoader loader) {
		List<ProcessHandle> children = this.children.alive();
		List<String> descriptions = children.stream().map(ChildProcesses::describe).toList();
		children.forEach(ProcessHandle::destroy);
		onJobThread(loader, "shut", this::shut, INTERRUPT_AGAIN);
		onJobThread(loader, "interrupt", this.threads::interrupt, INTERRUPT_AGAIN);
		if (!await(() -> isGone(loader), this.settings.timeouts().interrupts())) {
			logger.debug("Job {} ({}): {} threads and {} child processes go on after interrupts", this.settings.id(),
					this.settings.name(), this.threads.alive().size(), this.children.alive().size());
		}
		return descriptions;
	}

	private void shut() {
		this.resources.shut();
		this.streams.closeIn();
	}

	private void force(JobClassLoader loader) {
		long end = System.nanoTime() + this.settings.timeouts().check().toNanos();
		onJobThread(loader, "shut", this::shut, INTERRUPT_AGAIN);
		do {
			this.children.alive().forEach(ProcessHandle::destroyForcibly);
			onJobThread(loader, "interrupt", this.threads::interrupt, INTERRUPT_AGAIN);
		}
		while (!await(() -> isGone(loader), INTERRUPT_AGAIN) && System.nanoTime() - end < 0);
	}

	private boolean isGone(JobClassLoader loader) {
		return this.threads.alive().isEmpty() && this.children.alive().isEmpty()
				&& this.threads.borrowed(loader).isEmpty();
	}

	private void awaitStuck(JobClassLoader loader, Consumer<List<Thread>> stuck) {
		List<Thread> borrowed = this.threads.borrowed(loader);
		stuck.accept(borrowed);
		List<Thread> left = new ArrayList<>(this.threads.alive());
		left.addAll(borrowed);
		logger.warn(
				"Job {} ({}) is stuck, only the end of its group ends it. Left are {} child processes and {} threads:{}",
				this.settings.id(), this.settings.name(), this.children.alive().size(), left.size(),
				left.stream().map((thread) -> "\n" + JobThread.of(thread)).collect(Collectors.joining()));
		Pause pause = new Pause(LONGEST_PAUSE, STUCK_PAUSE);
		while (!isGone(loader)) {
			pause.sleep();
		}
	}

	private boolean await(BooleanSupplier condition, Duration bound) {
		long end = System.nanoTime() + bound.toNanos();
		Pause pause = new Pause(SHORTEST_PAUSE, LONGEST_PAUSE);
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - end >= 0) {
				return false;
			}
			pause.sleep();
		}
		return true;
	}

	private void onJobThread(JobClassLoader loader, String name, Runnable task, Duration bound) {
		CountDownLatch done = new CountDownLatch(1);
		Thread thread = new Thread(this.group, () -> {
			try {
				task.run();
			}
			finally {
				done.countDown();
			}
		}, "gshell " + name);
		thread.setDaemon(true);
		thread.setContextClassLoader(loader);
		thread.start();
		try {
			done.await(bound.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			// Meant for threads of jobs.
		}
	}

}
