/**
 * Actuator endpoints for the person who runs an application: what its node does, and
 * which services it sees.
 */
@NullMarked
package io.adaptive.boot.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
