package io.adaptive.gshell.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.adaptive.gshell.code.Reasons;

/**
 * The working directory of a daemon, below which all state is.
 */
public final class WorkFolder {

	private final Path path;

	private WorkFolder(Path path) {
		this.path = path;
	}

	/**
	 * Opens the directory, and makes it if it is not there.
	 * @param path the directory
	 * @return the directory
	 * @throws StateException if it cannot be made, is a link, belongs to somebody else or
	 * is open to others
	 */
	public static WorkFolder open(Path path) {
		Path absolute = path.toAbsolutePath().normalize();
		try {
			if (!absolute.toFile().exists()) {
				PrivateFolders.make(absolute);
			}
			PrivateFolders.check(absolute);
			PrivateFolders.make(absolute.resolve("groups"));
			return new WorkFolder(absolute);
		}
		catch (IOException ex) {
			throw new StateException(
					"The working directory cannot be made: %s; name another one by --wd".formatted(Reasons.of(ex)), ex);
		}
	}

	/**
	 * Returns the directory.
	 * @return absolute path
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Names the folder of a group, which may not be there.
	 * @param name the group
	 * @return its folder
	 */
	public GroupFolder group(GroupName name) {
		return new GroupFolder(this.path.resolve("groups").resolve(name.toString()));
	}

	/**
	 * Lists the groups that have state.
	 * @return their folders, sorted by name
	 */
	public List<GroupFolder> groups() {
		return PrivateFolders.list(this.path.resolve("groups"))
			.stream()
			.map(GroupFolder::new)
			.filter(GroupFolder::exists)
			.toList();
	}

	/**
	 * Deletes what groups left that ended while they were removed. For the daemon only,
	 * while it starts.
	 */
	public void deleteLeftovers() {
		PrivateFolders.deleteLeftovers(this.path.resolve("groups"));
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

}
