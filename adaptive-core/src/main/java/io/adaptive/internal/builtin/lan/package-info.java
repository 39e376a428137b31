/**
 * Room {@code builtin}, LAN: what the nodes of a local network tell each other over TCP,
 * once datagrams have let them find each other.
 */
@NullMarked
package io.adaptive.internal.builtin.lan;

import org.jspecify.annotations.NullMarked;
