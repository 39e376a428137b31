package io.adaptive.internal.transport;

import io.adaptive.internal.wire.Codecs;
import io.adaptive.message.Instance;
import io.adaptive.settings.LinkSettings;

/**
 * The node as its links over sockets need it.
 *
 * @param self the node
 * @param codecs how messages are encoded
 * @param settings the limits of each link
 * @param traffic counts for the node
 */
record LinkOwner(Instance self, Codecs codecs, LinkSettings settings, Traffic traffic) {
}
