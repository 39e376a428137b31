package io.adaptive.gshell.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

/**
 * The build that this program is from.
 *
 * @param commit commit of the sources; {@code null} if the build did not know
 * @param time time of the build; {@code null} if the build did not tell
 */
record Build(@Nullable String commit, @Nullable Instant time) {

	static Build load() {
		Properties properties = new Properties();
		try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
			if (in != null) {
				properties.load(in);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		String commit = properties.getProperty("commit", "");
		String time = properties.getProperty("time", "");
		return new Build(commit.isEmpty() ? null : commit, time.isEmpty() ? null : Instant.parse(time));
	}

}
