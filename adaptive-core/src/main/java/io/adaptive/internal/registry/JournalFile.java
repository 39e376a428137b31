package io.adaptive.internal.registry;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/**
 * File format of a journal: a header line, then records. A record consists of the length
 * of its entry, a checksum over length and entry, and the entry.
 */
final class JournalFile {

	static final byte[] HEADER = "adaptive registry journal 1\n".getBytes(StandardCharsets.US_ASCII);

	/** Maximum length of an entry in bytes; a record with a longer one is damaged. */
	static final int MAX_ENTRY = 16 * 1024 * 1024;

	private static final int PREFIX = 8;

	private JournalFile() {
	}

	static byte[] records(Collection<? extends JournalEntry> entries) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		try {
			for (JournalEntry entry : entries) {
				byte[] encoded = entry.encode();
				out.writeInt(encoded.length);
				out.writeInt(checksum(encoded, 0, encoded.length));
				out.write(encoded);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private static int checksum(byte[] bytes, int offset, int length) {
		CRC32C crc = new CRC32C();
		crc.update(length >>> 24);
		crc.update(length >>> 16);
		crc.update(length >>> 8);
		crc.update(length);
		crc.update(bytes, offset, length);
		return (int) crc.getValue();
	}

	/**
	 * Reads all complete records. A record that is cut off at the end of the file is no
	 * damage: a program that is killed while it writes leaves one. Anything else that is
	 * no record is damage, and reading continues at the next complete record.
	 */
	static Content read(byte[] bytes) {
		if (bytes.length < HEADER.length) {
			boolean begun = Arrays.equals(bytes, Arrays.copyOf(HEADER, bytes.length));
			return new Content(List.of(), 0, begun ? null : "it does not begin like a journal");
		}
		String damage = null;
		int offset = HEADER.length;
		if (!Arrays.equals(HEADER, Arrays.copyOf(bytes, HEADER.length))) {
			damage = "it does not begin like a journal";
			offset = 0;
		}
		List<JournalEntry> entries = new ArrayList<>();
		while (offset < bytes.length) {
			JournalEntry entry = entryAt(bytes, offset);
			if (entry != null) {
				entries.add(entry);
				offset += PREFIX + ByteBuffer.wrap(bytes).getInt(offset);
				continue;
			}
			int next = nextRecord(bytes, offset + 1);
			if (next < 0) {
				break;
			}
			damage = (damage != null) ? damage : "bytes %s to %s are no record".formatted(offset, next);
			offset = next;
		}
		return new Content(entries, offset, damage);
	}

	private static @Nullable JournalEntry entryAt(byte[] bytes, int offset) {
		ByteBuffer in = ByteBuffer.wrap(bytes);
		if (in.limit() - offset < PREFIX) {
			return null;
		}
		int length = in.getInt(offset);
		if (length <= 0 || length > MAX_ENTRY || length > in.limit() - offset - PREFIX
				|| checksum(bytes, offset + PREFIX, length) != in.getInt(offset + 4)) {
			return null;
		}
		try {
			return JournalEntry.decode(Arrays.copyOfRange(bytes, offset + PREFIX, offset + PREFIX + length));
		}
		catch (IOException ex) {
			// Entry of a newer version, or a checksum that matches by chance.
			return null;
		}
	}

	private static int nextRecord(byte[] bytes, int offset) {
		for (int candidate = offset; candidate < bytes.length - PREFIX; candidate++) {
			byte kind = bytes[candidate + PREFIX];
			if (kind > 0 && kind <= JournalEntry.KINDS && entryAt(bytes, candidate) != null) {
				return candidate;
			}
		}
		return -1;
	}

	/**
	 * Content of a journal.
	 *
	 * @param entries the entries, oldest first
	 * @param length the length of the readable part in bytes
	 * @param damage a description of the damage in the readable part, {@code null} if
	 * there is none
	 */
	record Content(List<JournalEntry> entries, int length, @Nullable String damage) {
	}

}
