package io.adaptive.internal.builtin.lan;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Message to a subscriber of the services of a node. Services are written {@code
 * publisher/name}.
 */
public sealed interface LanNews {

	/**
	 * All services of the node; the first message.
	 *
	 * @param revision the revision of the list, as in the node's datagrams
	 * @param services the services
	 */
	@Message("adaptive.lan-services")
	record Services(long revision, List<String> services) implements LanNews {
	}

	/**
	 * Change since the last message.
	 *
	 * @param revision the revision after the change
	 * @param appeared the published services
	 * @param gone the withdrawn services
	 */
	@Message("adaptive.lan-change")
	record Change(long revision, List<String> appeared, List<String> gone) implements LanNews {
	}

}
