package io.adaptive.network.lab;

import java.util.Optional;

/**
 * A LAN: a bridge to which its hosts are plugged.
 */
public final class Lan {

	private final String name;

	private final String prefix;

	private int hosts;

	private String gateway;

	Lan(String name, String prefix) {
		this.name = name;
		this.prefix = prefix;
	}

	String nextAddress() {
		this.hosts++;
		return this.prefix + "." + this.hosts;
	}

	void gateway(String address) {
		this.gateway = address;
	}

	Optional<String> gateway() {
		return Optional.ofNullable(this.gateway);
	}

	/**
	 * Returns its name.
	 * @return the name, which its hosts' interfaces have too
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns the address that all its hosts hear.
	 * @return the address
	 */
	public String broadcastAddress() {
		return this.prefix + ".255";
	}

}
