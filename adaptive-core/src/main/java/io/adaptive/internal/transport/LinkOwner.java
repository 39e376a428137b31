package io.adaptive.internal.transport;

import io.adaptive.internal.wire.Codecs;
import io.adaptive.message.Instance;
import io.adaptive.settings.LinkSettings;

/**
 * The properties of a node that its links over sockets need.
 *
 * @param self the node
 * @param codecs the codecs of messages
 * @param settings the limits of each link
 * @param traffic counters of the node
 */
record LinkOwner(Instance self, Codecs codecs, LinkSettings settings, Traffic traffic) {
}
