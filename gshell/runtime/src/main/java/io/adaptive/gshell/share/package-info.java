/**
 * Types that the jobs of a group share: found by byte code, loaded once per content.
 */
@NullMarked
package io.adaptive.gshell.share;

import org.jspecify.annotations.NullMarked;
