/**
 * Health indicators of the node.
 */
@NullMarked
package io.adaptive.boot.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
