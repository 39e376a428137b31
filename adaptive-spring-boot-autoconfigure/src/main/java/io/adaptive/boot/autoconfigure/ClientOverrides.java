package io.adaptive.boot.autoconfigure;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import io.adaptive.spring.client.ClientOverride;

/**
 * The properties of clients, by id. Relaxed binding applies to ids.
 */
final class ClientOverrides implements Function<String, ClientOverride> {

	private final Map<String, ClientOverride> overrides = new HashMap<>();

	ClientOverrides(Map<String, ClientProperties> clients) {
		clients.forEach((id, client) -> this.overrides.put(uniform(id), client.override()));
	}

	static String uniform(String id) {
		StringBuilder uniform = new StringBuilder();
		id.toLowerCase(Locale.ROOT).chars().filter(Character::isLetterOrDigit).forEach(uniform::appendCodePoint);
		return uniform.toString();
	}

	@Override
	public ClientOverride apply(String id) {
		return this.overrides.getOrDefault(uniform(id), ClientOverride.NONE);
	}

}
