package io.adaptive.gshell.message;

/**
 * A limit of groups.
 *
 * @param option option of {@code gsh run}, without dashes
 * @param available whether this machine can set it
 * @param how the means; for one that is not available the cause
 */
public record GroupLimit(String option, boolean available, String how) {

}
