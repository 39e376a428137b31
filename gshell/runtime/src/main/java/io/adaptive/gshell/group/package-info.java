/**
 * The process of a runtime group. The path of a {@code run}: {@link GroupProcess} has
 * published {@code GroupService}, whose handler hands the message to {@code GroupJobs}.
 * {@code JobCompiler} compiles the bundle, so that code which does not compile leaves no
 * job; the folder of the job is written; a {@code GroupJob} starts it with streams that
 * go to its log, and starts it again by its {@link RestartPolicy}.
 */
@NullMarked
package io.adaptive.gshell.group;

import org.jspecify.annotations.NullMarked;
