package io.adaptive.gshell.supervisor;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.adaptive.gshell.message.group.GroupLimits;
import io.adaptive.gshell.state.GroupFolder;
import io.adaptive.gshell.state.GroupName;
import io.adaptive.gshell.state.StateException;
import io.adaptive.gshell.state.StoredGroup;
import io.adaptive.gshell.state.WorkFolder;
import io.adaptive.gshell.supervisor.GroupException.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the groups of a working directory alive. Living groups are found by their locks,
 * so that a daemon which starts anew starts and stops nothing; those whose process is
 * gone are started with the jobs that ran. One for each working directory. Thread-safe.
 */
public final class GroupSupervisor implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(GroupSupervisor.class);

	private final WorkFolder work;

	private final SupervisorSettings settings;

	private final Map<GroupName, SupervisedGroup> groups = new ConcurrentHashMap<>();

	/**
	 * Makes a supervisor that supervises nothing yet.
	 * @param work the working directory
	 * @param settings its settings and dependencies
	 */
	public GroupSupervisor(WorkFolder work, SupervisorSettings settings) {
		this.work = work;
		this.settings = settings;
	}

	/**
	 * Begins with the groups that have state.
	 * @return a line for each group whose state cannot be read
	 */
	public List<String> start() {
		this.work.deleteLeftovers();
		this.settings.launcher().sweep(this.work);
		return this.work.groups().stream().map(this::begin).filter((problem) -> !problem.isEmpty()).toList();
	}

	private synchronized String begin(GroupFolder folder) {
		try {
			StoredGroup stored = folder.read();
			supervise(new GroupName(stored.name(), stored.version()), folder, false);
			return "";
		}
		catch (StateException | IllegalArgumentException ex) {
			logger.error("a group is not started: {}", ex.getMessage());
			return String.valueOf(ex.getMessage());
		}
	}

	private SupervisedGroup supervise(GroupName name, GroupFolder folder, boolean fresh) {
		SupervisedGroup group = new SupervisedGroup(name, folder, this.settings, fresh,
				(ended) -> this.groups.remove(name, ended));
		this.groups.put(name, group);
		group.start();
		return group;
	}

	/**
	 * Finds a group, or makes it.
	 * @param name its name
	 * @param limits its limits; {@code null} for those that it has, or the defaults
	 * @param environment environment of its process, if it is made
	 * @return completes when its service can be found, with lines for the user; fails
	 * with {@link GroupException} if it cannot be started
	 * @throws GroupException if it has other limits
	 * @throws StateException if it cannot be read or written
	 */
	public synchronized CompletableFuture<List<String>> ensure(GroupName name, @Nullable GroupLimits limits,
			Map<String, String> environment) {
		GroupFolder folder = this.work.group(name);
		SupervisedGroup known = this.groups.get(name);
		if (known != null && folder.exists()) {
			requireLimits(folder.read(), limits);
			return known.published().copy();
		}
		if (folder.exists()) {
			requireLimits(folder.read(), limits);
			return supervise(name, folder, false).published().copy();
		}
		if (known != null) {
			// It has been removed, and its process is ending.
			known.abandon();
		}
		folder.create(new StoredGroup(name.name(), name.version(), (limits != null) ? limits : GroupLimits.DEFAULT,
				environment, this.settings.clock().instant(), 0, List.of()));
		return supervise(name, folder, true).published().copy();
	}

	private static void requireLimits(StoredGroup group, @Nullable GroupLimits limits) {
		if (limits != null && !limits.equals(group.limits())) {
			throw new GroupException(Kind.LIMITS,
					"group %s runs with other limits (%s); leave them out, or name another group"
						.formatted(group.name(), describe(group.limits())),
					null);
		}
	}

	private static String describe(GroupLimits limits) {
		return "maxprocs %s, rt %s, memory %s MB".formatted(limits.maxProcessors(), limits.realTimePriority(),
				limits.memoryBytes() >> 20);
	}

	/**
	 * Lists the groups under supervision.
	 * @return their names
	 */
	public List<GroupName> groups() {
		return List.copyOf(this.groups.keySet());
	}

	/**
	 * Waits for a group that is starting again.
	 * @param name the group
	 * @return completes when its service can be found
	 * @throws GroupException if there is no such group
	 */
	public CompletableFuture<List<String>> published(GroupName name) {
		SupervisedGroup group = this.groups.get(name);
		if (group == null) {
			throw new GroupException(Kind.NOT_FOUND, "there is no group %s".formatted(name), null);
		}
		return group.published().copy();
	}

	/**
	 * Ends the supervision. The groups go on.
	 */
	@Override
	public void close() {
		List.copyOf(this.groups.values()).forEach(SupervisedGroup::close);
	}

}
