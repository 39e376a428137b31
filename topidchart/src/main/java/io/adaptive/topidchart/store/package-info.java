/**
 * Database and journal of sessions. Blocks; any thread.
 */
@NullMarked
package io.adaptive.topidchart.store;

import org.jspecify.annotations.NullMarked;
