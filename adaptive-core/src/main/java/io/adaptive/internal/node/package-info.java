/**
 * Room {@code node}: the one place where the rooms are wired together.
 * {@link io.adaptive.internal.node.NodeConfiguration} is what the builder was told,
 * {@link io.adaptive.internal.node.RunningNode} what came of it. In between,
 * {@link io.adaptive.internal.node.NodeAssembly} makes the parts of the node, and
 * {@link io.adaptive.internal.node.LifeCycle} starts and ends them in order. Uses all
 * rooms.
 */
@NullMarked
package io.adaptive.internal.node;

import org.jspecify.annotations.NullMarked;
