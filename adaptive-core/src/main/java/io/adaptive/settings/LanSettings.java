package io.adaptive.settings;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.adaptive.message.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * How a node takes part in its local networks. Immutable; each method returns a changed
 * copy.
 *
 * @param port the UDP port on which all programs of the network meet
 * @param interfaces names ({@code eth0}) or addresses ({@code 10.0.0.*}) of the network
 * interfaces to use, with {@code *} for any characters; none for all but the loopback,
 * which must be named
 * @param excludedInterfaces those not to use, named in the same way
 * @param seeds nodes beyond the broadcast, asked and told directly; port 0 stands for the
 * port above
 * @param secret what all programs of the network share, so that datagrams of others are
 * dropped; {@code null} for datagrams without a signature
 * @param announceInterval how often what is published is announced again; it is forgotten
 * after about three times as long
 */
public record LanSettings(int port, List<String> interfaces, List<String> excludedInterfaces, List<Endpoint.Tcp> seeds,
		@Nullable String secret, Duration announceInterval) {

	/** The port that is used if none is set. */
	public static final int DEFAULT_PORT = 7201;

	/** The least bytes of a secret, because a datagram shows whether a guess is right. */
	public static final int MIN_SECRET_BYTES = 16;

	private static final Duration MIN_INTERVAL = Duration.ofMillis(100);

	private static final Duration MAX_INTERVAL = Duration.ofMinutes(10);

	/** All interfaces but the loopback, no seeds, no secret. */
	public static final LanSettings DEFAULT = new LanSettings(DEFAULT_PORT, List.of(), List.of(), List.of(), null,
			Duration.ofSeconds(5));

	/**
	 * Checks the settings.
	 * @throws IllegalArgumentException if the port or the interval is out of range, or
	 * the secret is too short
	 */
	public LanSettings {
		if (port < 1 || port > Endpoint.Tcp.MAX_PORT) {
			throw new IllegalArgumentException(
					"The port of LAN discovery is 1 to %s, not %s".formatted(Endpoint.Tcp.MAX_PORT, port));
		}
		if (announceInterval.compareTo(MIN_INTERVAL) < 0 || announceInterval.compareTo(MAX_INTERVAL) > 0) {
			throw new IllegalArgumentException(
					"Services are announced in LAN every 100 ms to 10 min, not every %s".formatted(announceInterval));
		}
		if (secret != null && secret.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
			throw new IllegalArgumentException(
					"The secret of LAN discovery has %s bytes at least, or it could be guessed from one datagram"
						.formatted(MIN_SECRET_BYTES));
		}
		checkInterfaces(interfaces);
		checkInterfaces(excludedInterfaces);
		interfaces = List.copyOf(interfaces);
		excludedInterfaces = List.copyOf(excludedInterfaces);
		seeds = List.copyOf(seeds);
	}

	private static void checkInterfaces(List<String> interfaces) {
		if (interfaces.stream().anyMatch(String::isBlank)) {
			throw new IllegalArgumentException("A network interface has a name or an address, not \"\"");
		}
	}

	/**
	 * Changes the port.
	 * @param port the UDP port
	 * @return the changed copy
	 */
	public LanSettings port(int port) {
		return new LanSettings(port, this.interfaces, this.excludedInterfaces, this.seeds, this.secret,
				this.announceInterval);
	}

	/**
	 * Changes which network interfaces are used.
	 * @param interfaces names or addresses, with {@code *} for any characters
	 * @return the changed copy
	 */
	public LanSettings interfaces(String... interfaces) {
		return new LanSettings(this.port, List.of(interfaces), this.excludedInterfaces, this.seeds, this.secret,
				this.announceInterval);
	}

	/**
	 * Changes which network interfaces are not used.
	 * @param excludedInterfaces names or addresses, with {@code *} for any characters
	 * @return the changed copy
	 */
	public LanSettings excludedInterfaces(String... excludedInterfaces) {
		return new LanSettings(this.port, this.interfaces, List.of(excludedInterfaces), this.seeds, this.secret,
				this.announceInterval);
	}

	/**
	 * Changes the seeds.
	 * @param seeds hosts, with port 0 for the port of these settings
	 * @return the changed copy
	 */
	public LanSettings seeds(Endpoint.Tcp... seeds) {
		return new LanSettings(this.port, this.interfaces, this.excludedInterfaces, List.of(seeds), this.secret,
				this.announceInterval);
	}

	/**
	 * Changes the secret.
	 * @param secret what all programs of the network share
	 * @return the changed copy
	 */
	public LanSettings secret(String secret) {
		return new LanSettings(this.port, this.interfaces, this.excludedInterfaces, this.seeds, secret,
				this.announceInterval);
	}

	/**
	 * Changes how often services are announced again.
	 * @param announceInterval the time
	 * @return the changed copy
	 */
	public LanSettings announceInterval(Duration announceInterval) {
		return new LanSettings(this.port, this.interfaces, this.excludedInterfaces, this.seeds, this.secret,
				announceInterval);
	}

	@Override
	public String toString() {
		return "port=%s interfaces=%s excluded=%s seeds=%s signed=%s interval=%s".formatted(this.port, this.interfaces,
				this.excludedInterfaces, this.seeds, this.secret != null, this.announceInterval);
	}

}
