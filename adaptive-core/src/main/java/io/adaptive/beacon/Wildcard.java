package io.adaptive.beacon;

/**
 * Text in which {@code *} stands for any characters; from the settings, never from a
 * stranger.
 */
final class Wildcard {

	private Wildcard() {
	}

	static boolean matches(String pattern, String text) {
		return text.matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E");
	}

}
