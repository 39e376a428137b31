/**
 * Sessions that samples arrive for, with the open block of each series in memory.
 */
@NullMarked
package io.adaptive.topidchart.session;

import org.jspecify.annotations.NullMarked;
