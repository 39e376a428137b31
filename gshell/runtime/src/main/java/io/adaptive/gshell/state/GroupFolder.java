package io.adaptive.gshell.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.adaptive.gshell.code.CodeBundle;
import io.adaptive.gshell.code.Reasons;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one group.
 */
public final class GroupFolder {

	private final Path path;

	private final StateFile file;

	/**
	 * Names a folder, which may not be there.
	 * @param path the folder
	 */
	public GroupFolder(Path path) {
		this.path = path.toAbsolutePath().normalize();
		this.file = new StateFile(this.path.resolve("group.json"));
	}

	/**
	 * Returns the folder.
	 * @return absolute path
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Tells whether the group is there: it has state, and has not been removed.
	 * @return whether it is
	 */
	public boolean exists() {
		return Files.exists(this.path.resolve("group.json"));
	}

	/**
	 * Returns the place of the log.
	 * @return the file; older ones have a number behind its name
	 */
	public Path log() {
		return this.path.resolve("log");
	}

	/**
	 * Returns the file with what the JVM itself prints.
	 * @return the file
	 */
	public Path console() {
		return this.path.resolve("console");
	}

	/**
	 * Returns the folder of compiled code, which all groups share.
	 * @return the folder
	 */
	public Path cache() {
		return this.path.resolveSibling("..").resolve("cache").normalize();
	}

	private Path jobs() {
		return this.path.resolve("jobs");
	}

	/**
	 * Makes the folder of a new group.
	 * @param group the group
	 * @throws StateException if it cannot be written
	 */
	public void create(StoredGroup group) {
		try {
			PrivateFolders.make(jobs());
			write(group);
		}
		catch (IOException ex) {
			throw new StateException(
					"The group cannot be kept: %s; look at the space and the rights there".formatted(Reasons.of(ex)),
					ex);
		}
	}

	/**
	 * Reads the group.
	 * @return the group
	 * @throws StateException if it cannot be read, or is of a newer format
	 */
	public StoredGroup read() {
		JsonFields fields = new JsonFields(this.file.read());
		return new StoredGroup(fields.text("name"), fields.text("version"), fields.limits("limits"),
				fields.map("environment"), fields.time("createdAt"), fields.number("starts"), fields.texts("notes"));
	}

	/**
	 * Writes the group.
	 * @param group the group
	 * @throws StateException if it cannot be written; then the state before is kept
	 */
	public void write(StoredGroup group) {
		this.file.write((node) -> {
			JsonFields fields = new JsonFields(node);
			fields.put("name", group.name());
			fields.put("version", group.version());
			fields.put("limits", group.limits());
			fields.put("environment", group.environment());
			fields.put("createdAt", group.createdAt());
			fields.put("starts", group.starts());
			fields.put("notes", group.notes());
		});
	}

	/**
	 * Takes the group's lock if it is free.
	 * @return the lock; {@code null} if the group lives
	 * @throws StateException if the lock file cannot be opened
	 */
	public @Nullable GroupLock tryLock() {
		return GroupLock.tryAcquire(this.path.resolve("lock"));
	}

	/**
	 * Waits for the group's lock, which is that its process ends.
	 * @return the lock
	 * @throws IOException if the lock file cannot be opened, or the waiting thread is
	 * interrupted
	 */
	public GroupLock lock() throws IOException {
		return GroupLock.acquire(this.path.resolve("lock"));
	}

	/**
	 * Lists the folders of the jobs.
	 * @return the folders, sorted by id
	 */
	public List<JobFolder> list() {
		return PrivateFolders.list(jobs()).stream().map(JobFolder::new).toList();
	}

	/**
	 * Makes the folder of a new job: as a whole, or not at all.
	 * @param job the job
	 * @param bundle its code
	 * @return the folder
	 * @throws StateException if it cannot be written
	 */
	public JobFolder create(StoredJob job, CodeBundle bundle) {
		return JobFolder.create(jobs(), job, bundle);
	}

	/**
	 * Deletes what a process of the group left that ended while it made or removed a job.
	 * For the process of the group only.
	 */
	public void deleteLeftovers() {
		PrivateFolders.deleteLeftovers(jobs());
	}

	/**
	 * Takes the group away: it is gone at once, as a whole. The lock is held on.
	 * @return deletes what has been taken away
	 * @throws StateException if it cannot be taken away
	 */
	public Runnable remove() {
		Path hidden = PrivateFolders.hide(this.path);
		return () -> PrivateFolders.deleteQuietly(hidden);
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

}
