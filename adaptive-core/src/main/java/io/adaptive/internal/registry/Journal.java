package io.adaptive.internal.registry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.Deadline;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.RegistryDirectoryException;
import org.jspecify.annotations.Nullable;

/**
 * What a registry must not forget: its nodes and the epochs it has issued. One file, to
 * which is only ever appended; a batch of entries is forced to the disk before any of
 * them counts as written. When the file has grown to a multiple of what it began with, a
 * new one takes its place in one step. So whenever the program is killed, the file holds
 * everything that was ever confirmed, and perhaps the beginning of what was not.
 */
final class Journal implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(Journal.class);

	private static final int MAX_QUEUED = 100_000;

	/** After damage nobody knows which epochs were issued; this many are passed over. */
	private static final long EPOCHS_LOST = 1_000_000;

	private static final int GROWTH = 4;

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final JournalDirectory directory;

	private final int minimumToCompact;

	private final Disk disk;

	private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>(MAX_QUEUED);

	private final Thread writer = new Thread(this::write, "adaptive-journal");

	private final List<Registration> restored;

	private final long nextEpoch;

	/** {@code null} until the first file could be written. By the writer alone. */
	private @Nullable FileChannel channel;

	private volatile long length;

	private volatile long compactAt;

	/**
	 * Why the file may not be whole, or not be there: only another one helps.
	 */
	private volatile @Nullable String failure;

	private volatile boolean compacting;

	private volatile boolean closed;

	/**
	 * Opens the journal of a directory. One that can be read, and not be written as on a
	 * full disk, is opened: it begins as one that cannot be written.
	 * @param path the directory, which is made if it is not there
	 * @param minimumToCompact a file below this size is not worth to be written anew
	 * @param disk where it is written
	 * @throws RegistryDirectoryException if another registry uses the directory, or it
	 * cannot be used
	 */
	Journal(Path path, int minimumToCompact, Disk disk) {
		this.minimumToCompact = minimumToCompact;
		this.disk = disk;
		try {
			this.directory = new JournalDirectory(path, disk);
		}
		catch (IOException ex) {
			throw new RegistryDirectoryException(path, ex);
		}
		try {
			Map<Long, Registration> nodes = new TreeMap<>();
			this.nextEpoch = replay(this.directory.read(), nodes);
			this.restored = List.copyOf(nodes.values());
			begin();
		}
		catch (IOException ex) {
			this.directory.close();
			throw new RegistryDirectoryException(path, ex);
		}
		this.writer.setDaemon(true);
		this.writer.start();
	}

	private void begin() {
		try {
			begin(this.directory.replace(snapshot(this.restored, this.nextEpoch)));
		}
		catch (IOException ex) {
			failed(ex);
		}
	}

	private void begin(FileChannel file) throws IOException {
		this.channel = file;
		this.length = file.position();
		this.compactAt = Math.max(this.minimumToCompact, GROWTH * this.length);
	}

	private void failed(IOException reason) {
		if (this.failure == null) {
			logger.error("journal cannot be written, queries are answered, changes are refused file={} reason=\"{}\"",
					this.directory.file(), reason.toString());
			this.failure = reason.toString();
		}
	}

	private static long replay(JournalFile.Content content, Map<Long, Registration> nodes) {
		long next = 1;
		for (JournalEntry entry : content.entries()) {
			if (entry instanceof JournalEntry.Present present) {
				nodes.put(present.registration().epoch(), present.registration());
				next = Math.max(next, present.registration().epoch() + 1);
			}
			else if (entry instanceof JournalEntry.Gone gone) {
				nodes.remove(gone.epoch());
				next = Math.max(next, gone.epoch() + 1);
			}
			else if (entry instanceof JournalEntry.NextEpoch floor) {
				next = Math.max(next, floor.epoch());
			}
		}
		return (content.damage() != null) ? next + EPOCHS_LOST : next;
	}

	private static List<JournalEntry> snapshot(Collection<Registration> nodes, long nextEpoch) {
		List<JournalEntry> entries = new ArrayList<>();
		entries.add(new JournalEntry.NextEpoch(nextEpoch));
		nodes.forEach((node) -> entries.add(new JournalEntry.Present(node)));
		return entries;
	}

	/**
	 * Returns the nodes that were there at the end.
	 */
	List<Registration> restored() {
		return this.restored;
	}

	/**
	 * Returns the first epoch that was never issued.
	 */
	long nextEpoch() {
		return this.nextEpoch;
	}

	/**
	 * Returns why nothing can be written.
	 * @return the reason, {@code null} while all is well
	 */
	@Nullable String failure() {
		return this.failure;
	}

	/**
	 * Tells whether it is time for {@link #compact}.
	 */
	boolean wantsToCompact() {
		return !this.compacting && (this.failure != null || this.length > this.compactAt);
	}

	/**
	 * Writes an entry.
	 * @return completes when it is on the disk, with all before it
	 */
	CompletableFuture<@Nullable Void> append(JournalEntry entry) {
		return submit(new Task(List.of(entry), false));
	}

	/**
	 * Completes when all that was appended so far is on the disk.
	 */
	CompletableFuture<@Nullable Void> flush() {
		return submit(new Task(List.of(), false));
	}

	/**
	 * Replaces all that is written by what came of it. What waits to be written is
	 * appended to that.
	 */
	CompletableFuture<@Nullable Void> compact(Collection<Registration> nodes, long nextEpoch) {
		this.compacting = true;
		return submit(new Task(snapshot(nodes, nextEpoch), true));
	}

	private CompletableFuture<@Nullable Void> submit(Task task) {
		if (this.closed) {
			task.done.completeExceptionally(new AdaptiveException(ErrorCode.UNAVAILABLE, Delivery.NOT_SENT,
					"The root registry is closed", null));
		}
		else if (!this.queue.offer(task)) {
			IOException full = new IOException("%s entries wait to be written".formatted(MAX_QUEUED));
			failed(full);
			task.fail(full.toString(), full);
		}
		return task.done;
	}

	private void write() {
		List<Task> batch = new ArrayList<>();
		try {
			while (!this.closed || !this.queue.isEmpty()) {
				batch.add(this.queue.take());
				this.queue.drainTo(batch);
				write(batch);
				batch.clear();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void write(List<Task> batch) {
		try {
			replace(batch);
			append(batch.stream()
				.filter((task) -> !task.replacesAll)
				.flatMap((task) -> task.entries.stream())
				.toList());
			batch.forEach((task) -> task.done.complete(null));
		}
		catch (IOException ex) {
			failed(ex);
			batch.forEach((task) -> task.fail(this.failure, ex));
		}
	}

	private void append(List<JournalEntry> entries) throws IOException {
		FileChannel current = this.channel;
		if (current == null || this.failure != null) {
			throw new IOException(this.failure);
		}
		if (entries.isEmpty()) {
			return;
		}
		try {
			this.disk.write(current, JournalFile.records(entries));
			current.force(false);
			this.length = current.position();
		}
		catch (IOException ex) {
			// Whole entries of what was refused must not be read after a restart.
			current.truncate(this.length);
			throw ex;
		}
	}

	/**
	 * Does the last replacement of a batch, if there is one.
	 */
	private void replace(List<Task> batch) throws IOException {
		List<Task> replacements = batch.stream().filter((task) -> task.replacesAll).toList();
		if (replacements.isEmpty()) {
			return;
		}
		this.compacting = false;
		FileChannel old = this.channel;
		begin(this.directory.replace(replacements.get(replacements.size() - 1).entries));
		if (this.failure != null) {
			this.failure = null;
			logger.info("journal is written again file={}", this.directory.file());
		}
		if (old != null) {
			old.close();
		}
	}

	@Override
	public void close() {
		close(Deadline.NEVER);
	}

	/**
	 * Writes what is left.
	 * @param deadline until when to wait for that, seconds at most
	 */
	void close(Deadline deadline) {
		this.closed = true;
		try {
			// The last task only wakes the writer; if there is no room for it, it is
			// awake.
			boolean unused = this.queue.offer(new Task(List.of(), false));
			Deadline.in(CLOSE_TIMEOUT).soonerOf(deadline).join(this.writer);
			FileChannel last = this.channel;
			if (last != null) {
				last.close();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			logger.warn("journal cannot be closed file={}", this.directory.file(), ex);
		}
		this.directory.close();
	}

	private static final class Task {

		private final List<JournalEntry> entries;

		private final boolean replacesAll;

		private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

		Task(List<JournalEntry> entries, boolean replacesAll) {
			this.entries = entries;
			this.replacesAll = replacesAll;
		}

		void fail(@Nullable String reason, IOException cause) {
			this.done.completeExceptionally(new AdaptiveException(ErrorCode.RESOURCE_EXHAUSTED, Delivery.NOT_SENT,
					"The root registry cannot write its journal: " + reason, cause));
		}

	}

}
