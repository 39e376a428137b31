package io.adaptive.internal.builtin.lan;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Known instances of the local network.
 *
 * @param instances the instances found, at most 10,000
 */
@Message("adaptive.lan-answer")
public record LanAnswer(List<Found> instances) {

	/**
	 * Instance of a service.
	 *
	 * @param service the service, written {@code publisher/name}
	 * @param provider the provider id of the machine
	 * @param incarnation the start of the node
	 * @param addresses its addresses, such as {@code tcp:10.0.0.7:7001}
	 */
	@Message("adaptive.lan-found")
	public record Found(String service, String provider, long incarnation, List<String> addresses) {
	}

}
