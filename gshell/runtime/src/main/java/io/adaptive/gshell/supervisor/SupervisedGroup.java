package io.adaptive.gshell.supervisor;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.gshell.state.GroupFolder;
import io.adaptive.gshell.state.GroupLock;
import io.adaptive.gshell.state.GroupName;
import io.adaptive.gshell.state.StateException;
import io.adaptive.gshell.state.StoredGroup;
import io.adaptive.gshell.supervisor.GroupException.Kind;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Scope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One group under supervision, on a thread of its own: starts the process if none lives,
 * waits until it dies by waiting for its lock, and begins again, until the group has been
 * removed. The end of the supervision ends no group.
 */
final class SupervisedGroup {

	private static final Logger logger = LoggerFactory.getLogger(SupervisedGroup.class);

	private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

	private static final Duration REAP_TIMEOUT = Duration.ofSeconds(5);

	private final GroupName name;

	private final GroupFolder folder;

	private final SupervisorSettings settings;

	private final AdaptiveClient client;

	private final GroupBackoff backoff;

	private final Consumer<SupervisedGroup> gone;

	private final Thread thread;

	/** Completes when the service is published, anew for each process. */
	private volatile CompletableFuture<List<String>> published = new CompletableFuture<>();

	private volatile boolean closed;

	private @Nullable Process process;

	private Instant startedAt;

	private long consoleBefore;

	private long killsBefore;

	/** The group has just been made, so that it may be without a job. */
	private boolean fresh;

