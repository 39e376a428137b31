package io.adaptive.gshell.daemon;

import java.util.function.Supplier;

import io.adaptive.gshell.code.CodeException;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;

/**
 * Refusals of code as errors of a call: the command prints the text and ends with 1.
 */
final class Refusals {

	private Refusals() {
	}

	static <T> T of(Supplier<T> work) {
		try {
			return work.get();
		}
		catch (CodeException ex) {
			throw new AdaptiveException(ErrorCode.FAILED_PRECONDITION, Delivery.UNKNOWN,
					String.valueOf(ex.getMessage()), ex);
		}
		catch (IllegalArgumentException ex) {
			throw new AdaptiveException(ErrorCode.INVALID_ARGUMENT, Delivery.UNKNOWN, String.valueOf(ex.getMessage()),
					ex);
		}
	}

}
