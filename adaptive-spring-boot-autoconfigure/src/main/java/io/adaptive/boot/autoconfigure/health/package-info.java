/**
 * Whether a node offers its services and is reached, for applications with health checks.
 */
@NullMarked
package io.adaptive.boot.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
