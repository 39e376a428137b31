package io.adaptive.gshell.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.adaptive.gshell.group.GroupProcess;
import io.adaptive.gshell.state.GroupFolder;
import io.adaptive.gshell.state.StateException;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;

/**
 * A group that does not answer, or has no process at the moment.
 *
 * @param folder its folder
 */
record AbandonedGroup(GroupFolder folder) {

	/**
	 * Takes its state away, so that it is not started again, and ends its process.
	 * @return whether it is gone
	 * @throws AdaptiveException if its state cannot be taken away
	 */
	boolean remove() {
		String path = this.folder.path().toString();
		try {
			Runnable delete = this.folder.remove();
			ProcessHandle.allProcesses()
				.filter((process) -> isOf(command(process), path))
				.forEach(ProcessHandle::destroyForcibly);
			delete.run();
			return true;
		}
		catch (StateException ex) {
			throw new AdaptiveException(ErrorCode.FAILED_PRECONDITION, Delivery.UNKNOWN,
					String.valueOf(ex.getMessage()), ex);
		}
	}

	private static boolean isOf(List<String> command, String path) {
		return command.contains(GroupProcess.class.getName()) && command.get(command.size() - 1).equals(path);
	}

	/**
	 * The command line, which the platform does not tell if it is longer than 4 KB.
	 */
	private static List<String> command(ProcessHandle process) {
		try {
			byte[] words = Files.readAllBytes(Path.of("/proc/%s/cmdline".formatted(process.pid())));
			return List.of(new String(words, StandardCharsets.UTF_8).split("\0", 0));
		}
		catch (IOException ex) {
			// It has ended, or is of another user.
			return List.of();
		}
	}

}
