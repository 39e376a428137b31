package io.adaptive.gshell.message;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A service of one machine.
 *
 * @param publisher publisher
 * @param service name of the service
 * @param provider id of the machine
 * @param self whether it is this machine
 * @param sightings one for each scope and instance
 */
public record FoundService(String publisher, String service, String provider, boolean self,
		List<ServiceSighting> sightings) {

	/**
	 * Returns the scopes as four binary digits: WAN, LAN, OS, PROCESS.
	 * @return for example {@code 0011}
	 */
	public String scopes() {
		return Stream.of("WAN", "LAN", "OS", "PROCESS")
			.map((scope) -> this.sightings.stream().anyMatch((each) -> each.scope().equals(scope)) ? "1" : "0")
			.collect(Collectors.joining());
	}

}
