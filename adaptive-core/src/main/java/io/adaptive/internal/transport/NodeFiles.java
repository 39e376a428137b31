package io.adaptive.internal.transport;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The names of the files in a socket directory.
 */
final class NodeFiles {

	static final String LOCK = ".lock";

	static final String SOCKET = ".sock";

	static final String CLAIM = ".claim";

	/** The provider id of a node. */
	static final String IDENTITY = ".id";

	/** Settings that a node shares with other processes of the user. */
	static final String TOLD = ".told";

	private NodeFiles() {
	}

	/**
	 * Returns the node that a file belongs to. Files of a node are {@code NODE.suffix} or
	 * {@code SERVICE.NODE}; only a node's name contains a dash.
	 */
	static String nodeOf(Path file) {
		String fileName = file.getFileName().toString();
		int dot = fileName.indexOf('.');
		return (dot < 0 || fileName.indexOf('-') < dot) ? fileName.substring(0, Math.max(dot, 0)) : suffix(file);
	}

	/**
	 * Returns the part after the last dot.
	 */
	static String suffix(Path file) {
		String fileName = file.getFileName().toString();
		return fileName.substring(fileName.lastIndexOf('.') + 1);
	}

	/**
	 * Returns a hash of a fixed length, for file names.
	 */
	static String hash(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest, 0, 8);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

}
