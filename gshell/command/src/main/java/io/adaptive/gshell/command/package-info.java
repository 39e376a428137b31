/**
 * The command line {@code gsh}. Path of a command: {@link io.adaptive.gshell.command.Gsh}
 * takes the arguments apart and calls the class of the command, one for each;
 * {@code DaemonLink} asks the daemon; {@code Table}, {@code Json} and {@code Record}
 * print the answer; {@code Failures} turns what is thrown into a line and an exit status.
 */
@NullMarked
package io.adaptive.gshell.command;

import org.jspecify.annotations.NullMarked;
