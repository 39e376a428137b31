/**
 * Room {@code scope}: the four scopes of a node, each a room of its own behind
 * {@link io.adaptive.internal.scope.DiscoveryScope}. Uses {@code builtin} and
 * {@code proxy}. Runs on the threads of its callers, and on threads of the scopes.
 */
@NullMarked
package io.adaptive.internal.scope;

import org.jspecify.annotations.NullMarked;
