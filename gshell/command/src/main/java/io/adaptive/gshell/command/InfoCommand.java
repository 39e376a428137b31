package io.adaptive.gshell.command;

import java.util.Objects;
import java.util.concurrent.Callable;

import io.adaptive.gshell.message.DaemonInfo;
import io.adaptive.gshell.message.DescribeDaemon;
import io.adaptive.gshell.message.GroupLimit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * {@code gsh info}.
 */
@Command(name = "info", description = "Prints what is known of the daemon and its node.", sortOptions = false)
final class InfoCommand implements Callable<Integer> {

	private final CommandEnvironment environment;

	@ParentCommand
	private @Nullable RootCommand root;

	@Mixin
	HelpOption help = new HelpOption();

	@Option(names = "--json", description = "Print JSON.")
	boolean json;

	InfoCommand(CommandEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public Integer call() {
		try (DaemonLink daemon = DaemonLink.open(this.environment, Objects.requireNonNull(this.root).provider())) {
			DaemonInfo info = daemon.call(new DescribeDaemon(), DaemonInfo.class);
			if (this.json) {
				Json.print(this.environment.out(), info);
			}
			else {
				print(info);
			}
			return ExitStatus.OK;
		}
	}

	private void print(DaemonInfo info) {
		Block block = new Block(this.environment.out());
		block.line("version", info.version());
		block.line("commit", (info.commit() != null) ? info.commit() : "NA");
		block.line("built at", (info.builtAt() != null) ? Words.time(info.builtAt()) : "NA");
		block.line("java", info.java());
		block.line("provider", info.provider());
		block.line("scopes", String.join(", ", info.scopes()));
		block.line("repository", (info.repository() != null) ? info.repository() : "NA");
		for (GroupLimit limit : info.limits()) {
			block.line("limit " + limit.option(), limit.available() ? limit.how() : "no: " + limit.how());
		}
		block.line("features", info.features().isEmpty() ? "none" : String.join(", ", info.features()));
		block.line("work directory", info.workDirectory());
		block.line("process",
				"%s, started at %s by %s".formatted(info.pid(), Words.time(info.startedAt()), info.user()));
		block.line("actuator", (info.management() != null) ? info.management() : "none");
	}

}
