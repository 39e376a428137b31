package io.adaptive.gshell.code;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Artifacts in a folder with the layout of a Maven repository. Beside the jar of an
 * artifact that apps may name is {@code ARTIFACT-VERSION.closure}: a line for each jar of
 * its closure, the own one first, with the SHA-256, a blank, and the path from the root
 * of the folder. A file is read again for its checksum when its size or time of change
 * differs from the time before.
 */
public final class ArtifactFolder implements ArtifactSource {

	private static final Pattern LINE = Pattern
		.compile("([0-9a-f]{64}) (([\\w-]+(?:/[\\w-]+)*)/([\\w.-]+)/([\\w.+-]+)/([\\w.+-]+)\\.jar)");

	private static final int BUFFER = 1 << 16;

	private final Path folder;

	private final Map<Path, String> verified = new ConcurrentHashMap<>();

	/**
	 * Makes the source.
	 * @param folder the folder, which need not exist
	 */
	public ArtifactFolder(Path folder) {
		this.folder = folder.toAbsolutePath().normalize();
	}

	@Override
	public List<Artifact> closure(String coordinates) {
		String[] parts = coordinates.split(":", -1);
		Path list = this.folder
			.resolve("%s/%s/%s/%2$s-%3$s.closure".formatted(parts[0].replace('.', '/'), parts[1], parts[2]))
			.normalize();
		if (!list.startsWith(this.folder) || !Files.exists(list)) {
			throw new CodeException(
					"the repository %s of artifacts does not have it; name an artifact of it".formatted(this.folder));
		}
		List<Artifact> artifacts = read(list);
		artifacts.forEach(this::verify);
		return artifacts;
	}

	private List<Artifact> read(Path list) {
		try {
			List<String> lines = Files.readAllLines(list);
			if (lines.isEmpty()) {
				throw new CodeException("%s is empty; install it again".formatted(list));
			}
			return IntStream.range(0, lines.size()).mapToObj((at) -> artifact(list, at + 1, lines.get(at))).toList();
		}
		catch (IOException ex) {
			throw new CodeException("%s cannot be read: %s; install it again".formatted(list, Reasons.of(ex)), ex);
		}
	}

	private Artifact artifact(Path list, int line, String text) {
		Matcher matcher = LINE.matcher(text);
		if (matcher.matches()) {
			String start = matcher.group(4) + "-" + matcher.group(5);
			Path file = this.folder.resolve(matcher.group(2)).normalize();
			if (matcher.group(6).startsWith(start) && file.startsWith(this.folder)) {
				String classifier = matcher.group(6).substring(start.length()).replaceFirst("^-", ":");
				return new Artifact(matcher.group(3).replace('/', '.'), matcher.group(4) + classifier, matcher.group(5),
						file, matcher.group(1));
			}
		}
		throw new CodeException("%s:%s is no checksum with the path of a jar; install it again".formatted(list, line));
	}

	private void verify(Artifact artifact) {
		Path file = artifact.file();
		try {
			String state = "%s %s %s".formatted(artifact.sha256(), Files.size(file), Files.getLastModifiedTime(file));
			if (state.equals(this.verified.get(file))) {
				return;
			}
			String found = checksum(file);
			if (!found.equals(artifact.sha256())) {
				throw new CodeException("%s has the checksum %s, and its list says %s; install it again".formatted(file,
						found, artifact.sha256()));
			}
			this.verified.put(file, state);
		}
		catch (IOException ex) {
			throw new CodeException("%s; install it again".formatted(Reasons.of(ex)), ex);
		}
	}

	private static String checksum(Path file) throws IOException {
		MessageDigest digest = Sha256.digest();
		try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
			byte[] buffer = new byte[BUFFER];
			while (in.read(buffer) >= 0) {
				// The stream adds what is read.
			}
		}
		return HexFormat.of().formatHex(digest.digest());
	}

}
