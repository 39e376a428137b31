package io.adaptive.gshell.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

import io.adaptive.gshell.code.CodeBundle;
import io.adaptive.gshell.code.CodeException;
import io.adaptive.gshell.code.DurableFiles;
import io.adaptive.gshell.code.Reasons;
import io.adaptive.gshell.state.StoredJob.Definition;
import io.adaptive.gshell.state.StoredJob.Phase;

/**
 * The folder of one job.
 */
public final class JobFolder {

	private static final String FILE = "job.json";

	private final Path path;

	private final StateFile file;

	JobFolder(Path path) {
		this.path = path;
		this.file = new StateFile(path.resolve(FILE));
	}

	/**
	 * Makes the folder of a new job: as a whole, or not at all.
	 */
	static JobFolder create(Path jobs, StoredJob job, CodeBundle bundle) {
		Path draft = jobs.resolve(".%s.%s.draft".formatted(job.definition().id(), UUID.randomUUID()));
		Path folder = jobs.resolve(job.definition().id());
		try {
			PrivateFolders.make(draft.resolve("files"));
			bundle.write(draft.resolve("bundle"));
			new JobFolder(draft).write(job);
			Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
			DurableFiles.syncFolder(jobs);
			return new JobFolder(folder);
		}
		catch (IOException ex) {
			PrivateFolders.deleteQuietly(draft);
			throw new StateException(
					"The job cannot be kept: %s; look at the space and the rights there".formatted(Reasons.of(ex)), ex);
		}
		catch (CodeException ex) {
			// Its bundle is whole, and cannot be written.
			PrivateFolders.deleteQuietly(draft);
			throw new StateException(String.valueOf(ex.getMessage()), ex);
		}
		catch (StateException ex) {
			PrivateFolders.deleteQuietly(draft);
			throw ex;
		}
	}

	/**
	 * Returns the job's id.
	 * @return the name of the folder
	 */
	public String id() {
		return this.path.getFileName().toString();
	}

	/**
	 * Returns the place of the log.
	 * @return the file; older ones have a number behind its name
	 */
	public Path log() {
		return this.path.resolve("log");
	}

	/**
	 * Returns the folder for files of the job's own.
	 * @return the folder
	 */
	public Path files() {
		return this.path.resolve("files");
	}

	/**
	 * Reads the code of the job.
	 * @param checksum SHA-256 of the bundle
	 * @return the bundle
	 * @throws CodeException if it is damaged
	 */
	public CodeBundle bundle(String checksum) {
		return CodeBundle.read(this.path.resolve("bundle"), checksum);
	}

	/**
	 * Reads the job.
	 * @return the job
	 * @throws StateException if it cannot be read, or is of a newer format
	 */
	public StoredJob read() {
		JsonFields fields = new JsonFields(this.file.read());
		Definition definition = new Definition(id(), fields.text("name"), fields.texts("arguments"), fields.text("app"),
				fields.text("bundle"), fields.textOrNull("commit"), fields.text("requestedBy"),
				fields.time("createdAt"), fields.restartRule("restart"), fields.flag("removeAtEnd"));
		return new StoredJob(definition, phase(fields.text("phase")), fields.time("startedAt"),
				fields.timeOrNull("endedAt"), fields.numberOrNull("exitStatus"), fields.flag("stopped"),
				fields.textOrNull("error"), fields.number("restarts"), fields.number("failures"),
				fields.texts("leftBehind"));
	}

	private Phase phase(String word) {
		return Arrays.stream(Phase.values())
			.filter((phase) -> word(phase).equals(word))
			.findFirst()
			.orElseThrow(
					() -> new StateException("%s has a phase %s that this version does not know; move the folder away"
						.formatted(this.path, word)));
	}

	private static String word(Phase phase) {
		return phase.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Writes the job.
	 * @param job the job
	 * @throws StateException if it cannot be written; then the state before is kept
	 */
	public void write(StoredJob job) {
		Definition definition = job.definition();
		this.file.write((node) -> {
			JsonFields fields = new JsonFields(node);
			fields.put("name", definition.name());
			fields.put("arguments", definition.arguments());
			fields.put("app", definition.app());
			fields.put("bundle", definition.bundle());
			fields.put("commit", definition.commit());
			fields.put("requestedBy", definition.requestedBy());
			fields.put("createdAt", definition.createdAt());
			fields.put("restart", definition.restart());
			fields.put("removeAtEnd", definition.removeAtEnd());
			fields.put("phase", word(job.phase()));
			fields.put("startedAt", job.startedAt());
			fields.put("endedAt", job.endedAt());
			fields.put("exitStatus", job.exitStatus());
			fields.put("stopped", job.stopped());
			fields.put("error", job.error());
			fields.put("restarts", job.restarts());
			fields.put("failures", job.failures());
			fields.put("leftBehind", job.leftBehind());
		});
	}

	/**
	 * Deletes the job: it is gone at once, as a whole.
	 * @throws StateException if it cannot be deleted
	 */
	public void remove() {
		PrivateFolders.remove(this.path);
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

}
