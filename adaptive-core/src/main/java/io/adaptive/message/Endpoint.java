package io.adaptive.message;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Where a node can be reached.
 */
public sealed interface Endpoint {

	/**
	 * A node of the same process space.
	 *
	 * @param instance the node
	 */
	record InProcess(Instance instance) implements Endpoint {

		@Override
		public String toString() {
			return "process:" + this.instance;
		}

	}

	/**
	 * A unix domain socket of this machine.
	 *
	 * @param path the socket file
	 */
	record UnixSocket(Path path) implements Endpoint {

		@Override
		public String toString() {
			return "unix:" + this.path;
		}

	}

	/**
	 * A TCP port.
	 *
	 * @param host a name or an address; one of IPv6 may stand in brackets, which are
	 * dropped
	 * @param port the port, 0 for one to be chosen where a node listens
	 */
	record Tcp(String host, int port) implements Endpoint {

		/** The highest port. */
		public static final int MAX_PORT = 65_535;

		private static final int MAX_NAME = 253;

		private static final int MAX_NAME_PART = 63;

		private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";

		private static final Pattern IPV4 = Pattern.compile("(%1$s\\.){3}%1$s".formatted(BYTE));

		/**
		 * Checks host and port.
		 * @throws IllegalArgumentException if the host is neither a name nor an address,
		 * or the port is out of range
		 */
		public Tcp {
			boolean inBrackets = host.startsWith("[") && host.endsWith("]");
			host = inBrackets ? host.substring(1, host.length() - 1) : host;
			boolean valid = (inBrackets || host.indexOf(':') >= 0) ? isIpv6(host) : isNameOrIpv4(host);
			if (!valid) {
				throw new IllegalArgumentException(
						"A host is a name or an address, without a port, not \"%s\"".formatted(printable(host)));
			}
			if (port < 0 || port > MAX_PORT) {
				throw new IllegalArgumentException(
						"A TCP port is 1 to %s, or 0 for one to be chosen, not %s".formatted(MAX_PORT, port));
			}
		}

		/**
		 * Reads an address as it is written in a configuration: {@code host:port},
		 * {@code [ipv6]:port}, or a host alone.
		 * @param text the address
		 * @param defaultPort the port of a host alone
		 * @return the address
		 * @throws IllegalArgumentException if it is none
		 */
		public static Tcp parse(String text, int defaultPort) {
			int colon = text.lastIndexOf(':');
			boolean isHostAlone = colon < 0 || text.endsWith("]")
					|| (text.indexOf(':') < colon && text.charAt(0) != '[');
			if (isHostAlone) {
				return new Tcp(text, defaultPort);
			}
			String port = text.substring(colon + 1);
			if (port.isEmpty() || port.length() > 5 || !port.chars().allMatch((c) -> c >= '0' && c <= '9')) {
				throw new IllegalArgumentException(
						"An address is host:port with a port of 1 to %s, not \"%s\": the port is \"%s\""
							.formatted(MAX_PORT, printable(text), printable(port)));
			}
			return new Tcp(text.substring(0, colon), Integer.parseInt(port));
		}

		private static boolean isNameOrIpv4(String host) {
			return !host.isEmpty() && host.codePoints()
				.allMatch((c) -> Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
		}

		/**
		 * Checks that the host is one to connect to: what consists of digits and dots is
		 * an address of IPv4, and a name has no part that is empty, too long or begins or
		 * ends with a hyphen. The host is not looked up.
		 * @return the same address
		 * @throws IllegalArgumentException if there can be no such host
		 */
		public Tcp checkHost() {
			boolean numeric = this.host.codePoints().allMatch((c) -> c == '.' || (c >= '0' && c <= '9'));
			boolean valid = this.host.indexOf(':') >= 0 || (numeric ? IPV4.matcher(this.host).matches() : isName());
			if (!valid) {
				throw new IllegalArgumentException("There is no host \"%s\": it is %s".formatted(printable(this.host),
						numeric ? "no IPv4 address of four numbers up to 255"
								: "no name of parts with 1 to 63 characters"));
			}
			return this;
		}

		private boolean isName() {
			String name = this.host.endsWith(".") ? this.host.substring(0, this.host.length() - 1) : this.host;
			return name.length() <= MAX_NAME && Arrays.stream(name.split("\\.", -1))
				.allMatch((part) -> !part.isEmpty() && part.length() <= MAX_NAME_PART && !part.startsWith("-")
						&& !part.endsWith("-"));
		}

		/**
		 * In brackets nothing but an address is taken for one, so that nobody is asked
		 * what it means.
		 */
		private static boolean isIpv6(String host) {
			int zone = host.indexOf('%');
			try {
				InetAddress.getByName("[" + ((zone > 0) ? host.substring(0, zone) : host) + "]");
				return host.indexOf(':') >= 0 && (zone < 0 || isNameOrIpv4(host.substring(zone + 1)));
			}
			catch (UnknownHostException ex) {
				return false;
			}
		}

		private static String printable(String host) {
			return host.replaceAll("\\p{Cntrl}", "?");
		}

		@Override
		public String toString() {
			boolean isIpv6 = this.host.indexOf(':') >= 0;
			return "tcp:" + (isIpv6 ? "[" + this.host + "]" : this.host) + ":" + this.port;
		}

	}

	/**
	 * A TCP port of a reverse proxy, behind which is a node that cannot be reached
	 * itself. The proxy passes bytes on and understands none of them.
	 *
	 * @param address the proxy's port for that node
	 * @param by the proxy
	 */
	record Relayed(Tcp address, Instance by) implements Endpoint {

		@Override
		public String toString() {
			return "%s (relayed by %s)".formatted(this.address, this.by);
		}

	}

}
