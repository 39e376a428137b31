package io.adaptive.spring.client.elsewhere;

import io.adaptive.spring.Discover;

/**
 * A client in a package of its own.
 */
@Discover(publisher = "example", name = "greeter")
public interface Greeter {

	/**
	 * Greets.
	 * @param greeting whom
	 * @return the same
	 */
	Greeting greet(Greeting greeting);

	/**
	 * A greeting.
	 *
	 * @param name whom
	 */
	record Greeting(String name) {
	}

}
