package io.adaptive.topidchart;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says where the other service is instead of a stack trace.
 */
class OtherServiceFailureAnalyzer extends AbstractFailureAnalyzer<OtherServiceException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, OtherServiceException cause) {
		return new FailureAnalysis(cause.getMessage(),
				"Collectors find either of two. Use the other one, or start this one with --another.", cause);
	}

}
