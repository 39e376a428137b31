/**
 * Room {@code node}: the one place where the rooms are wired together.
 * {@link io.adaptive.internal.node.NodeConfiguration} holds the settings of the builder,
 * {@link io.adaptive.internal.node.RunningNode} is the node built from them.
 * {@link io.adaptive.internal.node.NodeAssembly} creates the parts of the node, and
 * {@link io.adaptive.internal.node.LifeCycle} starts and ends them in order. Uses all
 * rooms.
 */
@NullMarked
package io.adaptive.internal.node;

import org.jspecify.annotations.NullMarked;
