package io.adaptive.gshell.daemon;

import java.util.Map;

import io.adaptive.gshell.command.BuildVersion;
import io.adaptive.gshell.command.DaemonOptions;
import io.adaptive.gshell.command.DaemonProgram;
import io.adaptive.gshell.command.DaemonRefusedException;
import io.adaptive.gshell.command.ExitStatus;
import io.adaptive.gshell.state.StateException;
import io.adaptive.gshell.state.WorkFolder;

/**
 * The daemon as a program.
 */
public final class GshellDaemon implements DaemonProgram {

	private final Map<String, Object> properties;

	/**
	 * For {@link java.util.ServiceLoader}.
	 */
	public GshellDaemon() {
		this(Map.of());
	}

	/**
	 * Makes the program with properties of its own.
	 * @param properties properties of the application, which win
	 */
	GshellDaemon(Map<String, Object> properties) {
		this.properties = properties;
	}

	@Override
	public int run(DaemonOptions options) {
		try (RunningDaemon daemon = start(options)) {
			System.out.println("gshell daemon %s runs, process %s, log %s".formatted(BuildVersion.version(),
					ProcessHandle.current().pid(), DaemonLog.file(daemon.workFolder())));
			daemon.awaitEnd();
			return ExitStatus.OK;
		}
	}

	/**
	 * Starts the daemon.
	 * @throws DaemonRefusedException if it cannot start; then nothing of it is left
	 */
	RunningDaemon start(DaemonOptions options) {
		WorkFolder folder = open(options);
		DaemonLock lock = DaemonLock.acquire(folder.path());
		try {
			return new RunningDaemon(folder, lock, DaemonApplication.start(options, folder, this.properties));
		}
		catch (RuntimeException ex) {
			lock.close();
			throw StartFailure.of(ex, options);
		}
	}

	private static WorkFolder open(DaemonOptions options) {
		try {
			return WorkFolder.open(options.workDirectory());
		}
		catch (StateException ex) {
			throw new DaemonRefusedException(ExitStatus.NOT_PERMITTED, String.valueOf(ex.getMessage()));
		}
	}

}
