/**
 * Room {@code scope.process}: PROCESS scope, a table in memory. Runs on the threads of
 * its callers.
 */
@NullMarked
package io.adaptive.internal.scope.process;

import org.jspecify.annotations.NullMarked;
