package io.adaptive.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.adaptive.message.Endpoint;

/**
 * What a property names as an address is none.
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
	 * Reads the addresses of a property.
	 * @param property its name
	 * @param values the addresses
	 * @param defaultPort the port of an address without one
	 * @param check refuses addresses that are not for this property
	 * @throws InvalidAddressException if one is none
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
	 * Returns the port of an address without one, 0 if another property has it.
	 */
	int defaultPort() {
		return this.defaultPort;
	}

}
