/**
 * Room {@code builtin}, LAN: the exchange of services over TCP between nodes of a local
 * network that have found each other by datagrams.
 */
@NullMarked
package io.adaptive.internal.builtin.lan;

import org.jspecify.annotations.NullMarked;
