/**
 * LAN: datagrams by which the nodes of a local network find each other.
 * {@link io.adaptive.beacon.Beacon} announces what a node offers, and finds what others
 * do.
 */
@NullMarked
package io.adaptive.beacon;

import org.jspecify.annotations.NullMarked;
