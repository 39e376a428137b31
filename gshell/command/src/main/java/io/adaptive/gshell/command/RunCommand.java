package io.adaptive.gshell.command;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.adaptive.gshell.message.LimitRequest;
import io.adaptive.gshell.message.PrepareApp;
import io.adaptive.gshell.message.PreparedApp;
import io.adaptive.gshell.message.RunApp;
import io.adaptive.gshell.message.RunReply;
import io.adaptive.gshell.message.group.JobStarted;
import io.adaptive.gshell.message.group.RestartRule;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code gsh run}.
 */
@Command(name = "run",
		description = "Runs an app as a job, from a local file or folder if there is one, else from the repository.",
		sortOptions = false)
final class RunCommand implements Callable<Integer> {

	private final CommandEnvironment environment;

	@ParentCommand
	private @Nullable RootCommand root;

	@Mixin
	HelpOption help = new HelpOption();

	@Spec
	CommandSpec spec = CommandSpec.create();

	@Option(names = "--group", paramLabel = "GROUP",
			description = "Group to run in; made if it does not run. Default: a new one with a random name.")
	@Nullable String group;

	@Option(names = "-i", description = "Attach standard input, output and error until the job ends.")
	boolean interactive;

	@Option(names = "--rm", description = "Remove the job when it has ended.")
	boolean remove;

	@Option(names = "--restart", paramLabel = "N", description = "Restart the job on failure, at most N times.")
	int restarts;

	@Option(names = "--restart-max-delay", paramLabel = "SECONDS",
			description = "Longest pause before a restart. Default: ${DEFAULT-VALUE}.", defaultValue = "60")
	int maxDelay;

	@Option(names = "--restart-reset", paramLabel = "SECONDS",
			description = "A job that has run for so long counts its restarts anew. Default: ${DEFAULT-VALUE}.",
			defaultValue = "600")
	int reset;

	@Option(names = "--maxprocs", paramLabel = "N", description = "Processors of the group, when it is made.")
	@Nullable Integer maxProcessors;

	@Option(names = "--rt", paramLabel = "1..99", description = "Priority of SCHED_RR of the group, when it is made.")
	@Nullable Integer realTimePriority;

	@Option(names = "--memory", paramLabel = "SIZE", converter = MemorySize.class,
			description = "Heap of the group, such as 512m, when it is made. Default: 256m.")
	@Nullable Long memory;

	@Option(names = "--no-run", description = "Compile and keep the code, and report; run nothing.")
	boolean prepare;

	@Parameters(index = "0", paramLabel = "PATH", description = "File or folder of the app.")
	String path = "";

	@Parameters(index = "1..*", arity = "0..*", paramLabel = "ARGUMENT", description = "Arguments of the app.")
	List<String> arguments = List.of();

	RunCommand(CommandEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public Integer call() {
		RunOptions.check(this.spec.commandLine(), this);
		LocalBundle local = LocalBundle.at(this.path);
		try (DaemonLink daemon = DaemonLink.open(this.environment, Objects.requireNonNull(this.root).provider())) {
			if (this.prepare) {
				return prepare(daemon, local);
			}
			RunApp run = new RunApp(this.group, this.path, local.content(), this.arguments, restartRule(), this.remove,
					new LimitRequest(this.maxProcessors, this.realTimePriority, this.memory));
			return this.interactive ? new AttachedRun(this.environment, daemon).run(run) : run(daemon, run);
		}
	}

	private RestartRule restartRule() {
		return new RestartRule(this.restarts, Duration.ofSeconds(this.maxDelay), Duration.ofSeconds(this.reset));
	}

	private int run(DaemonLink daemon, RunApp run) {
		RunReply reply = daemon.call(run, RunReply.class);
		JobStarted started = RunAnswers.started(reply);
		started.notes().forEach(this.environment.err()::println);
		this.environment.out().println(started.id());
		return ExitStatus.OK;
	}

	private int prepare(DaemonLink daemon, LocalBundle local) {
		PreparedApp app = daemon.call(new PrepareApp(this.path, local.content()), PreparedApp.class);
		app.warnings().forEach(this.environment.err()::println);
		Block block = new Block(this.environment.out());
		block.line("app", app.app());
		block.line("bundle", app.bundle());
		block.line("files", Integer.toString(app.files()));
		block.line("main class", app.mainClass());
		block.line("compiler", app.compiler());
		return ExitStatus.OK;
	}

}
