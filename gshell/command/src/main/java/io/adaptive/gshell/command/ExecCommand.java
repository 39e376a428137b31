package io.adaptive.gshell.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.adaptive.gshell.code.ArtifactFolder;
import io.adaptive.gshell.code.ArtifactSource;
import io.adaptive.gshell.code.CodeBundle;
import io.adaptive.gshell.code.CodeRepository;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code gsh exec}: prepares the program, which {@link Gsh} becomes.
 */
@Command(name = "exec", description = "Runs an app here and now, in this process, without a daemon.",
		sortOptions = false)
final class ExecCommand implements Callable<Integer> {

	private final CommandEnvironment environment;

	@ParentCommand
	private @Nullable RootCommand root;

	@Mixin
	HelpOption help = new HelpOption();

	@Spec
	CommandSpec spec = CommandSpec.create();

	@Parameters(index = "0", paramLabel = "PATH",
			description = "File or folder of the app: a local one, else of the distribution's repository.")
	String path = "";

	@Parameters(index = "1..*", arity = "0..*", paramLabel = "ARGUMENT", description = "Arguments of the app.")
	List<String> arguments = List.of();

	private @Nullable Program program;

	ExecCommand(CommandEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public Integer call() {
		Objects.requireNonNull(this.root).checkHere(this.spec);
		Path home = this.environment.home();
		ArtifactSource artifacts = (home != null) ? new ArtifactFolder(home.resolve("repository"))
				: ArtifactSource.NONE;
		this.program = Program.compile(bundle(), artifacts, this.environment.cache().resolve("code"), this.arguments);
		this.program.notes().forEach(this.environment.err()::println);
		return ExitStatus.OK;
	}

	private CodeBundle bundle() {
		Path local = Path.of(this.path);
		if (!this.path.isEmpty() && Files.exists(local)) {
			return CodeRepository.local(local);
		}
		Path home = this.environment.home();
		if (home == null) {
			throw new CommandException(ExitStatus.FAILED,
					"There is no file or folder %s; name one, or run bin/gsh of the distribution for its repository"
						.formatted(this.path));
		}
		return CodeRepository.of(home.resolve("grepo")).bundle(this.path);
	}

	/**
	 * The program; {@code null} if the command has failed.
	 */
	@Nullable Program program() {
		return this.program;
	}

}
