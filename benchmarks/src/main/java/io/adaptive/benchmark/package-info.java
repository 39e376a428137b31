/**
 * The command {@code asbench}.
 */
@NullMarked
package io.adaptive.benchmark;

import org.jspecify.annotations.NullMarked;
