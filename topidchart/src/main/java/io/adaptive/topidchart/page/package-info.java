/**
 * The page and the data for it. Read-only.
 */
@NullMarked
package io.adaptive.topidchart.page;

import org.jspecify.annotations.NullMarked;
