package io.adaptive.gshell.state;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.adaptive.gshell.message.group.GroupLimits;

/**
 * A group as its file has it.
 *
 * @param name name of the group
 * @param version version of the daemon that made it
 * @param limits its limits
 * @param environment environment of its process, that of the daemon when it was made
 * @param createdAt when it was made
 * @param starts starts of its process
 * @param notes limits that could not be set, and the cause of the last death
 */
public record StoredGroup(String name, String version, GroupLimits limits, Map<String, String> environment,
		Instant createdAt, int starts, List<String> notes) {

	public StoredGroup {
		environment = Map.copyOf(environment);
		notes = List.copyOf(notes);
	}

	/**
	 * The group with one start more.
	 * @param notes lines for the user
	 * @return the changed copy
	 */
	public StoredGroup started(List<String> notes) {
		return new StoredGroup(this.name, this.version, this.limits, this.environment, this.createdAt, this.starts + 1,
				notes);
	}

}
