package io.adaptive.benchmark.load;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Words of the form {@code key=value}: how settings are given and processes talk.
 *
 * @param values the values
 */
public record KeyValues(Map<String, String> values) {

	/**
	 * Reads words.
	 * @param words the words
	 * @return their values
	 * @throws IllegalArgumentException if a word has another form
	 */
	public static KeyValues of(Collection<String> words) {
		Map<String, String> values = new LinkedHashMap<>();
		for (String word : words) {
			int equals = word.indexOf('=');
			if (equals < 1) {
				throw new IllegalArgumentException("Not of the form key=value: " + word);
			}
			values.put(word.substring(0, equals), word.substring(equals + 1));
		}
		return new KeyValues(values);
	}

	/**
	 * Returns a value as it is.
	 * @param key the key
	 * @param otherwise what it is if it was not given
	 * @return the value
	 */
	public String text(String key, String otherwise) {
		return this.values.getOrDefault(key, otherwise);
	}

	/**
	 * Returns a number.
	 * @param key the key
	 * @return the number
	 * @throws IllegalArgumentException if it was not given or is no number
	 */
	public long number(String key) {
		String value = this.values.get(key);
		if (value == null) {
			throw new IllegalArgumentException("Missing: " + key + "=");
		}
		return Long.parseLong(value);
	}

	/**
	 * Returns a number.
	 * @param key the key
	 * @param otherwise what it is if it was not given
	 * @return the number
	 */
	public long number(String key, long otherwise) {
		return this.values.containsKey(key) ? number(key) : otherwise;
	}

}
