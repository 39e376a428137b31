/**
 * Logs of groups and jobs: files that rotate, and readers that follow them.
 */
@NullMarked
package io.adaptive.gshell.log;

import org.jspecify.annotations.NullMarked;
