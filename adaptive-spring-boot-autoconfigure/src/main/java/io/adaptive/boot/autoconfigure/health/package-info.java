/**
 * Whether a node reaches its root registries, for applications with health checks.
 */
@NullMarked
package io.adaptive.boot.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
