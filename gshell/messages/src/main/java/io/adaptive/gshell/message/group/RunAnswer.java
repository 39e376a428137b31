package io.adaptive.gshell.message.group;

/**
 * The answer to {@link RunJob}.
 */
public sealed interface RunAnswer permits JobStarted, RunRefused {

}
