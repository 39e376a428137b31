package io.adaptive.gshell.command;

import java.nio.file.Path;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code gsh daemon}: runs until it is told to end.
 */
@Command(name = "daemon", description = "Runs the daemon of this node in the foreground.", sortOptions = false)
final class DaemonCommand implements Callable<Integer> {

	private final CommandEnvironment environment;

	@ParentCommand
	private @Nullable RootCommand root;

	@Mixin
	HelpOption help = new HelpOption();

	@Spec
	CommandSpec spec = CommandSpec.create();

	@Option(names = "--wd", paramLabel = "DIR",
			description = "Folder with state, logs and caches, for this user only. Default: ~/.local/state/gshell.")
	Path workDirectory = CommandEnvironment.userHome().resolve(".local/state/gshell");

	@Option(names = "--registry", paramLabel = "HOST:PORT", description = "Root registry. Without one, no WAN.")
	@Nullable String registry;

	@Option(names = "--bcast", paramLabel = "PORT",
			description = "UDP port on which the nodes of the local networks meet. Without it, no LAN.")
	@Nullable Integer broadcastPort;

	@Option(names = "--root", description = "Be the root registry, at the address of --registry.")
	boolean rootRegistry;

	@Option(names = "--repo", paramLabel = "DIR",
			description = "Folder of the code repository. Default: grepo of the distribution.")
	@Nullable Path repository;

	@Option(names = "--invisible", description = "Publish on this machine only, and relay for nobody.")
	boolean invisible;

	DaemonCommand(CommandEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public Integer call() {
		Objects.requireNonNull(this.root).checkHere(this.spec);
		DaemonOptions options = new DaemonOptions(this.workDirectory.toAbsolutePath().normalize(), this.registry,
				checkPort(), checkRoot(), this.repository, this.invisible, this.environment.home());
		DaemonProgram daemon = ServiceLoader.load(DaemonProgram.class)
			.findFirst()
			.orElseThrow(() -> new CommandException(ExitStatus.FAILED,
					"This class path has no daemon; run bin/gsh of the distribution"));
		return daemon.run(options);
	}

	private boolean checkRoot() {
		if (this.rootRegistry && this.registry == null) {
			throw new ParameterException(this.spec.commandLine(),
					"--root needs --registry HOST:PORT, the address at which other nodes reach this registry");
		}
		return this.rootRegistry;
	}

	private @Nullable Integer checkPort() {
		Integer port = this.broadcastPort;
		if (port != null && (port < 1 || port > 65_535)) {
			throw new ParameterException(this.spec.commandLine(),
					"--bcast %s is no port; give one from 1 to 65535".formatted(port));
		}
		return port;
	}

}
