package io.adaptive.internal.registry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;

import io.adaptive.internal.log.KeyValueLogger;

/**
 * Directory of a journal, locked for one registry. The lock ends with the program, even
 * after a crash.
 */
final class JournalDirectory implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(JournalDirectory.class);

	/** Random identifier of this program. */
	private static final String PROCESS = UUID.randomUUID().toString();

	private final Path directory;

	private final Path file;

	private final FileChannel lock;

	private final Disk disk;

	private boolean owned;

	/**
	 * Creates the directory if it does not exist, and locks it.
	 * @throws IOException if another registry uses it, or it cannot be used
	 */
	JournalDirectory(Path directory, Disk disk) throws IOException {
		this.directory = directory;
		this.disk = disk;
		this.file = directory.resolve("registry.journal");
		if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
			Files.createDirectories(directory,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		}
		else {
			Files.createDirectories(directory);
		}
		checkOwner();
		this.lock = lock(directory.resolve("registry.lock"));
		deleteNewFile();
		own();
	}

	/**
	 * Deletes an unfinished file, which would only fill the disk.
	 */
	private void deleteNewFile() {
		try {
			Files.deleteIfExists(newFile());
		}
		catch (IOException ex) {
			logger.debug("unfinished journal cannot be deleted file={}", newFile(), ex);
		}
	}

	/**
	 * Writes the owner file. If that fails, as on a full disk, each new journal tries
	 * again.
	 */
	private void own() {
		try (FileChannel owner = FileChannel.open(ownerFile(), StandardOpenOption.CREATE,
				StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
			this.disk.write(owner, PROCESS.getBytes(StandardCharsets.US_ASCII));
			this.owned = true;
		}
		catch (IOException ex) {
			logger.debug("owner of a journal cannot be written directory={}", this.directory, ex);
		}
	}

	/**
	 * Refuses a directory that this program has locked already. It must not even try to
	 * lock it again, since closing a file ends all locks of the program on that file.
	 */
	private void checkOwner() throws IOException {
		if (Files.exists(ownerFile()) && Files.readString(ownerFile()).equals(PROCESS)) {
			throw new IOException("another root registry of this program uses it");
		}
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

	private Path ownerFile() {
		return this.directory.resolve("registry.owner");
	}

	private Path newFile() {
		return this.directory.resolve("registry.journal.new");
	}

	Path file() {
		return this.file;
	}

	/**
	 * Reads the journal. A damaged one is reported, and a copy of it is kept.
	 */
	JournalFile.Content read() throws IOException {
		if (!Files.exists(this.file)) {
			return new JournalFile.Content(List.of(), 0, null);
		}
		byte[] bytes = Files.readAllBytes(this.file);
		JournalFile.Content content = JournalFile.read(bytes);
		if (content.damage() != null) {
			Path aside = this.directory.resolve("registry.journal.damaged");
			Files.copy(this.file, aside, StandardCopyOption.REPLACE_EXISTING);
			logger.error("journal damaged, missing nodes register again file={} reason=\"{}\" copy={}", this.file,
					content.damage(), aside);
		}
		else if (content.length() < bytes.length) {
			logger.info("journal cut off, as after a kill file={} bytes={}", this.file,
					bytes.length - content.length());
		}
		return content;
	}

	/**
	 * Writes a new journal and replaces the old one by it atomically.
	 * @return the new file, to be appended to
	 */
	FileChannel replace(List<JournalEntry> entries) throws IOException {
		FileChannel replacement = FileChannel.open(newFile(), StandardOpenOption.CREATE,
				StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
		try {
			this.disk.write(replacement, JournalFile.HEADER);
			this.disk.write(replacement, JournalFile.records(entries));
			replacement.force(true);
			Files.move(newFile(), this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			forceDirectory();
			if (!this.owned) {
				own();
			}
			return replacement;
		}
		catch (IOException ex) {
			replacement.close();
			deleteNewFile();
			throw ex;
		}
	}

	private void forceDirectory() {
		try (FileChannel itself = FileChannel.open(this.directory, StandardOpenOption.READ)) {
			itself.force(true);
		}
		catch (IOException ex) {
			// Not supported by every system; the durability of the rename is that of the
			// system then.
			logger.debug("cannot force directory={}", this.directory, ex);
		}
	}

	@Override
	public void close() {
		try {
			Files.deleteIfExists(ownerFile());
			this.lock.close();
		}
		catch (IOException ex) {
			logger.warn("directory of a registry cannot be released directory={}", this.directory, ex);
		}
	}

}