	SupervisedGroup(GroupName name, GroupFolder folder, SupervisorSettings settings, boolean fresh,
			Consumer<SupervisedGroup> gone) {
		this.name = name;
		this.folder = folder;
		this.settings = settings;
		this.client = settings.client().scopes(Scope.OS);
		this.backoff = new GroupBackoff(settings.clock(), settings.random());
		this.fresh = fresh;
		this.gone = gone;
		this.startedAt = settings.clock().instant();
		this.thread = new Thread(this::supervise, "gshell group " + name);
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	/**
	 * Completes when the service can be found, with lines for the user.
	 */
	CompletableFuture<List<String>> published() {
		return this.published;
	}

	private void supervise() {
		try {
			boolean there = true;
			while (!this.closed && there) {
				there = superviseOnce();
			}
		}
		catch (StateException | IOException ex) {
			logger.error("group {} is no longer supervised: {}", this.name, ex.getMessage());
			fail("group %s cannot be started: %s".formatted(this.name, ex.getMessage()), ex);
		}
		finally {
			if (!this.folder.exists()) {
				deleteControlGroups();
			}
			this.gone.accept(this);
			fail("group %s has ended; run the app again".formatted(this.name), null);
		}
	}

	/**
	 * Keeps one process of the group to its death.
	 * @return {@code false} if there is no such group any more
	 */
	private boolean superviseOnce() throws IOException {
		try {
			boolean there = keepAlive();
			if (there) {
				awaitDeath();
			}
			return there;
		}
		catch (InterruptedException ex) {
			// The supervision ends, or a process has ended just after it was published.
			return true;
		}
	}

	private void fail(String message, @Nullable Throwable cause) {
		this.published.completeExceptionally(new GroupException(Kind.CANNOT_START, message, cause));
	}

	/**
	 * Starts the process unless one lives, again and again until it is published.
	 * @return {@code false} if there is no such group any more
	 */
	private boolean keepAlive() throws InterruptedException, IOException {
		while (true) {
			GroupLock lock = this.folder.exists() ? this.folder.tryLock() : null;
			if (lock == null && !this.folder.exists()) {
				return false;
			}
			if (lock == null) {
				awaitPublished();
				return true;
			}
			StoredGroup stored;
			GroupLauncher.Start start;
			try (lock) {
				if (!this.fresh && this.folder.list().isEmpty()) {
					logger.info("group {} has no job, and is removed", this.name);
					this.folder.remove().run();
					return false;
				}
				stored = this.folder.read();
				start = this.settings.launcher().prepare(this.folder, stored);
				List<String> notes = new ArrayList<>(start.notes());
				notes.addAll(deathNotes());
				this.folder.write(stored.started(notes));
			}
			if (launch(start)) {
				this.fresh = false;
				return true;
			}
			pause();
		}
	}

	private List<String> deathNotes() throws InterruptedException {
		if (this.fresh) {
			return List.of();
		}
		Process before = this.process;
		// Its lock is free a moment before its status is known.
		boolean known = before != null && before.waitFor(REAP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
		Integer status = (before != null && known) ? before.exitValue() : null;
		return List.of(deathNote(status));
	}

	private String deathNote(@Nullable Integer status) {
		String note = DeathNote.of(this.settings.clock().instant(), status, this.folder.console(), this.consoleBefore);
		boolean killedForMemory = status != null && status == DeathNote.KILLED
				&& this.settings.launcher().control(this.folder).killsForMemory() > this.killsBefore;
		return killedForMemory ? note + ": the kernel has killed a process of its control group for memory" : note;
	}

	/**
	 * Deletes the control groups of a group that has been removed, when its process has
	 * ended.
	 */
	private void deleteControlGroups() {
		try {
			Process last = this.process;
			if (last != null) {
				last.waitFor(REAP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.settings.launcher().control(this.folder).delete();
	}

	private boolean launch(GroupLauncher.Start start) throws InterruptedException, IOException {
		this.consoleBefore = this.folder.console().toFile().length();
		this.killsBefore = this.settings.launcher().control(this.folder).killsForMemory();
		this.startedAt = this.settings.clock().instant();
		Process launched = start.start();
		this.process = launched;
		logger.info("group {} is started, process {}", this.name, launched.pid());
		Thread waiting = Thread.currentThread();
		CompletableFuture<Boolean> exited = launched.onExit().thenApply((ended) -> true);
		CompletableFuture<?> wake = exited.thenRun(() -> {
			if (!this.published.isDone()) {
				waiting.interrupt();
			}
		});
		try {
			awaitPublished();
			return true;
		}
		catch (InterruptedException ex) {
			if (this.closed || launched.isAlive()) {
				throw ex;
			}
			String note = deathNote(launched.exitValue());
			logger.warn("group {} does not start: {}", this.name, note);
			fail("group %s does not start: %s; see %s and %s".formatted(this.name, note, this.folder.log(),
					this.folder.console()), null);
			this.published = new CompletableFuture<>();
			this.fresh = false;
			return false;
		}
		finally {
			wake.cancel(false);
		}
	}

	/**
	 * Waits until the service can be found, or the process has died.
	 */
	private void awaitPublished() throws InterruptedException {
		while (!this.closed) {
			try {
				this.client.discoverTimeout(START_TIMEOUT).discover(this.name.service()).close();
				this.published.complete(this.folder.read().notes());
				return;
			}
			catch (AdaptiveException ex) {
				if (Thread.interrupted()) {
					throw new InterruptedException();
				}
				logger.warn("group {} is not published after {}: {}", this.name, START_TIMEOUT, ex.getMessage());
				fail("group %s lives and is not published: %s; see %s".formatted(this.name, ex.getMessage(),
						this.folder.log()), ex);
				this.published = new CompletableFuture<>();
				if (hasDied()) {
					return;
				}
			}
		}
	}

	private boolean hasDied() {
		if (!this.folder.exists()) {
			return true;
		}
		GroupLock lock = this.folder.tryLock();
		if (lock != null) {
			lock.close();
		}
		return lock != null;
	}

	private void awaitDeath() throws InterruptedException, IOException {
		try {
			this.folder.lock().close();
		}
		catch (IOException ex) {
			if (Thread.interrupted() || this.closed) {
				throw new InterruptedException();
			}
			if (this.folder.exists()) {
				throw ex;
			}
		}
		if (this.folder.exists()) {
			this.published = new CompletableFuture<>();
			logger.warn("group {} has died", this.name);
			pause();
		}
	}

	private void pause() throws InterruptedException {
		Duration delay = this.backoff.afterDeath(this.startedAt);
		if (!delay.isZero()) {
			logger.warn("group {} dies again and again, it is started again in {}", this.name, delay);
		}
		this.settings.sleeper().sleep(delay);
	}

	/**
	 * Begins to end the supervision.
	 */
	void abandon() {
		this.closed = true;
		this.thread.interrupt();
	}

	void close() {
		abandon();
		try {
			this.thread.join(TimeUnit.SECONDS.toMillis(5));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
