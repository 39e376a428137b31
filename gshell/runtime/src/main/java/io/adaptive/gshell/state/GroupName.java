package io.adaptive.gshell.state;

import java.util.regex.Pattern;

import io.adaptive.message.ServiceName;

/**
 * Name and version of a group.
 *
 * @param name its name
 * @param version version of the daemon that made it
 */
public record GroupName(String name, String version) {

	private static final int MAX_LENGTH = 64;

	private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+-]*");

	/**
	 * Checks both.
	 * @throws IllegalArgumentException if one is empty, longer than 64 characters, or has
	 * a character that is not allowed
	 */
	public GroupName {
		check("name", name);
		check("version", version);
	}

	private static void check(String what, String value) {
		if (value.length() > MAX_LENGTH || !ALLOWED.matcher(value).matches()) {
			throw new IllegalArgumentException(
					"The %s \"%s\" of a group is not allowed; use 1 to %s letters, digits, dots, plus and minus signs, a letter or digit first"
						.formatted(what, value.substring(0, Math.min(value.length(), MAX_LENGTH)), MAX_LENGTH));
		}
	}

	/**
	 * Returns the service of the group.
	 * @return {@code {gshell, grg-NAME-VERSION}}
	 */
	public ServiceName service() {
		return new ServiceName("gshell", "grg-" + this);
	}

	@Override
	public String toString() {
		return this.name + "-" + this.version;
	}

}
