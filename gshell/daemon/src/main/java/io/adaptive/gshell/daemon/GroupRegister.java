package io.adaptive.gshell.daemon;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.gshell.command.BuildVersion;
import io.adaptive.gshell.message.LimitRequest;
import io.adaptive.gshell.message.group.GroupLimits;
import io.adaptive.gshell.state.GroupFolder;
import io.adaptive.gshell.state.GroupName;
import io.adaptive.gshell.state.StateException;
import io.adaptive.gshell.state.WorkFolder;
import io.adaptive.gshell.supervisor.GroupException;
import io.adaptive.gshell.supervisor.GroupLauncher;
import io.adaptive.gshell.supervisor.GroupSupervisor;
import io.adaptive.gshell.supervisor.SupervisorSettings;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The groups that there are: those that are published, and those with state, which a
 * supervisor keeps alive.
 */
@Component
class GroupRegister implements DisposableBean {

	/** A process that does not get there by then has failed. */
	private static final Duration START_TIME = Duration.ofSeconds(70);

	private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

	private final WorkFolder folder;

	private final GroupSupervisor supervisor;

	private final GroupPrograms programs;

	private final RandomGenerator random = new SecureRandom();

	GroupRegister(WorkFolder folder, AdaptiveClient client, GroupPrograms programs) {
		this.folder = folder;
		this.programs = programs;
		this.supervisor = new GroupSupervisor(folder,
				new SupervisorSettings(new GroupLauncher(programs::command), client, InstantSource.system(),
						new SecureRandom(), (time) -> TimeUnit.NANOSECONDS.sleep(time.toNanos())));
	}

	/**
	 * Finds the groups that live, and starts those that have died.
	 */
	@EventListener(ApplicationReadyEvent.class)
	void start() {
		this.supervisor.start();
	}

	/**
	 * The names of all groups, to find out which one is meant.
	 * @param running groups that are published
	 */
	GroupNames names(List<RunningGroup> running) {
		Set<String> known = new TreeSet<>();
		running.forEach((each) -> known.add(each.fullName()));
		this.folder.groups().forEach((each) -> known.add(each.path().getFileName().toString()));
		return new GroupNames(BuildVersion.version(), known);
	}

	/**
	 * A line for each group whose state cannot be read, so that it is not started.
	 * @param running groups that are published
	 */
	List<String> problems(List<RunningGroup> running) {
		Set<String> published = running.stream().map(RunningGroup::fullName).collect(Collectors.toSet());
		return this.folder.groups()
			.stream()
			.filter((each) -> !published.contains(each.path().getFileName().toString()))
			.map(GroupRegister::problem)
			.filter((problem) -> !problem.isEmpty())
			.toList();
	}

	private static String problem(GroupFolder folder) {
		try {
			folder.read();
			return "";
		}
		catch (StateException ex) {
			// A group may be removed meanwhile.
			return folder.exists() ? "A group does not run: " + ex.getMessage() : "";
		}
	}

	/**
	 * The folder of a group, if it has state.
	 */
	Optional<GroupFolder> folder(String fullName) {
		return this.folder.groups()
			.stream()
			.filter((each) -> each.path().getFileName().toString().equals(fullName))
			.findFirst();
	}

	/**
	 * A name that no group has.
	 */
	GroupName newName() {
		StringBuilder name = new StringBuilder();
		this.random.ints(6, 0, LETTERS.length()).forEach((index) -> name.append(LETTERS.charAt(index)));
		GroupName group = new GroupName(name.toString(), BuildVersion.version());
		return this.folder.group(group).exists() ? newName() : group;
	}

	/**
	 * Makes sure that a group runs.
	 * @param limits limits that the user has asked for
	 * @return lines for the user
	 * @throws AdaptiveException if it has other limits, or cannot be started
	 */
	List<String> ensure(GroupName name, LimitRequest limits) {
		try {
			GroupFolder known = this.folder.group(name);
			GroupLimits wanted = merge(known.exists() ? known.read().limits() : GroupLimits.DEFAULT, limits);
			List<String> notes = this.supervisor.ensure(name, wanted, System.getenv())
				.get(START_TIME.toSeconds(), TimeUnit.SECONDS);
			this.programs.makeArchive();
			return notes;
		}
		catch (GroupException | StateException ex) {
			throw failed(ex);
		}
		catch (ExecutionException ex) {
			throw failed((ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (TimeoutException ex) {
			throw new AdaptiveException(ErrorCode.DEADLINE_EXCEEDED,
					"The group %s has not started within %s s; look at: gsh log daemon".formatted(name,
							START_TIME.toSeconds()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AdaptiveException(ErrorCode.CANCELLED, "The daemon ends");
		}
	}

	private static GroupLimits merge(GroupLimits limits, LimitRequest asked) {
		return new GroupLimits((asked.maxProcessors() != null) ? asked.maxProcessors() : limits.maxProcessors(),
				(asked.realTimePriority() != null) ? asked.realTimePriority() : limits.realTimePriority(),
				(asked.memoryBytes() != null) ? asked.memoryBytes() : limits.memoryBytes());
	}

	private static AdaptiveException failed(Throwable cause) {
		return new AdaptiveException(ErrorCode.FAILED_PRECONDITION, Delivery.UNKNOWN,
				String.valueOf(cause.getMessage()), cause);
	}

	/**
	 * Ends the supervision; the groups go on.
	 */
	@Override
	public void destroy() {
		this.supervisor.close();
	}

}
