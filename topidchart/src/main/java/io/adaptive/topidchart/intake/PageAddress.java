package io.adaptive.topidchart.intake;

import java.net.InetAddress;
import java.net.UnknownHostException;

import io.adaptive.message.Endpoint;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.topidchart.store.ChartSession;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The addresses of pages as a collector can open them.
 */
@Component
class PageAddress {

	private final Environment environment;

	PageAddress(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Returns the address of the page of a session. Its host is the property
	 * {@code topidchart.page.host}, else the address that the page listens at, else, if
	 * it listens at all of them, the one that the collector has connected to.
	 */
	String of(ChartSession session, ConnectionInfo connection) {
		return "http://%s:%s/%s/%s".formatted(host(connection), this.environment.getProperty("local.server.port"),
				session.tag(), session.name());
	}

	private String host(ConnectionInfo connection) {
		String configured = this.environment.getProperty("topidchart.page.host", "");
		String listening = this.environment.getProperty("server.address", "");
		if (!configured.isEmpty()) {
			return configured;
		}
		if (!listening.isEmpty() && !isAny(listening)) {
			return literal(listening);
		}
		return (connection.endpoint() instanceof Endpoint.Tcp tcp) ? literal(tcp.host()) : "127.0.0.1";
	}

	private static String literal(String host) {
		return host.contains(":") ? "[" + host + "]" : host;
	}

	private static boolean isAny(String address) {
		try {
			return InetAddress.getByName(address).isAnyLocalAddress();
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

}
