package io.adaptive.message;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * An address at which a node can be reached.
 */
public sealed interface Endpoint {

	/**
	 * The endpoint of a node in the same process space.
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
	 * The endpoint of a Unix domain socket on this machine.
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
	 * A host and a TCP port.
	 *
	 * @param host a host name or an IP address; brackets around an IPv6 address are
	 * removed
	 * @param port the port; 0 lets a listening node choose a free one
	 */
	record Tcp(String host, int port) implements Endpoint {

		/** The highest valid port number. */
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
		 * Parses an address as written in a configuration: {@code host:port},
		 * {@code [ipv6]:port}, or a host without a port.
		 * @param text the text to parse
		 * @param defaultPort the port if the text has none
		 * @return the address
		 * @throws IllegalArgumentException if the text is no valid address
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
		 * Checks that the host is valid for connecting. A host of digits and dots has to
		 * be an IPv4 address. The labels of a host name have 1 to 63 characters and
		 * neither begin nor end with a hyphen. The name is not resolved.
		 * @return this address
		 * @throws IllegalArgumentException if the host is invalid
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
		 * Parses the host in brackets, because {@link InetAddress} then accepts only a
		 * literal address and queries no name server.
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
	 * A TCP port of a reverse proxy that forwards to a node which cannot be reached
	 * directly. The proxy forwards bytes without interpreting them.
	 *
	 * @param address the host and port of the proxy for that node
	 * @param by the node that runs the proxy
	 */
	record Relayed(Tcp address, Instance by) implements Endpoint {

		@Override
		public String toString() {
			return "%s (relayed by %s)".formatted(this.address, this.by);
		}

	}

}
