package io.adaptive.gshell.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.adaptive.gshell.code.DurableFiles;
import io.adaptive.gshell.command.DaemonOptions;

/**
 * Loads the classes that the daemon needs to start, for the archive that {@code bin/gsh}
 * makes of them: starts one that is published in a folder of its own.
 */
final class ArchiveTraining {

	private ArchiveTraining() {
	}

	/**
	 * Starts and ends a daemon.
	 * @param args none
	 */
	public static void main(String[] args) throws IOException {
		Path folder = Files.createTempDirectory("gsh");
		DaemonOptions options = new DaemonOptions(folder.resolve("wd"), null, null, false, null, false, null);
		String sockets = folder.resolve("s").toString();
		new GshellDaemon(Map.of("adaptive.os.socket-directory", sockets)).start(options).close();
		DurableFiles.deleteTree(folder);
		System.exit(0);
	}

}
