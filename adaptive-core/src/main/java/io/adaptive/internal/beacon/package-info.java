/**
 * Room {@code beacon}: discovery in scope LAN, by which the nodes of a local network find
 * each other with datagrams. {@link io.adaptive.internal.beacon.Beacon} announces the
 * services of a node, and finds those of others. Uses {@code registry}. Runs on the
 * thread {@code adaptive-lan}.
 */
@NullMarked
package io.adaptive.internal.beacon;

import org.jspecify.annotations.NullMarked;
