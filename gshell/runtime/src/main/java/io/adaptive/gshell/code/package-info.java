/**
 * From a code repository to class files: bundles of source files, their compilation in
 * memory and the cache of its results. Nothing of the bundle runs here.
 */
@NullMarked
package io.adaptive.gshell.code;

import org.jspecify.annotations.NullMarked;
