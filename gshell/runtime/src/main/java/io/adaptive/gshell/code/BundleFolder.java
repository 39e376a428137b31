package io.adaptive.gshell.code;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A bundle in a folder: {@code manifest} with the text whose SHA-256 is the checksum, and
 * its files below {@code files}.
 */
final class BundleFolder {

	private static final int CHECKSUM_LENGTH = 64;

	private static final String DRAFT_SUFFIX = ".draft";

	private static final Duration DRAFT_AGE = Duration.ofHours(1);

	private final Path folder;

	private final Clock clock;

	BundleFolder(Path folder) {
		this(folder, Clock.systemUTC());
	}

	BundleFolder(Path folder, Clock clock) {
		this.folder = folder.toAbsolutePath().normalize();
		this.clock = clock;
	}

	void write(CodeBundle bundle) {
		if (exists()) {
			read(bundle.checksum());
			return;
		}
		try {
			deleteAbandonedDrafts();
			writeBeside(bundle);
		}
		catch (IOException | InvalidPathException ex) {
			if (exists()) {
				// Another process was faster.
				read(bundle.checksum());
				return;
			}
			throw new CodeException(
					"The bundle of %s cannot be written to %s: %s; look at the space and the rights there"
						.formatted(bundle.app(), this.folder, Reasons.of(ex)),
					ex);
		}
	}

	private boolean exists() {
		return Files.exists(this.folder, LinkOption.NOFOLLOW_LINKS);
	}

	private void writeBeside(CodeBundle bundle) throws IOException {
		Path draft = this.folder.resolveSibling(draftPrefix() + UUID.randomUUID() + DRAFT_SUFFIX);
		try {
			writeDraft(bundle, draft);
			Files.move(draft, this.folder, StandardCopyOption.ATOMIC_MOVE);
			DurableFiles.syncFolder(this.folder.resolveSibling("."));
		}
		finally {
			if (Files.exists(draft)) {
				DurableFiles.deleteTree(draft);
			}
		}
	}

	/**
	 * Deletes what processes left that ended while they wrote this bundle.
	 */
	private void deleteAbandonedDrafts() throws IOException {
		Instant abandoned = this.clock.instant().minus(DRAFT_AGE);
		try (DirectoryStream<Path> drafts = Files.newDirectoryStream(this.folder.resolveSibling("."),
				(path) -> path.getFileName().toString().startsWith(draftPrefix())
						&& path.getFileName().toString().endsWith(DRAFT_SUFFIX)
						&& Files.getLastModifiedTime(path).toInstant().isBefore(abandoned))) {
			for (Path draft : drafts) {
				DurableFiles.deleteTree(draft);
			}
		}
	}

	private String draftPrefix() {
		return ".%s.".formatted(this.folder.getFileName());
	}

	private static void writeDraft(CodeBundle bundle, Path draft) throws IOException {
		Path files = Files.createDirectories(draft.resolve("files"));
		Set<Path> folders = new HashSet<>(Set.of(draft, files));
		for (CodeFile file : bundle.files()) {
			Path target = files.resolve(file.name());
			Path parent = target.getParent();
			while (parent != null && folders.add(parent)) {
				Files.createDirectories(parent);
				parent = parent.getParent();
			}
			DurableFiles.write(target, bundle.content(file.name()));
		}
		DurableFiles.write(draft.resolve("manifest"), bundle.manifest().getBytes(StandardCharsets.UTF_8));
		for (Path parent : folders) {
			DurableFiles.syncFolder(parent);
		}
	}

	CodeBundle read(String checksum) {
		try {
			String manifest = Files.readString(this.folder.resolve("manifest"));
			if (!Sha256.of(manifest).equals(checksum)) {
				throw damaged("manifest is not that of the bundle " + checksum);
			}
			// What the checksum covers was made by this class.
			List<String> lines = manifest.lines().toList();
			Map<String, byte[]> contents = new TreeMap<>();
			for (String line : lines.subList(2, lines.size())) {
				String name = line.substring(CHECKSUM_LENGTH + 2);
				contents.put(name, readFile(name, line.substring(0, CHECKSUM_LENGTH)));
			}
			return new CodeBundle(lines.get(1), contents);
		}
		catch (IOException | InvalidPathException ex) {
			throw new CodeException("The bundle in %s cannot be read: %s; run the app from its repository again"
				.formatted(this.folder, Reasons.of(ex)), ex);
		}
	}

	private byte[] readFile(String name, String sha256) throws IOException {
		byte[] content = Files.readAllBytes(this.folder.resolve("files").resolve(name));
		if (!Sha256.of(content).equals(sha256)) {
			throw damaged(name + " has another content");
		}
		return content;
	}

	private CodeException damaged(String problem) {
		return new CodeException("The bundle in %s is damaged: %s; run the app from its repository again"
			.formatted(this.folder, problem));
	}

}
