/**
 * For tests, with Spring or without: nodes that meet in memory only, stubs of services,
 * links with faults, and a clock that a test moves.
 */
@NullMarked
package io.adaptive.test;

import org.jspecify.annotations.NullMarked;
