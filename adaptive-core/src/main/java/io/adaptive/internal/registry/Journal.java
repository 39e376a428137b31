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
import io.adaptive.internal.message.DaemonThreads;
import io.adaptive.internal.message.Deadline;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.RegistryDirectoryException;
import org.jspecify.annotations.Nullable;

/**
 * Durable state of a registry: its nodes and the epochs it has issued. One append-only
 * file; a batch of entries is forced to the disk before any of them counts as written.
 * When the file has grown to {@value #GROWTH} times its initial length, a new one
 * replaces it atomically. So at any end of the program the file holds everything that was
 * confirmed, and perhaps the beginning of an entry that was not.
 */
final class Journal implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(Journal.class);

	private static final int MAX_QUEUED = 100_000;

	/**
	 * Number of epochs that are skipped after damage, since it is unknown which of them
	 * were issued.
	 */
	private static final long EPOCHS_LOST = 1_000_000;

	private static final int GROWTH = 4;

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final JournalDirectory directory;

	private final int minimumToCompact;

	private final Disk disk;

	private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>(MAX_QUEUED);

	private final Thread writer = DaemonThreads.newThread(this::write, "adaptive-journal");

	private final List<Registration> restored;

	private final long nextEpoch;

	/**
	 * The current file, {@code null} until the first one could be written. Used by the
	 * writer thread only.
	 */
	private @Nullable FileChannel channel;

	private volatile long length;

	private volatile long compactAt;

	/**
	 * Reason of the last failure, {@code null} if there is none. The file may be
	 * incomplete or missing then, until a new one replaces it.
	 */
	private volatile @Nullable String failure;

	private volatile boolean compacting;

	private volatile boolean closed;

	/**
	 * Opens the journal of a directory. A directory that can be read but not written, as
	 * on a full disk, is accepted: the journal then begins with a write failure.
	 * @param path the directory, which is created if it does not exist
	 * @param minimumToCompact the length below which a file is not compacted, in bytes
	 * @param disk the disk
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
	 * Returns the nodes that were registered at the end of the journal.
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
	 * Returns the reason why the journal cannot be written.
	 * @return the reason, {@code null} if it can be written
	 */
	@Nullable String failure() {
		return this.failure;
	}

	/**
	 * Returns whether {@link #compact} is due.
	 */
	boolean wantsToCompact() {
		return !this.compacting && (this.failure != null || this.length > this.compactAt);
	}

	/**
	 * Appends an entry.
	 * @return completes when the entry and all entries before it are on the disk
	 */
	CompletableFuture<@Nullable Void> append(JournalEntry entry) {
		return submit(new Task(List.of(entry), false));
	}

	/**
	 * Returns a future that completes when all entries appended so far are on the disk.
	 */
	CompletableFuture<@Nullable Void> flush() {
		return submit(new Task(List.of(), false));
	}

	/**
	 * Replaces the journal by a snapshot. Entries that wait to be written are appended to
	 * it.
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
			// A restart must not read complete entries of a batch that was refused.
			current.truncate(this.length);
			throw ex;
		}
	}

	/**
	 * Performs the last replacement of a batch, if there is one.
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
	 * Writes the queued entries and closes the journal.
	 * @param deadline the limit of the wait for the writer thread, which takes seconds at
	 * most
	 */
	void close(Deadline deadline) {
		this.closed = true;
		try {
			// The last task only wakes the writer; a writer with a full queue is awake.
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
