/**
 * Room {@code scope.lan}: LAN scope, over the datagrams of room {@code beacon}. Runs on
 * the threads of its callers, and on the thread of the beacon.
 */
@NullMarked
package io.adaptive.internal.scope.lan;

import org.jspecify.annotations.NullMarked;
