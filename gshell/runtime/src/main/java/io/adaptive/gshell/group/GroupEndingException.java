package io.adaptive.gshell.group;

/**
 * A run comes while the group ends.
 */
final class GroupEndingException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	GroupEndingException() {
		super("The group is ending; run the app again");
	}

}
