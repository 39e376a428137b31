package io.adaptive.gshell.supervisor;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.ClosedByInterruptException;
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
import java.util.stream.Stream;

import io.adaptive.gshell.code.DurableFiles;
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

	private static final long KILL_SECONDS = 10;

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
		// A damaged page ends the JVM, unless its checksums are compared. At the address
		// that
		// it is made for, its pages are not written to and groups share them.
		return List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+VerifySharedSpaces", "-XX:ArchiveRelocationMode=0",
				(isAot() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + this.file);
	}

	/**
	 * Makes the archive unless it is there, or another process makes it: runs a group for
	 * it, at the lowest priority. Waits for its end; to be called on a thread of its own.
	 * An interrupt ends the process of the training and deletes its files. Files that a
	 * killed process has left are deleted by the next call.
	 * @param command command that starts groups
	 * @param newest the archive is made anew if this file is newer
	 */
	public void makeUnlessThere(GroupCommand command, Path newest) {
		try {
			Files.createDirectories(this.file.getParent());
			makeLocked(command, newest);
		}
		catch (ClosedByInterruptException | InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			logger.warn("there is no archive of classes for groups, which start later: {}", ex.toString());
		}
	}

	private void makeLocked(GroupCommand command, Path newest) throws IOException, InterruptedException {
		try (FileChannel channel = FileChannel.open(beside("lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE); FileLock lock = channel.tryLock()) {
			if (lock != null) {
				deleteUnfinished();
				if (isNewer(newest)) {
					make(command);
				}
			}
		}
		catch (OverlappingFileLockException ex) {
			// Another daemon of this process makes it.
		}
	}

	private boolean isNewer(Path newest) throws IOException {
		return !Files.exists(this.file)
				|| Files.getLastModifiedTime(newest).compareTo(Files.getLastModifiedTime(this.file)) > 0;
	}

	private Path beside(String suffix) {
		return this.file.resolveSibling(this.file.getFileName() + "." + suffix);
	}

	/**
	 * Deletes the files of a training that has not come to its end.
	 */
	private void deleteUnfinished() throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.file.getParent(),
				this.file.getFileName() + ".new*")) {
			for (Path each : files) {
				Files.deleteIfExists(each);
			}
		}
	}

	private void make(GroupCommand command) throws IOException, InterruptedException {
		Path made = beside("new" + ProcessHandle.current().pid());
		Path folder = Files.createTempDirectory("gsh");
		long begin = System.nanoTime();
		try {
			for (List<String> step : steps(made, List.of(ArchiveTraining.class.getName(), folder.toString()))) {
				run(command, step);
			}
			if (!Files.exists(made)) {
				throw new IOException("its process has written nothing");
			}
			Files.move(made, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			logger.info("the archive {} for groups has been made in {} s", this.file,
					TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin));
		}
		finally {
			deleteUnfinished();
			DurableFiles.deleteTree(folder);
		}
	}

	/**
	 * Returns the last words of the commands that make an archive. An AOT cache takes
	 * two, since the one option for both, {@code AOTCacheOutput}, has a child process
	 * write the file, which is not ended with its parent.
	 */
	private static List<List<String>> steps(Path made, List<String> training) {
		if (!isAot()) {
			return List.of(join(List.of("-XX:ArchiveClassesAtExit=" + made), training));
		}
		String recorded = "-XX:AOTConfiguration=%s.config".formatted(made);
		return List.of(join(List.of("-XX:AOTMode=record", recorded), training),
				List.of("-XX:AOTMode=create", recorded, "-XX:AOTCache=" + made));
	}

	private static List<String> join(List<String> options, List<String> words) {
		return Stream.concat(options.stream(), words.stream()).toList();
	}

	private void run(GroupCommand command, List<String> step) throws IOException, InterruptedException {
		List<String> words = new ArrayList<>(List.of("nice", "-n", "19", command.java().toString()));
		words.addAll(GroupLauncher.options());
		words.addAll(command.options());
		words.addAll(List.of("-XX:ErrorFile=" + beside("error"), "-cp", command.classPath()));
		words.addAll(step);
		Process process = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start();
		try {
			process.getOutputStream().close();
			if (!process.waitFor(TRAINING_MINUTES, TimeUnit.MINUTES)) {
				throw new IOException("its process does not end");
			}
			if (process.exitValue() != 0) {
				throw new IOException("its process has ended with status %s".formatted(process.exitValue()));
			}
		}
		finally {
			process.destroyForcibly().waitFor(KILL_SECONDS, TimeUnit.SECONDS);
		}
	}

}
