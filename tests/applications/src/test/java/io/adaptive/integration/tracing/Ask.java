package io.adaptive.integration.tracing;

import io.adaptive.annotation.Sensitive;

/**
 * What the services of the chain ask each other.
 */
record Ask(String input, @Sensitive String password) {

	Ask(String input) {
		this(input, "sesame");
	}

}
