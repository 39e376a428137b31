package io.adaptive.gshell.daemon;

import io.adaptive.gshell.code.CodeException;
import io.adaptive.gshell.command.DaemonOptions;
import io.adaptive.gshell.command.DaemonRefusedException;
import io.adaptive.gshell.command.ExitStatus;
import io.adaptive.message.AdaptiveException;

/**
 * Says why the application has not started.
 */
final class StartFailure {

	private StartFailure() {
	}

	static DaemonRefusedException of(Throwable failure, DaemonOptions options) {
		Throwable cause = failure;
		for (Throwable each = failure; each != null; each = each.getCause()) {
			if (each instanceof DaemonRefusedException refused) {
				return refused;
			}
			if (each instanceof AdaptiveException || each instanceof CodeException) {
				cause = each;
				break;
			}
			cause = each;
		}
		return new DaemonRefusedException(ExitStatus.FAILED, "The daemon has not started: %s; its log has more: %s"
			.formatted(text(cause), options.workDirectory().resolve(DaemonLog.NAME)));
	}

	private static String text(Throwable cause) {
		String message = cause.getMessage();
		return (message != null) ? message : cause.toString();
	}

}
