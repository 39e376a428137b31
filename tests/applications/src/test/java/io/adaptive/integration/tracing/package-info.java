/**
 * Message tracing of whole applications, as it is seen over HTTP and in a browser.
 */
@NullMarked
package io.adaptive.integration.tracing;

import org.jspecify.annotations.NullMarked;
