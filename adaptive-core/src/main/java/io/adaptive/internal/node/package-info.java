/**
 * Room {@code node}: the one place where the rooms are wired together.
 * {@link io.adaptive.internal.node.NodeConfiguration} is what the builder was told,
 * {@link io.adaptive.internal.node.RunningNode} what came of it. Uses all rooms.
 */
@NullMarked
package io.adaptive.internal.node;

import org.jspecify.annotations.NullMarked;
