/**
 * What the nodes of a local network tell each other over TCP, once datagrams have let
 * them find each other.
 */
@NullMarked
package io.adaptive.builtin.lan;

import org.jspecify.annotations.NullMarked;
