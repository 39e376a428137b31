package io.adaptive.boot.autoconfigure;

import io.adaptive.spring.InvalidDeclarationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Failure analyzer for an invalid declaration of a service, handler or injection point.
 */
class InvalidDeclarationFailureAnalyzer extends AbstractFailureAnalyzer<InvalidDeclarationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidDeclarationException cause) {
		return new FailureAnalysis(cause.problem() + ".", cause.action() + ".", cause);
	}

}
