import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Writes commit and time of a build, for {@code gsh info}. The time is that of the commit,
 * so that two builds of one commit are the same. Without git, or outside of a clone, it
 * writes an empty file. To be run by {@code java} as a source file.
 */
final class BuildProperties {

	private BuildProperties() {
	}

	/**
	 * Writes the file.
	 * @param args the file
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		Path file = Path.of(args[0]);
		Files.createDirectories(file.getParent());
		Optional<String> commit = git("describe", "--always", "--exclude=*", "--abbrev=40", "--dirty");
		Optional<String> time = git("log", "-1", "--format=%cI");
		Files.writeString(file, (commit.isPresent() && time.isPresent()) ? "commit=%s%ntime=%s%n".formatted(commit.get(),
				OffsetDateTime.parse(time.get()).toInstant()) : "");
	}

	private static Optional<String> git(String... arguments) throws IOException, InterruptedException {
		String[] command = new String[arguments.length + 1];
		command[0] = "git";
		System.arraycopy(arguments, 0, command, 1, arguments.length);
		Process process;
		try {
			process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		}
		catch (IOException ex) {
			// There is no git.
			return Optional.empty();
		}
		String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		return (process.waitFor() == 0 && !answer.isEmpty()) ? Optional.of(answer) : Optional.empty();
	}

}
