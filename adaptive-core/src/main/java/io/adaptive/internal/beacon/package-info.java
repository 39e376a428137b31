/**
 * Room {@code beacon}: LAN, the datagrams by which the nodes of a local network find each
 * other. {@link io.adaptive.internal.beacon.Beacon} announces what a node offers, and
 * finds what others do. Uses {@code registry}. Runs on the thread {@code adaptive-lan}.
 */
@NullMarked
package io.adaptive.internal.beacon;

import org.jspecify.annotations.NullMarked;
