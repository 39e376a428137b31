package io.adaptive.gshell.daemon;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.adaptive.gshell.state.GroupName;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;

/**
 * Names of groups on the command line: {@code NAME}, which means the version of the
 * daemon, or {@code NAME-VERSION}. Names are split by the versions that are known, since
 * both parts may hold a minus sign.
 *
 * @param version version of the daemon
 * @param known groups that there are, as {@code NAME-VERSION}
 */
record GroupNames(String version, Set<String> known) {

	private static final String PUBLISHER = "gshell";

	private static final Pattern VERSION = Pattern.compile("-(?=[0-9])");

	/**
	 * Returns which group is meant.
	 * @return {@code NAME-VERSION}, of a group that may not exist if it is of the
	 * daemon's version
	 * @throws AdaptiveException if the name can be read in two ways
	 */
	String resolve(String name) {
		String own = name + "-" + this.version;
		if (!this.known.contains(name)) {
			return own;
		}
		if (this.known.contains(own)) {
			throw new AdaptiveException(ErrorCode.INVALID_ARGUMENT,
					"The group name %s can be read in two ways, as %s and as %s; name one of these".formatted(name,
							name, own));
		}
		return name;
	}

	/**
	 * Returns the group of a name, which must exist.
	 * @throws AdaptiveException if there is none
	 */
	String existing(String name) {
		String found = resolve(name);
		if (!this.known.contains(found)) {
			throw new AdaptiveException(ErrorCode.NOT_FOUND,
					"There is no group %s%s".formatted(found, this.known.isEmpty() ? "; no group runs"
							: "; there are: " + String.join(", ", new TreeSet<>(this.known))));
		}
		return found;
	}

	/**
	 * Returns the groups that a pattern names.
	 */
	List<String> matching(String pattern) {
		if (pattern.indexOf('*') < 0) {
			String found = resolve(pattern);
			return this.known.contains(found) ? List.of(found) : List.of();
		}
		ServicePattern groups = Refusals.of(() -> new ServicePattern(PUBLISHER, pattern));
		return this.known.stream().filter((each) -> groups.matches(new ServiceName(PUBLISHER, each))).sorted().toList();
	}

	/**
	 * Returns the name of a group that is to be made.
	 * @param name the group's name as the user gives it
	 * @throws AdaptiveException if it names another version, of which no such group runs
	 */
	GroupName toMake(String name) {
		String own = "-" + this.version;
		if (!name.endsWith(own) && endsWithKnownVersion(name)) {
			throw new AdaptiveException(ErrorCode.NOT_FOUND,
					"There is no group %s; new groups are of the daemon's version %s: leave the version out"
						.formatted(name, this.version));
		}
		String plain = name.endsWith(own) ? name.substring(0, name.length() - own.length()) : name;
		return Refusals.of(() -> new GroupName(plain, this.version));
	}

	/**
	 * Tells whether a name ends as a known group does, from a minus sign and a digit on.
	 */
	private boolean endsWithKnownVersion(String name) {
		return VERSION.matcher(name)
			.results()
			.map((found) -> name.substring(found.start()))
			.anyMatch((ending) -> this.known.stream().anyMatch((each) -> each.endsWith(ending)));
	}

}
