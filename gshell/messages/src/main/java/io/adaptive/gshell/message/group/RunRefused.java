package io.adaptive.gshell.message.group;

import io.adaptive.annotation.Message;

/**
 * There is no job.
 *
 * @param reason kind of the cause
 * @param text cause and next step; the lines of the compiler for {@code COMPILATION}
 */
@Message("gshell.group.RunRefused")
public record RunRefused(Reason reason, String text) implements RunAnswer {

	/**
	 * Kinds of causes.
	 */
	public enum Reason {

		/** The source does not compile. */
		COMPILATION,

		/**
		 * The bundle is damaged or is no app: no or several {@code main}, a bad header.
		 */
		CODE,

		/** State cannot be written, as the disk is full. */
		DISK,

		/** The group is ending. */
		ENDING

	}

}
