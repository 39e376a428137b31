package io.adaptive.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a registry must not forget: its nodes and the epochs it has issued. One file, to
 * which is only ever appended; a batch of entries is forced to the disk before any of
 * them counts as written. When the file has grown to a multiple of what it began with, a
 * new one takes its place in one step. So whenever the program is killed, the file holds
 * everything that was ever confirmed, and perhaps the beginning of what was not.
 * <p>
 * A directory belongs to one registry at a time, which a lock ensures.
 */
final class Journal implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Journal.class);

	/** Tells this program from all others. */
	private static final String PROCESS = UUID.randomUUID().toString();

	/** Callers wait for their entries, so as many can be queued as there are callers. */
	private static final int MAX_QUEUED = 100_000;

	/** After damage nobody knows which epochs were issued; this many are passed over. */
	private static final long EPOCHS_LOST = 1_000_000;

	private final Path directory;

	private final Path file;

	private final int minimumToCompact;

	private final FileChannel lockFile;

	private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>(MAX_QUEUED);

	private final Thread writer = new Thread(this::write, "adaptive-journal");

	private final List<Registration> restored;

	private final long nextEpoch;

	private FileChannel channel;

	/** Up to where the file is whole. */
	private volatile long length;

	private volatile long compactAt;

	private volatile boolean failing;

	private volatile boolean closed;

	/**
	 * Opens the journal of a directory, which is made if it is not there.
	 * @param directory the directory
	 * @param minimumToCompact a file below this size is not worth to be written anew
	 * @throws AdaptiveException if another registry uses the directory, or it cannot be
	 * used
	 */
	Journal(Path directory, int minimumToCompact) {
		this.directory = directory;
		this.file = directory.resolve("registry.journal");
		this.minimumToCompact = minimumToCompact;
		FileChannel locked = null;
		try {
			makeDirectory(directory);
			checkOwner();
			locked = lock(directory.resolve("registry.lock"));
			this.lockFile = locked;
			Files.writeString(ownerFile(), PROCESS);
			Files.deleteIfExists(newFile());
			JournalFile.Content content = readFile();
			Map<Long, Registration> nodes = new TreeMap<>();
			this.nextEpoch = replay(content, nodes);
			this.restored = List.copyOf(nodes.values());
			this.channel = replaceFile(snapshot(this.restored, this.nextEpoch));
		}
		catch (IOException ex) {
			if (locked != null) {
				release(locked);
			}
			throw new AdaptiveException(ErrorCode.UNAVAILABLE, Delivery.NOT_SENT,
					"The root registry cannot use its directory %s: %s; choose one that this user can write"
						.formatted(directory, ex),
					ex);
		}
		this.writer.setDaemon(true);
		this.writer.start();
	}

	private static void makeDirectory(Path directory) throws IOException {
		if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
			Files.createDirectories(directory,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		}
		else {
			Files.createDirectories(directory);
		}
	}

	/**
	 * Whatever file of its own a program closes takes all locks with it that the program
	 * has on it, so that the lock must not even be tried a second time.
	 */
	private void checkOwner() throws IOException {
		if (Files.exists(ownerFile()) && Files.readString(ownerFile()).equals(PROCESS)) {
			throw new IOException("another root registry of this program uses it");
		}
	}

	private Path ownerFile() {
		return this.directory.resolve("registry.owner");
	}

	private static FileChannel lock(Path path) throws IOException {
		FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		FileLock lock = channel.tryLock();
		if (lock == null) {
			channel.close();
			throw new IOException("another root registry uses it");
		}
		return channel;
	}

	private void release(FileChannel locked) {
		try {
			Files.deleteIfExists(ownerFile());
			locked.close();
		}
		catch (IOException ex) {
			logger.debug("cannot release the lock of a registry", ex);
		}
	}

	private JournalFile.Content readFile() throws IOException {
		if (!Files.exists(this.file)) {
			return new JournalFile.Content(List.of(), 0, null);
		}
		byte[] bytes = Files.readAllBytes(this.file);
		JournalFile.Content content = JournalFile.read(bytes);
		if (content.damage() != null) {
			Path aside = this.directory.resolve("registry.journal.damaged");
			Files.copy(this.file, aside, StandardCopyOption.REPLACE_EXISTING);
			logger.error("journal damaged, nodes that are missing will register again file={} reason=\"{}\" copy={}",
					this.file, content.damage(), aside);
		}
		else if (content.length() < bytes.length) {
			logger.info("journal cut off, as after a kill file={} bytes={}", this.file,
					bytes.length - content.length());
		}
		return content;
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

	private Path newFile() {
		return this.directory.resolve("registry.journal.new");
	}

	/**
	 * Writes a new file and puts it in the place of the old one in one step.
	 */
	private FileChannel replaceFile(List<JournalEntry> entries) throws IOException {
		FileChannel replacement = FileChannel.open(newFile(), StandardOpenOption.CREATE,
				StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
		try {
			writeFully(replacement, JournalFile.HEADER);
			writeFully(replacement, JournalFile.records(entries));
			replacement.force(true);
			Files.move(newFile(), this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			forceDirectory();
			this.length = replacement.position();
			this.compactAt = Math.max(this.minimumToCompact, 4 * this.length);
			return replacement;
		}
		catch (IOException ex) {
			replacement.close();
			throw ex;
		}
	}

	private void forceDirectory() {
		try (FileChannel itself = FileChannel.open(this.directory, StandardOpenOption.READ)) {
			itself.force(true);
		}
		catch (IOException ex) {
			// Not every system can; the rename then is as durable as it makes it.
			logger.debug("cannot force directory={}", this.directory, ex);
		}
	}

	private static void writeFully(FileChannel channel, byte[] bytes) throws IOException {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		while (buffer.hasRemaining()) {
			channel.write(buffer);
		}
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
		return this.failing || this.length > this.compactAt;
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
		this.compactAt = Long.MAX_VALUE;
		this.failing = false;
		return submit(new Task(snapshot(nodes, nextEpoch), true));
	}

	private CompletableFuture<@Nullable Void> submit(Task task) {
		if (this.closed || !this.queue.offer(task)) {
			task.fail(this.closed ? "it is closed" : "%d entries wait to be written".formatted(MAX_QUEUED), null);
		}
		return task.done;
	}

	private void write() {
		List<Task> batch = new ArrayList<>();
		try {
			while (!this.closed || !this.queue.isEmpty()) {
				batch.add(this.queue.take());
				this.queue.drainTo(batch);
				writeBatch(batch);
				batch.clear();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.queue.forEach((task) -> task.fail("it is closed", null));
	}

	private void writeBatch(List<Task> batch) {
		try {
			int from = 0;
			for (int i = 0; i < batch.size(); i++) {
				if (batch.get(i).replacesAll) {
					// What was queued before is part of what replaces it.
					FileChannel old = this.channel;
					this.channel = replaceFile(batch.get(i).entries);
					old.close();
					from = i + 1;
				}
			}
			List<JournalEntry> entries = new ArrayList<>();
			batch.subList(from, batch.size()).forEach((task) -> entries.addAll(task.entries));
			if (!entries.isEmpty()) {
				writeFully(this.channel, JournalFile.records(entries));
				this.channel.force(false);
				this.length = this.channel.position();
			}
			batch.forEach((task) -> task.done.complete(null));
		}
		catch (IOException ex) {
			failed(batch, ex);
		}
	}

	private void failed(List<Task> batch, IOException reason) {
		if (!this.failing) {
			logger.error("journal cannot be written, registrations are refused file={} reason=\"{}\"", this.file,
					reason.toString());
		}
		this.failing = true;
		try {
			this.channel.truncate(this.length);
			this.channel.position(this.length);
		}
		catch (IOException ex) {
			// The next file replaces this one, whatever is in it.
			logger.debug("cannot cut off a journal", ex);
		}
		batch.forEach((task) -> task.fail(reason.toString(), reason));
	}

	@Override
	public void close() {
		this.closed = true;
		submitLast();
		try {
			this.writer.join(5000);
			this.channel.close();
			Files.deleteIfExists(ownerFile());
			this.lockFile.close();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			logger.warn("journal cannot be closed file={}", this.file, ex);
		}
	}

	/**
	 * Wakes the writer.
	 */
	private void submitLast() {
		if (!this.queue.offer(new Task(List.of(), false))) {
			logger.debug("journal is closed while it is behind file={}", this.file);
		}
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
