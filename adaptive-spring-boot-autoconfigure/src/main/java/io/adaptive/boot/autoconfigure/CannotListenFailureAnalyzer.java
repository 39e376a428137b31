package io.adaptive.boot.autoconfigure;

import io.adaptive.message.CannotListenException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Failure analyzer for a TCP address that cannot be bound: a port in use, or a host that
 * is not this machine.
 */
class CannotListenFailureAnalyzer extends AbstractFailureAnalyzer<CannotListenException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, CannotListenException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Stop the program that uses the port, or set adaptive.listen.port to another one, 0 for any; "
						+ "set adaptive.listen.host to an address of this machine.",
				cause);
	}

}
