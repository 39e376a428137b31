package io.adaptive.gshell.code;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of files with a size limit. The time of a file is that of its last use. Other
 * processes may write, use and delete files at any moment.
 */
final class CacheFolder {

	private static final Logger logger = LoggerFactory.getLogger(CacheFolder.class);

	private static final String DRAFT = ".draft";

	/** A draft of this age was left by a process that has ended. */
	private static final Duration DRAFT_AGE = Duration.ofHours(1);

	private final Path folder;

	private final long maxBytes;

	private final Clock clock;

	CacheFolder(Path folder, long maxBytes, Clock clock) {
		this.folder = folder;
		this.maxBytes = maxBytes;
		this.clock = clock;
	}

	Path file(String name) {
		return this.folder.resolve(name);
	}

	byte[] read(Path file) throws IOException {
		long size = Files.size(file);
		if (size > this.maxBytes) {
			throw new IOException("%s bytes are more than the cache may have".formatted(size));
		}
		return Files.readAllBytes(file);
	}

	/**
	 * Marks a file as used. Where that is not permitted it counts as unused.
	 */
	void touch(Path file) {
		try {
			Files.setLastModifiedTime(file, FileTime.from(this.clock.instant()));
		}
		catch (IOException ex) {
			logger.debug("use of compiled code cannot be noted file={} reason=\"{}\"", file, Reasons.of(ex));
		}
	}

	/**
	 * Writes a file as a whole, instead of one of the same name, and makes room.
	 */
	void write(Path file, byte[] content) throws IOException {
		if (content.length > this.maxBytes) {
			throw new IOException("%s bytes are more than the cache may have".formatted(content.length));
		}
		makeFolder();
		Path draft = this.folder.resolve(UUID.randomUUID() + DRAFT);
		try {
			DurableFiles.write(draft, content);
			Files.setLastModifiedTime(draft, FileTime.from(this.clock.instant()));
			Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
			DurableFiles.syncFolder(this.folder);
		}
		finally {
			Files.deleteIfExists(draft);
		}
		makeRoom(file);
	}

	private void makeFolder() throws IOException {
		if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
			Files.createDirectories(this.folder,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		}
		else {
			Files.createDirectories(this.folder);
		}
	}

	private void makeRoom(Path written) throws IOException {
		List<Entry> entries = entries();
		long bytes = entries.stream().mapToLong(Entry::size).sum();
		for (Entry entry : entries) {
			boolean abandoned = entry.isDraft() && entry.used().isBefore(this.clock.instant().minus(DRAFT_AGE));
			boolean surplus = bytes > this.maxBytes && !entry.isDraft() && !entry.file().equals(written);
			if (abandoned || surplus) {
				Files.deleteIfExists(entry.file());
				bytes -= entry.size();
			}
		}
	}

	/**
	 * Returns all files, the one not used for the longest time first.
	 */
	private List<Entry> entries() throws IOException {
		List<Entry> entries = new ArrayList<>();
		try (Stream<Path> files = Files.list(this.folder)) {
			for (Path file : files.toList()) {
				try {
					BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
					if (attributes.isRegularFile()) {
						entries.add(new Entry(file, attributes.size(), attributes.lastModifiedTime().toInstant()));
					}
				}
				catch (NoSuchFileException ex) {
					logger.debug("deleted by another process file={}", file);
				}
			}
		}
		entries.sort(Comparator.comparing(Entry::used).thenComparing(Entry::file));
		return entries;
	}

	private record Entry(Path file, long size, Instant used) {

		boolean isDraft() {
			return this.file.toString().endsWith(DRAFT);
		}

	}

}
