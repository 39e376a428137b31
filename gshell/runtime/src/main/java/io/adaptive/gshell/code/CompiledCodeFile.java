package io.adaptive.gshell.code;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The format of a cached entry: format, key, code, SHA-256 of all before. Numbers have
 * four bytes, the first the highest; texts are in UTF-8 after their length.
 */
final class CompiledCodeFile {

	private static final String FORMAT = "adaptive-code 1";

	private static final int CHECKSUM_LENGTH = 32;

	private CompiledCodeFile() {
	}

	static byte[] encode(String key, CompiledCode code) {
		try {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			DataOutputStream output = new DataOutputStream(bytes);
			write(output, FORMAT);
			write(output, key);
			write(output, code.mainClass());
			write(output, code.classes());
			write(output, code.resources());
			write(output, code.unguarded());
			write(output, code.warnings());
			output.write(Sha256.digest().digest(bytes.toByteArray()));
			return bytes.toByteArray();
		}
		catch (IOException ex) {
			throw new IllegalStateException("Memory cannot fail to be written", ex);
		}
	}

	/**
	 * Returns the code.
	 * @throws IOException if the entry is damaged, of another format, or of another key
	 */
	static CompiledCode decode(String key, byte[] file) throws IOException {
		int length = file.length - CHECKSUM_LENGTH;
		if (length < 0 || !MessageDigest.isEqual(Sha256.digest().digest(Arrays.copyOf(file, length)),
				Arrays.copyOfRange(file, length, file.length))) {
			throw new IOException("its checksum is wrong");
		}
		DataInputStream input = new DataInputStream(new ByteArrayInputStream(file, 0, length));
		if (!readText(input).equals(FORMAT)) {
			throw new IOException("its format is another");
		}
		if (!readText(input).equals(key)) {
			throw new IOException("its key is another");
		}
		return new CompiledCode(readText(input), readMap(input), readMap(input), Set.copyOf(readTexts(input)),
				readTexts(input));
	}

	private static void write(DataOutputStream output, byte[] content) throws IOException {
		output.writeInt(content.length);
		output.write(content);
	}

	private static void write(DataOutputStream output, String text) throws IOException {
		write(output, text.getBytes(StandardCharsets.UTF_8));
	}

	private static void write(DataOutputStream output, Map<String, byte[]> contents) throws IOException {
		output.writeInt(contents.size());
		for (Map.Entry<String, byte[]> entry : contents.entrySet()) {
			write(output, entry.getKey());
			write(output, entry.getValue());
		}
	}

	private static void write(DataOutputStream output, Collection<String> texts) throws IOException {
		output.writeInt(texts.size());
		for (String text : texts) {
			write(output, text);
		}
	}

	private static byte[] readBytes(DataInputStream input) throws IOException {
		return input.readNBytes(input.readInt());
	}

	private static String readText(DataInputStream input) throws IOException {
		return new String(readBytes(input), StandardCharsets.UTF_8);
	}

	private static Map<String, byte[]> readMap(DataInputStream input) throws IOException {
		Map<String, byte[]> contents = new TreeMap<>();
		for (int left = input.readInt(); left > 0; left--) {
			String name = readText(input);
			contents.put(name, readBytes(input));
		}
		return contents;
	}

	private static List<String> readTexts(DataInputStream input) throws IOException {
		List<String> texts = new ArrayList<>();
		for (int left = input.readInt(); left > 0; left--) {
			texts.add(readText(input));
		}
		return texts;
	}

}
