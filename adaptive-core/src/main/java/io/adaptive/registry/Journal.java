package io.adaptive.registry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

import io.adaptive.log.KeyValueLogger;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
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

	private static final long CLOSE_MILLIS = 5000;

	private final JournalDirectory directory;

	private final int minimumToCompact;

	private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>(MAX_QUEUED);

	private final Thread writer = new Thread(this::write, "adaptive-journal");

	private final List<Registration> restored;

	private final long nextEpoch;

	private FileChannel channel;

	private volatile long length;

	private volatile long compactAt;

	/** The file may not be whole, or not be there: only another one helps. */
	private volatile boolean broken;

	private volatile boolean compacting;

	private volatile boolean closed;

	/**
	 * Opens the journal of a directory.
	 * @param path the directory, which is made if it is not there
	 * @param minimumToCompact a file below this size is not worth to be written anew
	 * @throws AdaptiveException if another registry uses the directory, or it cannot be
	 * used
	 */
	Journal(Path path, int minimumToCompact) {
		this.minimumToCompact = minimumToCompact;
		try {
			this.directory = new JournalDirectory(path);
		}
		catch (IOException ex) {
			throw unusable(path, ex);
		}
		try {
			Map<Long, Registration> nodes = new TreeMap<>();
			this.nextEpoch = replay(this.directory.read(), nodes);
			this.restored = List.copyOf(nodes.values());
			this.channel = this.directory.replace(snapshot(this.restored, this.nextEpoch));
			measure();
		}
		catch (IOException ex) {
			this.directory.close();
			throw unusable(path, ex);
		}
		this.writer.setDaemon(true);
		this.writer.start();
	}

	private static AdaptiveException unusable(Path path, IOException reason) {
		return new AdaptiveException(ErrorCode.UNAVAILABLE, Delivery.NOT_SENT,
				"The root registry cannot use its directory %s: %s; choose one that this user can write".formatted(path,
						reason),
				reason);
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

	private void measure() throws IOException {
		this.length = this.channel.position();
		this.compactAt = Math.max(this.minimumToCompact, GROWTH * this.length);
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
	 * Tells whether it is time for {@link #compact}.
	 */
	boolean wantsToCompact() {
		return !this.compacting && (this.broken || this.length > this.compactAt);
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
	 * Replaces all that was appended so far by what came of it.
	 */
	CompletableFuture<@Nullable Void> compact(Collection<Registration> nodes, long nextEpoch) {
		this.compacting = true;
		return submit(new Task(snapshot(nodes, nextEpoch), true));
	}

	private CompletableFuture<@Nullable Void> submit(Task task) {
		if (this.closed) {
			task.fail("it is closed", null);
		}
		else if (!this.queue.offer(task)) {
			this.broken = true;
			task.fail("%d entries wait to be written".formatted(MAX_QUEUED), null);
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
			int from = replace(batch);
			if (this.broken) {
				throw new IOException("it could not be written before");
			}
			List<JournalEntry> entries = new ArrayList<>();
			batch.subList(from, batch.size()).forEach((task) -> entries.addAll(task.entries));
			if (!entries.isEmpty()) {
				JournalDirectory.write(this.channel, JournalFile.records(entries));
				this.channel.force(false);
				this.length = this.channel.position();
			}
			batch.forEach((task) -> task.done.complete(null));
		}
		catch (IOException ex) {
			if (!this.broken) {
				logger.error("journal cannot be written, registrations are refused file={} reason=\"{}\"",
						this.directory.file(), ex.toString());
			}
			this.broken = true;
			batch.forEach((task) -> task.fail(ex.toString(), ex));
		}
	}

	/**
	 * Does the last replacement of a batch: what was queued before is part of it.
	 * @return from where the rest of the batch is to be appended
	 */
	private int replace(List<Task> batch) throws IOException {
		for (int i = batch.size() - 1; i >= 0; i--) {
			if (batch.get(i).replacesAll) {
				this.compacting = false;
				FileChannel old = this.channel;
				this.channel = this.directory.replace(batch.get(i).entries);
				measure();
				if (this.broken) {
					this.broken = false;
					logger.info("journal is written again file={}", this.directory.file());
				}
				old.close();
				return i + 1;
			}
		}
		return 0;
	}

	@Override
	public void close() {
		this.closed = true;
		try {
			// The last task only wakes the writer; if there is no room for it, it is
			// awake.
			boolean unused = this.queue.offer(new Task(List.of(), false));
			this.writer.join(CLOSE_MILLIS);
			this.channel.close();
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

		void fail(String reason, @Nullable IOException cause) {
			this.done.completeExceptionally(new AdaptiveException(ErrorCode.UNAVAILABLE, Delivery.NOT_SENT,
					"The root registry cannot write its journal: " + reason, cause));
		}

	}

}
