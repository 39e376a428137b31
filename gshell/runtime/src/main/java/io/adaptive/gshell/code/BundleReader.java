package io.adaptive.gshell.code;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.adaptive.gshell.code.SourceHeader.SourceReference;

/**
 * Collects the files of one app.
 */
final class BundleReader {

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private final RepositoryRoot root;

	private final String app;

	private final BundleLimits limits;

	private final Map<String, byte[]> contents = new HashMap<>();

	private final Deque<String> unreadHeaders = new ArrayDeque<>();

	private final Set<Path> openFolders = new HashSet<>();

	private int entries;

	private long bytes;

	BundleReader(RepositoryRoot root, String app, BundleLimits limits) {
		this.root = root;
		this.app = app;
		this.limits = limits;
	}

	CodeBundle read() {
		Path path = this.root.locate(this.app);
		if (Files.isDirectory(path)) {
			addFolder(this.app, path);
			if (this.unreadHeaders.isEmpty()) {
				throw new CodeException(
						"The folder %s of the repository %s has no file with the suffix .java; name an app"
							.formatted(this.app, this.root));
			}
		}
		else if (this.app.endsWith(".java")) {
			addFile(this.app, path);
		}
		else {
			throw new CodeException(
					"%s in the repository %s is no file with the suffix .java; name one, or the app's folder"
						.formatted(this.app, this.root));
		}
		for (String source = this.unreadHeaders.poll(); source != null; source = this.unreadHeaders.poll()) {
			addSourcesOf(source);
		}
		return new CodeBundle(this.app, this.contents);
	}

	private void addFolder(String name, Path path) {
		countEntry();
		if (!this.openFolders.add(path)) {
			throw new CodeException("%s in the repository %s is a symbolic link to a folder around it; remove the link"
				.formatted(name, this.root));
		}
		for (String entry : entries(name, path)) {
			String entryName = name + "/" + entry;
			this.root.checkName(entryName);
			Path entryPath = this.root.locate(entryName);
			if (Files.isDirectory(entryPath)) {
				addFolder(entryName, entryPath);
			}
			else {
				addFile(entryName, entryPath);
			}
		}
		this.openFolders.remove(path);
	}

	private List<String> entries(String name, Path path) {
		try (Stream<Path> entries = Files.list(path)) {
			return entries.map((entry) -> entry.getFileName().toString())
				.filter((entry) -> !entry.startsWith("."))
				.limit(this.limits.entries() + 1L)
				.sorted(CodeBundle.BY_BYTES)
				.toList();
		}
		catch (IOException ex) {
			throw this.root.unreadable(name, ex);
		}
	}

	private void countEntry() {
		if (this.entries++ == this.limits.entries()) {
			throw new CodeException(
					"The app %s of the repository %s has more than %s files and folders; take out what it does not need"
						.formatted(this.app, this.root, this.limits.entries()));
		}
	}

	private void addFile(String name, Path path) {
		if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
			throw new CodeException(
					"%s in the repository %s is neither a file nor a folder; remove it".formatted(name, this.root));
		}
		countEntry();
		byte[] content = content(name, path);
		this.contents.put(name, content);
		if (name.endsWith(".java")) {
			checkText(name, content);
			this.unreadHeaders.add(name);
		}
	}

	/**
	 * Reads one byte more than there may be, whatever the size was a moment ago.
	 */
	private byte[] content(String name, Path path) {
		long left = this.limits.bytes() - this.bytes;
		try (InputStream stream = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
			byte[] content = stream.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE));
			if (content.length > left) {
				throw new CodeException(
						"The app %s of the repository %s has more than %s bytes (the rest begins in %s); take out what it does not need"
							.formatted(this.app, this.root, this.limits.bytes(), name));
			}
			this.bytes += content.length;
			return content;
		}
		catch (IOException ex) {
			throw this.root.unreadable(name, ex);
		}
	}

	private void checkText(String name, byte[] content) {
		try {
			CharSequence text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
			if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
				throw new CodeException(
						"%s in the repository %s begins with a byte order mark, which compilers do not take; save it without"
							.formatted(name, this.root));
			}
		}
		catch (CharacterCodingException ex) {
			throw new CodeException(
					"%s in the repository %s is not text in UTF-8; save it in this encoding".formatted(name, this.root),
					ex);
		}
	}

	private void addSourcesOf(String file) {
		String text = new String(this.contents.getOrDefault(file, new byte[0]), StandardCharsets.UTF_8);
		for (SourceReference source : SourceHeader.parse(file, text).sources()) {
			try {
				addSource(this.root.nameOf(source.path(), file));
			}
			catch (CodeException ex) {
				throw new CodeException(
						"%s:%s: //SOURCES %s: %s".formatted(file, source.line(), source.path(), ex.getMessage()), ex);
			}
		}
	}

	private void addSource(String name) {
		if (this.contents.containsKey(name)) {
			return;
		}
		Path path = this.root.locate(name);
		if (Files.isDirectory(path)) {
			throw new CodeException("/%s in the repository %s is a folder; name its files".formatted(name, this.root));
		}
		addFile(name, path);
	}

}
