/**
 * Actuator endpoints for the state of the node and the discovered services.
 */
@NullMarked
package io.adaptive.boot.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
