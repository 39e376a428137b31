package io.adaptive.settings;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.adaptive.message.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * The settings of LAN discovery. Immutable; each configuration method returns a changed
 * copy.
 *
 * @param port the UDP port, the same for all programs of the network
 * @param interfaces the names ({@code eth0}) or addresses ({@code 10.0.0.*}) of the
 * network interfaces to use, in which {@code *} matches any characters; empty for all
 * interfaces except the loopback, which has to be named
 * @param excludedInterfaces the names or addresses of the network interfaces not to use
 * @param seeds nodes that broadcasts do not reach, which are queried and notified by
 * unicast; port 0 stands for {@code port}
 * @param secret the shared secret that signs datagrams, so that datagrams of other
 * senders are dropped; {@code null} for unsigned datagrams
 * @param announceInterval the interval at which published services are announced again;
 * remote nodes drop them after about three intervals without an announcement
 */
public record LanSettings(int port, List<String> interfaces, List<String> excludedInterfaces, List<Endpoint.Tcp> seeds,
		@Nullable String secret, Duration announceInterval) {

	/** The default UDP port. */
	public static final int DEFAULT_PORT = 7201;

	/**
	 * The minimum length of a secret, in bytes. A recorded datagram allows guesses to be
	 * verified offline.
	 */
	public static final int MIN_SECRET_BYTES = 16;

	private static final Duration MIN_INTERVAL = Duration.ofMillis(100);

	private static final Duration MAX_INTERVAL = Duration.ofMinutes(10);

	/** The default: all interfaces except the loopback, no seeds and no secret. */
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
	 * Returns a copy with another port.
	 * @param port the UDP port
	 * @return the changed copy
	 */
	public LanSettings port(int port) {
		return new LanSettings(port, this.interfaces, this.excludedInterfaces, this.seeds, this.secret,
				this.announceInterval);
	}

	/**
	 * Returns a copy with other network interfaces to use.
	 * @param interfaces names or addresses, in which {@code *} matches any characters
	 * @return the changed copy
	 */
	public LanSettings interfaces(String... interfaces) {
		return new LanSettings(this.port, List.of(interfaces), this.excludedInterfaces, this.seeds, this.secret,
				this.announceInterval);
	}

	/**
	 * Returns a copy with other network interfaces to exclude.
	 * @param excludedInterfaces names or addresses, in which {@code *} matches any
	 * characters
	 * @return the changed copy
	 */
	public LanSettings excludedInterfaces(String... excludedInterfaces) {
		return new LanSettings(this.port, this.interfaces, List.of(excludedInterfaces), this.seeds, this.secret,
				this.announceInterval);
	}

	/**
	 * Returns a copy with other seeds.
	 * @param seeds the addresses; port 0 stands for the port of these settings
	 * @return the changed copy
	 */
	public LanSettings seeds(Endpoint.Tcp... seeds) {
		return new LanSettings(this.port, this.interfaces, this.excludedInterfaces, List.of(seeds), this.secret,
				this.announceInterval);
	}

	/**
	 * Returns a copy with another secret.
	 * @param secret the shared secret
	 * @return the changed copy
	 */
	public LanSettings secret(String secret) {
		return new LanSettings(this.port, this.interfaces, this.excludedInterfaces, this.seeds, secret,
				this.announceInterval);
	}

	/**
	 * Returns a copy with another announce interval.
	 * @param announceInterval the interval
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
