package io.adaptive.gshell.code;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The files that make an app, known by one checksum of their names and contents. What
 * runs is always a bundle, so that a change of the repository changes no job. Immutable;
 * two bundles of one checksum are equal.
 * <p>
 * The checksum is the SHA-256 of this text in UTF-8, each line ended by a line feed:
 * <pre>
 * adaptive-bundle 1
 * PATH OF THE APP
 * SHA-256 OF A FILE, TWO SPACES, NAME OF THE FILE
 * ...
 * </pre> The files are sorted by the bytes of their names. Their lines are those of
 * {@code sha256sum}.
 */
public final class CodeBundle {

	/** Order of the bytes in UTF-8, which is that of {@code LC_ALL=C sort}. */
	static final Comparator<String> BY_BYTES = (one, other) -> Arrays
		.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

	static final String FORMAT = "adaptive-bundle 1";

	private final String app;

	private final SortedMap<String, byte[]> contents;

	private final List<CodeFile> files;

	private final String manifest;

	private final String checksum;

	/**
	 * Makes a bundle of files, which are not to be changed any more.
	 */
	CodeBundle(String app, Map<String, byte[]> contents) {
		this.app = app;
		SortedMap<String, byte[]> sorted = new TreeMap<>(BY_BYTES);
		sorted.putAll(contents);
		this.contents = Collections.unmodifiableSortedMap(sorted);
		this.files = sorted.entrySet()
			.stream()
			.map((entry) -> new CodeFile(entry.getKey(), entry.getValue().length, Sha256.of(entry.getValue())))
			.toList();
		this.manifest = manifest(app, this.files);
		this.checksum = Sha256.of(this.manifest);
	}

	private static String manifest(String app, List<CodeFile> files) {
		StringBuilder text = new StringBuilder(FORMAT).append('\n').append(app).append('\n');
		files.forEach((file) -> text.append(file.sha256()).append("  ").append(file.name()).append('\n'));
		return text.toString();
	}

	/**
	 * Makes a bundle of files that were sent.
	 * @param app path of the app's file or folder from the root of its repository, with
	 * slashes
	 * @param contents names of all files, from the root, and their contents, which are
	 * not changed any more
	 * @return the bundle
	 * @throws CodeException if a name leads out of the repository, or there are too many
	 * files or bytes
	 */
	public static CodeBundle of(String app, Map<String, byte[]> contents) {
		requireInside(app);
		contents.keySet().forEach(CodeBundle::requireInside);
		long bytes = contents.values().stream().mapToLong((content) -> content.length).sum();
		if (contents.size() > BundleLimits.DEFAULT.entries() || bytes > BundleLimits.DEFAULT.bytes()) {
			throw new CodeException("%s has %s files and %s bytes, more than %s files or %s bytes; make the app smaller"
				.formatted(app, contents.size(), bytes, BundleLimits.DEFAULT.entries(), BundleLimits.DEFAULT.bytes()));
		}
		return new CodeBundle(app, contents);
	}

	private static void requireInside(String name) {
		boolean inside = !name.isEmpty() && Arrays.stream(name.split("/", -1))
			.noneMatch((part) -> part.isEmpty() || part.startsWith(".") || part.indexOf('\\') >= 0
					|| part.chars().anyMatch(Character::isISOControl));
		if (!inside) {
			throw new CodeException("\"%s\" is no path in a repository; name a file below its root".formatted(name));
		}
	}

	/**
	 * Reads a bundle that {@link #write} has written, and checks all of it.
	 * @param folder the folder of the bundle
	 * @param checksum the checksum that the bundle must have
	 * @return the bundle
	 * @throws CodeException if the folder cannot be read, or holds another or a damaged
	 * bundle
	 */
	public static CodeBundle read(Path folder, String checksum) {
		return new BundleFolder(folder).read(checksum);
	}

	/**
	 * Writes the bundle to a folder of its own. It is there as a whole, synchronized with
	 * the disk, or not at all. A folder that holds this bundle already is left as it is.
	 * @param folder the folder, which is made; its parent exists
	 * @throws CodeException if it cannot be written, or something else is there
	 */
	public void write(Path folder) {
		new BundleFolder(folder).write(this);
	}

	/**
	 * Returns what was asked for.
	 * @return path of the app's file or folder from the root of the repository, with
	 * slashes
	 */
	public String app() {
		return this.app;
	}

	/**
	 * Returns the name of the app's jobs.
	 * @return name of the app's file or folder, without the suffix {@code .java}
	 */
	public String name() {
		String last = this.app.substring(this.app.lastIndexOf('/') + 1);
		return last.endsWith(".java") ? last.substring(0, last.length() - ".java".length()) : last;
	}

	/**
	 * Returns the checksum of the bundle.
	 * @return 64 hexadecimal digits in lower case
	 */
	public String checksum() {
		return this.checksum;
	}

	/**
	 * Returns the files of the bundle.
	 * @return the files, sorted by the bytes of their names
	 */
	public List<CodeFile> files() {
		return this.files;
	}

	/**
	 * Returns the content of a file.
	 * @param name the name of one of {@link #files}
	 * @return a copy of its content
	 * @throws IllegalArgumentException if the bundle has no such file
	 */
	public byte[] content(String name) {
		byte[] content = this.contents.get(name);
		if (content == null) {
			throw new IllegalArgumentException("The bundle of %s has no file %s".formatted(this.app, name));
		}
		return content.clone();
	}

	String text(String name) {
		return new String(content(name), StandardCharsets.UTF_8);
	}

	String manifest() {
		return this.manifest;
	}

	/**
	 * Returns whether a file belongs to the app itself. The others are there because
	 * {@code //SOURCES} names them.
	 */
	boolean isOwn(String file) {
		return file.equals(this.app) || file.startsWith(this.app + "/");
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof CodeBundle bundle && bundle.checksum.equals(this.checksum);
	}

	@Override
	public int hashCode() {
		return this.checksum.hashCode();
	}

	@Override
	public String toString() {
		return "%s (%s files, SHA-256 %s)".formatted(this.app, this.files.size(), this.checksum);
	}

}
