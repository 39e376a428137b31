/**
 * Publishing services.
 */
@NullMarked
package io.adaptive.server;

import org.jspecify.annotations.NullMarked;
