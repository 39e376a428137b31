package io.adaptive.boot.autoconfigure;

import io.adaptive.message.SocketDirectoryException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Failure analyzer for a configured or default socket directory that cannot be used.
 */
class SocketDirectoryFailureAnalyzer extends AbstractFailureAnalyzer<SocketDirectoryException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SocketDirectoryException cause) {
		String remedy = (cause.remedy() != null) ? " Or " + cause.remedy() : "";
		return new FailureAnalysis(cause.getMessage() + ".",
				"Set adaptive.os.socket-directory to a directory of this user alone; one that does not exist yet is made, "
						+ "with the right permissions. It is the same for all programs that are to find each other; "
						+ "for those of several users set adaptive.os.shared, too. An application that no other program "
						+ "of this machine uses can leave os out of adaptive.scopes." + remedy,
				cause);
	}

}
