package io.adaptive.builtin;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * What a node tells those who follow it. Services are written {@code publisher/name}.
 */
public sealed interface LanNews {

	/**
	 * All services of the node; comes first.
	 *
	 * @param services the services
	 */
	@Message("adaptive.lan-services")
	record Services(List<String> services) implements LanNews {
	}

	/**
	 * What has changed since the last message.
	 *
	 * @param appeared what was published
	 * @param gone what was taken back
	 */
	@Message("adaptive.lan-change")
	record Change(List<String> appeared, List<String> gone) implements LanNews {
	}

}
