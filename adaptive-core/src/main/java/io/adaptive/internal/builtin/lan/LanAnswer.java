package io.adaptive.internal.builtin.lan;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * What a node knows of the local network.
 *
 * @param instances what was found, at most 10,000
 */
@Message("adaptive.lan-answer")
public record LanAnswer(List<Found> instances) {

	/**
	 * An instance of a service.
	 *
	 * @param service the service, written {@code publisher/name}
	 * @param provider the machine
	 * @param incarnation the start of the node
	 * @param addresses where it is reached, such as {@code tcp:10.0.0.7:7001}
	 */
	@Message("adaptive.lan-found")
	public record Found(String service, String provider, long incarnation, List<String> addresses) {
	}

}
