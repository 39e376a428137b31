package io.adaptive.internal.message;

/**
 * Patterns in which {@code *} stands for any characters, or none. They may come from an
 * untrusted peer, so matching takes time proportional to the product of the lengths of
 * pattern and text at most.
 */
public final class Wildcard {

	private Wildcard() {
	}

	/**
	 * Returns whether a text matches. Each star matches as little as possible, and only
	 * the last one is ever extended, since the match of an earlier star never has to
	 * change.
	 * @param pattern the pattern
	 * @param text the text
	 * @return whether it matches
	 */
	public static boolean matches(String pattern, String text) {
		int p = 0;
		int t = 0;
		int star = -1;
		int taken = 0;
		while (t < text.length()) {
			if (p < pattern.length() && pattern.charAt(p) == '*') {
				star = p++;
				taken = t;
			}
			else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
				p++;
				t++;
			}
			else if (star >= 0) {
				p = star + 1;
				t = ++taken;
			}
			else {
				return false;
			}
		}
		while (p < pattern.length() && pattern.charAt(p) == '*') {
			p++;
		}
		return p == pattern.length();
	}

}
