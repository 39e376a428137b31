/**
 * Samples, packaged and started as a user starts them, each program in a process of its
 * own.
 */
@NullMarked
package io.adaptive.integration.samples;

import org.jspecify.annotations.NullMarked;
