package io.adaptive.gshell.weave;

import java.util.Properties;

import org.jspecify.annotations.Nullable;

import static io.adaptive.gshell.weave.JobLink.ENVIRONMENT;

/**
 * System properties in woven code. Defined anew by each {@link JobClassLoader}; not for
 * use in source code.
 */
public final class PropertyCalls {

	private static final String SYSTEM = "java.lang.System";

	private PropertyCalls() {
	}

	@InsteadOf(SYSTEM)
	public static Properties getProperties() {
		return ENVIRONMENT.properties();
	}

	@InsteadOf(SYSTEM)
	public static void setProperties(@Nullable Properties properties) {
		ENVIRONMENT.properties(properties);
	}

	@InsteadOf(SYSTEM)
	public static @Nullable String getProperty(String key) {
		return ENVIRONMENT.properties().getProperty(checked(key));
	}

	@InsteadOf(SYSTEM)
	public static @Nullable String getProperty(String key, @Nullable String otherwise) {
		String value = ENVIRONMENT.properties().getProperty(checked(key));
		return (value != null) ? value : otherwise;
	}

	@InsteadOf(SYSTEM)
	public static @Nullable String setProperty(String key, String value) {
		return (String) ENVIRONMENT.properties().setProperty(checked(key), value);
	}

	@InsteadOf(SYSTEM)
	public static @Nullable String clearProperty(String key) {
		return (String) ENVIRONMENT.properties().remove(checked(key));
	}

	@InsteadOf("java.lang.Boolean")
	public static boolean getBoolean(@Nullable String key) {
		return Boolean.parseBoolean(text(key));
	}

	@InsteadOf("java.lang.Integer")
	public static @Nullable Integer getInteger(@Nullable String key) {
		return getInteger(key, null);
	}

	@InsteadOf("java.lang.Integer")
	public static @Nullable Integer getInteger(@Nullable String key, int otherwise) {
		Integer value = getInteger(key, null);
		return (value != null) ? value : (Integer) otherwise;
	}

	@InsteadOf("java.lang.Integer")
	public static @Nullable Integer getInteger(@Nullable String key, @Nullable Integer otherwise) {
		String value = text(key);
		try {
			return (value != null) ? Integer.decode(value) : otherwise;
		}
		catch (NumberFormatException ex) {
			return otherwise;
		}
	}

	@InsteadOf("java.lang.Long")
	public static @Nullable Long getLong(@Nullable String key) {
		return getLong(key, null);
	}

	@InsteadOf("java.lang.Long")
	public static @Nullable Long getLong(@Nullable String key, long otherwise) {
		Long value = getLong(key, null);
		return (value != null) ? value : (Long) otherwise;
	}

	@InsteadOf("java.lang.Long")
	public static @Nullable Long getLong(@Nullable String key, @Nullable Long otherwise) {
		String value = text(key);
		try {
			return (value != null) ? Long.decode(value) : otherwise;
		}
		catch (NumberFormatException ex) {
			return otherwise;
		}
	}

	private static @Nullable String text(@Nullable String key) {
		return (key == null || key.isEmpty()) ? null : ENVIRONMENT.properties().getProperty(key);
	}

	private static String checked(String key) {
		if (key.isEmpty()) {
			throw new IllegalArgumentException("The name of a system property is empty");
		}
		return key;
	}

}
