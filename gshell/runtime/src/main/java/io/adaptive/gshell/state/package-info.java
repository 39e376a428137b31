/**
 * State of gshell on disk, below one working directory: a folder for each group, in it
 * one for each job. JSON files with the number of their format, written by write, sync
 * and rename. <pre>
 * WD/cache/                          compiled code
 * WD/groups/NAME-VERSION/group.json  the group
 * WD/groups/NAME-VERSION/lock        locked by the group's process for its life
 * WD/groups/NAME-VERSION/console     what the JVM itself prints
 * WD/groups/NAME-VERSION/log         log of the group, log.1 to log.4 older ones
 * WD/groups/NAME-VERSION/jobs/ID/job.json  the job
 * WD/groups/NAME-VERSION/jobs/ID/bundle/   its code
 * WD/groups/NAME-VERSION/jobs/ID/log       its output, log.1 to log.4 older ones
 * WD/groups/NAME-VERSION/jobs/ID/files/    folder for files of its own
 * </pre>
 */
@NullMarked
package io.adaptive.gshell.state;

import org.jspecify.annotations.NullMarked;
