/**
 * Rewriting of a job's classes when they are loaded, and the loader that does it.
 * <p>
 * The path of a class: {@link io.adaptive.gshell.weave.JobClassLoader#loadClass(String)}
 * finds its class file in the job, {@link io.adaptive.gshell.weave.Weaver} rewrites it,
 * and the loader defines it. Rewritten calls lead to static methods of
 * {@code SystemCalls}, {@code ConsoleCalls}, {@code PropertyCalls}, {@code RuntimeCalls},
 * {@code ThreadCalls} and {@code FileCalls}; the annotation {@code InsteadOf} on such a
 * method says what it replaces. Each loader defines these classes anew: a static constant
 * in them is the {@link io.adaptive.gshell.weave.JobEnvironment} of this job, so that a
 * call finds its job by the class it is made from, without regard to the thread.
 */
@NullMarked
package io.adaptive.gshell.weave;

import org.jspecify.annotations.NullMarked;
