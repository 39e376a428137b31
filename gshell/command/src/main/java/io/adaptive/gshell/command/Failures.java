package io.adaptive.gshell.command;

import io.adaptive.gshell.code.CodeException;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.RemoteException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Turns what a command throws into a line and an exit status.
 */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

	private final CommandEnvironment environment;

	Failures(CommandEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public int handleExecutionException(Exception ex, CommandLine command, @Nullable ParseResult parsed) {
		this.environment.err().println(text(ex));
		return status(ex);
	}

	@Override
	public int handleParseException(ParameterException ex, String[] args) {
		this.environment.err().println(ex.getMessage());
		String name = ex.getCommandLine().getCommandSpec().qualifiedName();
		this.environment.err().println("See: %s --help".formatted(name));
		return ExitStatus.USAGE;
	}

	private static String text(Exception ex) {
		if (ex instanceof RemoteException remote) {
			return remote.error().message();
		}
		boolean expected = ex instanceof CommandException || ex instanceof DaemonRefusedException
				|| ex instanceof CodeException || ex instanceof AdaptiveException
				|| ex instanceof IllegalArgumentException;
		return (expected && ex.getMessage() != null) ? ex.getMessage() : ex.toString();
	}

	private static int status(Exception ex) {
		if (ex instanceof CommandException failure) {
			return failure.status();
		}
		if (ex instanceof DaemonRefusedException refused) {
			return refused.status();
		}
		return (ex instanceof AdaptiveException failure) ? status(failure.code()) : ExitStatus.FAILED;
	}

	private static int status(ErrorCode code) {
		return switch (code) {
			case INVALID_ARGUMENT -> ExitStatus.USAGE;
			case NOT_FOUND, UNAVAILABLE -> ExitStatus.NOT_FOUND;
			case PERMISSION_DENIED, UNAUTHENTICATED -> ExitStatus.NOT_PERMITTED;
			case DEADLINE_EXCEEDED -> ExitStatus.TIMEOUT;
			default -> ExitStatus.FAILED;
		};
	}

}
