package io.adaptive.gshell.command;

import java.io.PrintStream;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.adaptive.gshell.message.OpenLog;
import io.adaptive.gshell.message.group.LogChunk;
import io.adaptive.message.EndOfStreamException;
import io.adaptive.stream.MessageStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * {@code gsh log}.
 */
@Command(name = "log", description = "Prints a log, or follows it.", sortOptions = false)
final class LogCommand implements Callable<Integer> {

	private final CommandEnvironment environment;

	@ParentCommand
	private @Nullable RootCommand root;

	@Mixin
	HelpOption help = new HelpOption();

	@Option(names = "-f", description = "Go on with what is written later, until the job is removed.")
	boolean follow;

	@Option(names = "-n", paramLabel = "LINES", description = "Last lines to begin with. Default: all.")
	int lines = -1;

	@Option(names = "--group", paramLabel = "GROUP", description = "Look for the job in this group only.")
	@Nullable String group;

	@Parameters(arity = "1", paramLabel = "TARGET", description = "daemon, a group or a job.")
	String target = "";

	LogCommand(CommandEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public Integer call() {
		PrintStream out = this.environment.out();
		try (DaemonLink daemon = DaemonLink.open(this.environment, Objects.requireNonNull(this.root).provider());
				MessageStream stream = daemon.newStream()) {
			stream.send(new OpenLog(this.target, this.group, this.lines, this.follow));
			while (true) {
				out.writeBytes(stream.recv(LogChunk.class).bytes());
				out.flush();
			}
		}
		catch (EndOfStreamException ex) {
			return ExitStatus.OK;
		}
	}

}
