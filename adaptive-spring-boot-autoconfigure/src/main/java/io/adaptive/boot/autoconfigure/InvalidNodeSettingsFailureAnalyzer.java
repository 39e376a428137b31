package io.adaptive.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Failure analyzer for properties that are valid individually, but not in combination or
 * on this Java version.
 */
class InvalidNodeSettingsFailureAnalyzer extends AbstractFailureAnalyzer<InvalidNodeSettingsException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidNodeSettingsException cause) {
		return new FailureAnalysis(
				"The properties adaptive.* do not fit this application: %s.".formatted(cause.getMessage()),
				"Correct the property, or add what it needs.", cause);
	}

}
