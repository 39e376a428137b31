package io.adaptive.message;

import io.adaptive.internal.message.Wildcard;

/**
 * Which services are looked for. Each part may hold {@code *} anywhere and any number of
 * times; it stands for any characters, or none.
 *
 * @param publisher what the publisher must look like
 * @param name what the service's name must look like
 */
public record ServicePattern(String publisher, String name) {

	/** Every service. */
	public static final ServicePattern ALL = new ServicePattern("*", "*");

	/**
	 * Checks both parts.
	 * @throws IllegalArgumentException if a part, without its stars, is nothing that a
	 * name may contain
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
	 * Returns the pattern that one service matches.
	 * @param service the service
	 * @return the pattern
	 */
	public static ServicePattern of(ServiceName service) {
		return new ServicePattern(service.publisher(), service.name());
	}

	/**
	 * Tells whether the pattern stands for one service only.
	 * @return {@code true} if it holds no star
	 */
	public boolean isExact() {
		return this.publisher.indexOf('*') < 0 && this.name.indexOf('*') < 0;
	}

	/**
	 * Tells whether a service is looked for. Takes time proportional to the lengths of
	 * the pattern and the name multiplied at most, whatever the pattern.
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
