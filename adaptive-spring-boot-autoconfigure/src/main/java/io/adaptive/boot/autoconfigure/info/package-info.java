/**
 * The info contributor of the node.
 */
@NullMarked
package io.adaptive.boot.autoconfigure.info;

import org.jspecify.annotations.NullMarked;
