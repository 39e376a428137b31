package io.adaptive.boot.autoconfigure;

import io.adaptive.message.RegistryDirectoryException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Failure analyzer for a configured or default directory of a root registry that cannot
 * be used.
 */
class RegistryDirectoryFailureAnalyzer extends AbstractFailureAnalyzer<RegistryDirectoryException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, RegistryDirectoryException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Set adaptive.root-registry.directory to a directory that this user can write, and that no other root "
						+ "registry uses; one that does not exist yet is made. It is to be kept across restarts.",
				cause);
	}

}
