package io.adaptive.gshell.daemon;

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
				.filter((process) -> process.info().arguments().map((words) -> isOf(words, path)).orElse(false))
				.forEach(ProcessHandle::destroyForcibly);
			delete.run();
			return true;
		}
		catch (StateException ex) {
			throw new AdaptiveException(ErrorCode.FAILED_PRECONDITION, Delivery.UNKNOWN,
					String.valueOf(ex.getMessage()), ex);
		}
	}

	private static boolean isOf(String[] words, String path) {
		List<String> list = List.of(words);
		return list.contains(GroupProcess.class.getName()) && list.get(list.size() - 1).equals(path);
	}

}
