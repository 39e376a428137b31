package io.adaptive.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.adaptive.message.Endpoint;

/**
 * Thrown when the value of a property is no valid address.
 */
class InvalidAddressException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String property;

	private final String value;

	private final int defaultPort;

	InvalidAddressException(String property, String value, int defaultPort, IllegalArgumentException cause) {
		super("Property %s is \"%s\", which is no address: %s".formatted(property, value, cause.getMessage()), cause);
		this.property = property;
		this.value = value;
		this.defaultPort = defaultPort;
	}

	/**
	 * Parses the addresses of a property.
	 * @param property the name of the property
	 * @param values the addresses
	 * @param defaultPort the port of an address without one
	 * @param check refuses addresses that are invalid for this property
	 * @throws InvalidAddressException if an address is invalid
	 */
	static List<Endpoint.Tcp> parseAll(String property, List<String> values, int defaultPort,
			UnaryOperator<Endpoint.Tcp> check) {
		List<Endpoint.Tcp> addresses = new ArrayList<>();
		for (int i = 0; i < values.size(); i++) {
			addresses.add(parse("%s[%s]".formatted(property, i), values.get(i), defaultPort, check));
		}
		return addresses;
	}

	static Endpoint.Tcp parse(String property, String value, int defaultPort, UnaryOperator<Endpoint.Tcp> check) {
		try {
			return check.apply(Endpoint.Tcp.parse(value, defaultPort));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidAddressException(property, value, defaultPort, ex);
		}
	}

	String property() {
		return this.property;
	}

	String value() {
		return this.value;
	}

	/**
	 * Returns the port of an address without one, 0 if another property sets it.
	 */
	int defaultPort() {
		return this.defaultPort;
	}

}
