/**
 * Jobs: runs of an app in this JVM, isolated from each other as far as a JVM allows.
 * <p>
 * The path of a job: {@link io.adaptive.gshell.job.Job#start} makes its loader and
 * environment and starts its supervisor. The supervisor ({@code JobRun}) starts the
 * thread {@code main}, waits until the job ends by itself or is told to, runs the
 * shutdown hooks, shuts resources, ends child processes, interrupts threads and sets the
 * woven stop check. Code of the job runs on threads of the job only, never on the
 * supervisor.
 */
@NullMarked
package io.adaptive.gshell.job;

import org.jspecify.annotations.NullMarked;
