/**
 * Room {@code scope.wan}: WAN scope, by registries, with the relays of a node that they
 * cannot reach. Runs on the threads of its callers, and on one for each registry and
 * relay.
 */
@NullMarked
package io.adaptive.internal.scope.wan;

import org.jspecify.annotations.NullMarked;
