/**
 * The daemon of a node. {@link io.adaptive.gshell.daemon.GshellDaemon} checks the working
 * directory, takes its lock and starts the application. The path of a {@code run}:
 * {@code DaemonService} takes the message; {@code AppRunner} gets the bundle from
 * {@code AppCode} and the group from {@code RuntimeGroups}; the group answers.
 */
@NullMarked
package io.adaptive.gshell.daemon;

import org.jspecify.annotations.NullMarked;
