package io.adaptive.message;

import io.adaptive.internal.message.Wildcard;

/**
 * A pattern of service names. Each part may contain {@code *} at any position and any
 * number of times; it matches any sequence of characters, including none.
 *
 * @param publisher the pattern of the publisher
 * @param name the pattern of the name
 */
public record ServicePattern(String publisher, String name) {

	/** The pattern that matches every service. */
	public static final ServicePattern ALL = new ServicePattern("*", "*");

	/**
	 * Checks both parts.
	 * @throws IllegalArgumentException if a part, without its stars, contains characters
	 * that a name may not contain
	 */
	public ServicePattern {
		check("publisher", publisher);
		check("name", name);
	}

	private static void check(String part, String pattern) {
		String fixed = pattern.replace("*", "");
		if (!fixed.isEmpty() || pattern.isEmpty()) {
			ServiceName.check(part, fixed);
		}
		if (pattern.length() > ServiceName.MAX_BYTES) {
			throw new IllegalArgumentException("The %s of a pattern may have %s characters, this one has %s"
				.formatted(part, ServiceName.MAX_BYTES, pattern.length()));
		}
	}

	/**
	 * Returns the pattern that matches exactly one service.
	 * @param service the service
	 * @return the pattern
	 */
	public static ServicePattern of(ServiceName service) {
		return new ServicePattern(service.publisher(), service.name());
	}

	/**
	 * Returns whether the pattern matches one service only.
	 * @return {@code true} if it contains no {@code *}
	 */
	public boolean isExact() {
		return this.publisher.indexOf('*') < 0 && this.name.indexOf('*') < 0;
	}

	/**
	 * Returns whether a service matches the pattern. The time is at most proportional to
	 * the product of the lengths of pattern and name.
	 * @param service the service
	 * @return whether it matches
	 */
	public boolean matches(ServiceName service) {
		return Wildcard.matches(this.publisher, service.publisher()) && Wildcard.matches(this.name, service.name());
	}

	@Override
	public String toString() {
		return this.publisher + "/" + this.name;
	}

}
