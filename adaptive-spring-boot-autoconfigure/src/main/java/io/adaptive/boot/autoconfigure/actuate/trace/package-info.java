/**
 * The endpoint {@code adaptivetrace}: message tracing over HTTP and JMX, with a page that
 * draws a trace.
 */
@NullMarked
package io.adaptive.boot.autoconfigure.actuate.trace;

import org.jspecify.annotations.NullMarked;
