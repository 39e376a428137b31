/**
 * API: discovery. Start with
 * {@link io.adaptive.client.AdaptiveClient#discover(String, String)} for one connection,
 * {@link io.adaptive.client.AdaptiveClient#lazy} for a connection that reconnects, and
 * {@link io.adaptive.client.AdaptiveClient#watch} for events of instances that appear and
 * go. A {@link io.adaptive.client.Selection} chooses among several instances.
 */
@NullMarked
package io.adaptive.client;

import org.jspecify.annotations.NullMarked;
