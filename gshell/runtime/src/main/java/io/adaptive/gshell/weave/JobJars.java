package io.adaptive.gshell.weave;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

import org.jspecify.annotations.Nullable;

/**
 * The jars of a job, open until they are closed. The first jar with a name wins. For any
 * number of threads.
 */
final class JobJars implements AutoCloseable {

	private static final String VERSIONS = "META-INF/versions/";

	private final List<Jar> jars = new ArrayList<>();

	/**
	 * Opens the jars.
	 * @throws UncheckedIOException if one cannot be read; then none is open
	 */
	JobJars(List<Path> paths) {
		try {
			for (Path path : paths) {
				this.jars.add(Jar.open(path));
			}
		}
		catch (IOException ex) {
			close();
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Finds a class file.
	 * @param name its path in the jar
	 * @return the content; {@code null} if no jar has it, or the jars are closed
	 */
	@Nullable Content find(String name) {
		for (Jar jar : this.jars) {
			try {
				JarEntry entry = jar.file.getJarEntry(name);
				if (entry != null) {
					try (InputStream in = jar.file.getInputStream(entry)) {
						return new Content(in.readAllBytes(), jar.domain);
					}
				}
			}
			catch (IllegalStateException ex) {
				return null;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return null;
	}

	/**
	 * Addresses of an entry in all jars that have it, also of a folder.
	 */
	Stream<URL> resources(String name) {
		return this.jars.stream().filter((jar) -> jar.has(name)).map((jar) -> jar.url(name));
	}

	@Override
	public void close() {
		for (Jar jar : this.jars) {
			try {
				jar.file.close();
			}
			catch (IOException ex) {
				// Only its file was open.
			}
		}
	}

	/**
	 * A class file.
	 */
	static final class Content {

		private final byte[] bytes;

		private final ProtectionDomain domain;

		private Content(byte[] bytes, ProtectionDomain domain) {
			this.bytes = bytes;
			this.domain = domain;
		}

		/**
		 * Its content, which is not changed.
		 */
		byte[] bytes() {
			return this.bytes;
		}

		/**
		 * Names its jar.
		 */
		ProtectionDomain domain() {
			return this.domain;
		}

	}

	/**
	 * An open jar.
	 *
	 * @param file the jar, with the versions of its classes for the running release
	 * @param location its address
	 * @param domain names it
	 */
	private record Jar(JarFile file, URL location, ProtectionDomain domain) {

		static Jar open(Path path) throws IOException {
			URL url = path.toUri().toURL();
			ProtectionDomain domain = new ProtectionDomain(new CodeSource(url, (Certificate[]) null), null);
			return new Jar(new JarFile(new File(path.toString()), false, ZipFile.OPEN_READ, Runtime.version()), url,
					domain);
		}

		boolean has(String name) {
			try {
				return !name.isEmpty() && this.file.getJarEntry(name) != null;
			}
			catch (IllegalStateException ex) {
				return false;
			}
		}

		/** A class of several releases has the address of that for the running one. */
		URL url(String name) {
			try {
				JarEntry entry = this.file.getJarEntry(name);
				String real = (entry != null && entry.getRealName().startsWith(VERSIONS)) ? entry.getRealName() : name;
				return new URL(
						"jar:%s!%s".formatted(this.location, new URI(null, null, "/" + real, null).getRawPath()));
			}
			catch (MalformedURLException | URISyntaxException ex) {
				throw new IllegalArgumentException(name, ex);
			}
		}

	}

}
