package io.adaptive.boot.autoconfigure;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Waits longer than Awaitility's ten seconds where a test gives no limit of its own, for
 * machines that are busy. It is found by its name under {@code META-INF/services}.
 */
public final class Patience implements BeforeAllCallback {

	/** Less than the 60 seconds after which a class may interrupt its tests. */
	private static final Duration LIMIT = Duration.ofSeconds(50);

	@Override
	public void beforeAll(ExtensionContext context) {
		Awaitility.setDefaultTimeout(LIMIT);
	}

}
