package io.adaptive.internal.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

import io.netty.util.NetUtil;

/**
 * Addresses of hosts as texts: {@code 192.0.2.1}, or {@code name/192.0.2.1} for one with
 * a name. A name is never looked up.
 */
final class AddressText {

	private AddressText() {
	}

	static String of(InetAddress address) {
		if (address instanceof Inet6Address six && (six.getScopedInterface() != null || six.getScopeId() != 0)) {
			throw new IllegalArgumentException("its scope %s is known to its own machine only"
				.formatted(address.getHostAddress().substring(address.getHostAddress().indexOf('%') + 1)));
		}
		String text = address.toString();
		return text.startsWith("/") ? text.substring(1) : text;
	}

	static InetAddress parse(String text) {
		int slash = text.lastIndexOf('/');
		String literal = text.substring(slash + 1);
		byte[] bytes = (literal.indexOf('%') >= 0 || literal.startsWith("[")) ? null
				: NetUtil.createByteArrayFromIpAddressString(literal);
		if (bytes == null) {
			throw new IllegalArgumentException("%s ends with no address in digits".formatted(text));
		}
		String name = (slash >= 0) ? text.substring(0, slash) : null;
		try {
			return (bytes.length == 4) ? InetAddress.getByAddress(name, bytes)
					: Inet6Address.getByAddress(name, bytes, -1);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex.getMessage(), ex);
		}
	}

	/**
	 * By itself, an address equals one of another name.
	 */
	static boolean areSame(InetAddress one, InetAddress other) {
		return one.equals(other) && one.toString().equals(other.toString());
	}

}
