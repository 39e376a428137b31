/**
 * Reaching services that are behind NAT: the reverse proxy, a service that any node can
 * offer, and its client in the node that cannot be reached.
 */
@NullMarked
package io.adaptive.proxy;

import org.jspecify.annotations.NullMarked;
