/**
 * The daemon's side of groups: {@link GroupSupervisor} keeps one thread for each group,
 * which starts its process by {@link GroupLauncher}, waits for its end by its lock, and
 * starts it again.
 */
@NullMarked
package io.adaptive.gshell.supervisor;

import org.jspecify.annotations.NullMarked;
