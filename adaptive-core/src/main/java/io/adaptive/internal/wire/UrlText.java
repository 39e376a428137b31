package io.adaptive.internal.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Addresses of resources as texts. By itself, an {@link URL} of the JDK looks its host up
 * when it is put into a set; one that was read compares its text instead. Protocols other
 * than {@code http}, {@code https}, {@code file} and {@code jar:file} are refused, since
 * a peer could choose which handler of the program is loaded.
 */
final class UrlText {

	private static final String JAR = "jar:";

	private static final String ENTRY = "!/";

	private UrlText() {
	}

	static URL parse(String text) {
		try {
			String protocol = text.substring(0, Math.max(text.indexOf(':'), 0)).toLowerCase(Locale.ROOT);
			return switch (protocol) {
				case "http" -> new URL(null, text, new Remote(80));
				case "https" -> new URL(null, text, new Remote(443));
				case "file" -> file(text);
				case "jar" -> jar(text);
				default -> throw refused(text);
			};
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(ex.getMessage(), ex);
		}
	}

	private static URL file(String text) throws MalformedURLException {
		URL url = new URL(text);
		if (!url.getHost().isEmpty()) {
			throw refused(text);
		}
		return url;
	}

	private static URL jar(String text) throws MalformedURLException {
		int entry = text.indexOf(ENTRY);
		if (entry < 0 || !text.regionMatches(true, JAR.length(), "file:", 0, "file:".length())) {
			throw refused(text);
		}
		file(text.substring(JAR.length(), entry));
		return new URL(text);
	}

	private static IllegalArgumentException refused(String text) {
		return new IllegalArgumentException(
				"%s is no URL of http, https, jar:file or a local file; a java.net.URI is carried".formatted(text));
	}

	static boolean areSame(URL one, URL other) {
		return one.toExternalForm().equals(other.toExternalForm());
	}

	/**
	 * An address with a host, which is looked up only for a connection.
	 */
	private static final class Remote extends URLStreamHandler {

		private final int defaultPort;

		Remote(int defaultPort) {
			this.defaultPort = defaultPort;
		}

		@Override
		protected int getDefaultPort() {
			return this.defaultPort;
		}

		@Override
		protected URLConnection openConnection(URL url) throws IOException {
			return new URL(url.toExternalForm()).openConnection();
		}

		@Override
		protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
			return new URL(url.toExternalForm()).openConnection(proxy);
		}

		@Override
		protected boolean equals(URL one, URL other) {
			return areSame(one, other);
		}

		@Override
		protected int hashCode(URL url) {
			return url.toExternalForm().hashCode();
		}

		@Override
		protected boolean hostsEqual(URL one, URL other) {
			return String.valueOf(one.getHost()).equalsIgnoreCase(String.valueOf(other.getHost()));
		}

		@Override
		protected @Nullable InetAddress getHostAddress(URL url) {
			return null;
		}

	}

}
