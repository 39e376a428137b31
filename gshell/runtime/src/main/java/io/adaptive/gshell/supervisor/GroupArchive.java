package io.adaptive.gshell.supervisor;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.adaptive.gshell.group.ArchiveTraining;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archive of the classes that the process of a group loads at its start: an AOT cache
 * from Java 25 on, an archive of class data before. The JVM starts without one that is
 * missing, damaged or made by another build of Java, only later.
 */
public final class GroupArchive {

	private static final Logger logger = LoggerFactory.getLogger(GroupArchive.class);

	private static final int AOT_SINCE = 25;

	private static final long TRAINING_MINUTES = 20;

	private final Path file;

	/**
	 * Names an archive, which may not be there.
	 * @param file the file; other files with its name and a suffix are made beside it
	 */
	public GroupArchive(Path file) {
		this.file = file.toAbsolutePath();
	}

	private static boolean isAot() {
		return Runtime.version().feature() >= AOT_SINCE;
	}

	/**
	 * Returns the options of the JVM that use the archive.
	 * @return the options; none if there is no archive
	 */
	List<String> options() {
		if (!Files.isRegularFile(this.file)) {
			return List.of();
		}
		// A damaged page ends the JVM, unless its checksums are compared.
		return List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+VerifySharedSpaces",
				(isAot() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + this.file);
	}

	/**
	 * Makes the archive unless it is there, or another process makes it: runs a group for
	 * it, at the lowest priority. Waits for its end; to be called on a thread of its own.
	 * @param command how groups are started
	 * @param newest the archive is made anew if this file is newer
	 */
	public void makeUnlessThere(GroupCommand command, Path newest) {
		try {
			if (isNewer(newest)) {
				Files.createDirectories(this.file.getParent());
				makeLocked(command, newest);
			}
		}
		catch (IOException ex) {
			logger.warn("there is no archive of classes for groups, which start later: {}", ex.toString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private boolean isNewer(Path newest) throws IOException {
		return !Files.exists(this.file)
				|| Files.getLastModifiedTime(newest).compareTo(Files.getLastModifiedTime(this.file)) > 0;
	}

	private void makeLocked(GroupCommand command, Path newest) throws IOException, InterruptedException {
		try (FileChannel channel = FileChannel.open(beside("lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE); FileLock lock = channel.tryLock()) {
			if (lock != null && isNewer(newest)) {
				deleteLeftovers();
				make(command);
			}
		}
		catch (OverlappingFileLockException ex) {
			// Another daemon of this process makes it.
		}
	}

	private Path beside(String suffix) {
		return this.file.resolveSibling(this.file.getFileName() + "." + suffix);
	}

	/**
	 * Deletes what a daemon that ended meanwhile has left.
	 */
	private void deleteLeftovers() throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.file.getParent(),
				this.file.getFileName() + ".new*")) {
			for (Path each : files) {
				Files.delete(each);
			}
		}
	}

	private void make(GroupCommand command) throws IOException, InterruptedException {
		Path made = beside("new" + ProcessHandle.current().pid());
		List<String> words = new ArrayList<>(List.of("nice", "-n", "19", command.java().toString()));
		words.addAll(GroupLauncher.options());
		words.addAll(command.options());
		words.addAll(List.of((isAot() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + made,
				"-XX:ErrorFile=" + beside("error")));
		words.addAll(List.of("-cp", command.classPath(), ArchiveTraining.class.getName()));
		long begin = System.nanoTime();
		Process process = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start();
		try {
			process.getOutputStream().close();
			boolean ended = process.waitFor(TRAINING_MINUTES, TimeUnit.MINUTES);
			if (!ended || process.exitValue() != 0 || !Files.exists(made)) {
				throw new IOException(ended ? "its process has ended with status %s".formatted(process.exitValue())
						: "its process does not end");
			}
			Files.move(made, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			logger.info("the archive {} for groups has been made in {} s", this.file,
					TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin));
		}
		finally {
			process.destroyForcibly();
			Files.deleteIfExists(made);
		}
	}

}
