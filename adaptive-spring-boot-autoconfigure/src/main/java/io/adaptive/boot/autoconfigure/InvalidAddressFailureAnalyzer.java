package io.adaptive.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Failure analyzer for an invalid address in a property. It precedes the general
 * analyzers of properties, which do not know the form of an address.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class InvalidAddressFailureAnalyzer extends AbstractFailureAnalyzer<InvalidAddressException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidAddressException cause) {
		int port = (cause.defaultPort() != 0) ? cause.defaultPort() : 7201;
		String withoutPort = (cause.defaultPort() != 0) ? "%s is the port of one without".formatted(port)
				: "adaptive.lan.port is the port of one without";
		return new FailureAnalysis(cause.getMessage() + ".",
				("Write %s as a host, with a port if it is another: root.example.org, root.example.org:%s, 192.0.2.7:%2$s or"
						+ " [2001:db8::7]:%2$s; %s. The host need not be there when the application starts.")
					.formatted(cause.property(), port, withoutPort),
				cause);
	}

}
