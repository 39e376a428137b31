package io.adaptive.internal.builtin.lan;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * What a node tells those who follow it. Services are written {@code publisher/name}.
 */
public sealed interface LanNews {

	/**
	 * All services of the node; comes first.
	 *
	 * @param revision the state that this is true of, as in the node's datagrams
	 * @param services the services
	 */
	@Message("adaptive.lan-services")
	record Services(long revision, List<String> services) implements LanNews {
	}

	/**
	 * What has changed since the last message.
	 *
	 * @param revision the state after the change
	 * @param appeared what was published
	 * @param gone what was taken back
	 */
	@Message("adaptive.lan-change")
	record Change(long revision, List<String> appeared, List<String> gone) implements LanNews {
	}

}
