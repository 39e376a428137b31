package io.adaptive.gshell.group;

import java.time.Duration;

import io.adaptive.gshell.state.JobFolder;
import io.adaptive.gshell.state.StateException;
import io.adaptive.gshell.state.StoredJob;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the state of a job. What the disk does not take is written later, unless there
 * is a newer state then. Thread-safe.
 */
final class JobStateWriter {

	private static final Logger logger = LoggerFactory.getLogger(JobStateWriter.class);

	private static final Duration AGAIN = Duration.ofSeconds(5);

	private final JobFolder folder;

	private final Timers timers;

	private @Nullable StoredJob pending;

	private boolean closed;

	JobStateWriter(JobFolder folder, Timers timers) {
		this.folder = folder;
		this.timers = timers;
	}

	/**
	 * Writes a state now.
	 * @throws StateException if the disk does not take it; then the state before holds
	 */
	synchronized void write(StoredJob job) {
		this.folder.write(job);
		this.pending = null;
	}

	/**
	 * Writes a state now or later.
	 */
	synchronized void writeSoon(StoredJob job) {
		if (this.closed) {
			return;
		}
		try {
			write(job);
		}
		catch (StateException ex) {
			logger.warn("the state of job {} ({}) is written later: {}", job.definition().id(), job.definition().name(),
					ex.getMessage());
			boolean waiting = this.pending != null;
			this.pending = job;
			if (!waiting) {
				this.timers.after(AGAIN, this::again);
			}
		}
	}

	private synchronized void again() {
		StoredJob job = this.pending;
		if (job != null) {
			this.pending = null;
			writeSoon(job);
		}
	}

	/**
	 * Deletes the state, and writes none any more.
	 * @throws StateException if it cannot be deleted; then the state holds
	 */
	synchronized void remove() {
		this.folder.remove();
		this.pending = null;
		this.closed = true;
	}

}
