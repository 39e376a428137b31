/**
 * Who is measured: the framework and its peers, behind one interface.
 */
@NullMarked
package io.adaptive.benchmark.contestant;

import org.jspecify.annotations.NullMarked;
