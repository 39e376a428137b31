/**
 * Room {@code proxy}: relays for nodes behind NAT: the reverse proxy, a service that any
 * node can offer, and its client in the node that cannot be reached. Uses {@code client}
 * and {@code server}. Runs on workers and callback threads.
 */
@NullMarked
package io.adaptive.internal.proxy;

import org.jspecify.annotations.NullMarked;
