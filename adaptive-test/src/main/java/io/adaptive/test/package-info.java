/**
 * API for tests, with or without Spring: nodes in memory, stubs of services, links with
 * faults, and a clock that is advanced by the test. Start with
 * {@link io.adaptive.test.InMemoryNetwork}.
 */
@NullMarked
package io.adaptive.test;

import org.jspecify.annotations.NullMarked;
