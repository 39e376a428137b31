package io.adaptive.topidchart.series;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Columns of integers as bytes. A regular column is the changes of its changes, which are
 * zero for steady steps; the others are the changes from one value to the next. A column
 * is a sequence of runs, each a change and how often it occurs, as integers of seven bits
 * a byte. All columns together are compressed by Deflate (RFC 1951), unless that makes
 * them longer.
 */
final class ColumnBlock {

	private static final byte PLAIN = 0;

	private static final byte DEFLATED = 1;

	/** The longest run: ten bytes for a change and one for its count. */
	private static final int MAX_RUN = 11;

	private static final int HEADING = 16;

	private ColumnBlock() {
	}

	/**
	 * Encodes columns.
	 * @param columns columns of one length; overwritten
	 * @param regular how many of them, the first ones, are regular
	 */
	static byte[] encode(long[][] columns, int regular) {
		VarInts.Writer writer = new VarInts.Writer();
		writer.unsigned(columns[0].length);
		for (int column = 0; column < columns.length; column++) {
			changes(columns[column]);
			if (column < regular) {
				changes(columns[column]);
			}
			writeRuns(columns[column], writer);
		}
		return compressed(writer.bytes());
	}

	/**
	 * Decodes columns.
	 * @param block what {@link #encode} has made
	 * @param count how many columns there are
	 * @param regular how many of them are regular
	 * @param maxLength the longest column that is accepted
	 * @throws IllegalArgumentException if it is no block of such columns
	 */
	static long[][] decode(byte[] block, int count, int regular, int maxLength) {
		VarInts.Reader reader = new VarInts.Reader(uncompressed(block, count * maxLength * MAX_RUN + HEADING));
		long length = reader.unsigned();
		if (length < 1 || length > maxLength) {
			throw new IllegalArgumentException("A block of %s values".formatted(length));
		}
		long[][] columns = new long[count][];
		for (int column = 0; column < count; column++) {
			columns[column] = readRuns((int) length, reader);
			sums(columns[column]);
			if (column < regular) {
				sums(columns[column]);
			}
		}
		return columns;
	}

	private static void changes(long[] values) {
		for (int i = values.length - 1; i > 0; i--) {
			values[i] -= values[i - 1];
		}
	}

	private static void sums(long[] values) {
		for (int i = 1; i < values.length; i++) {
			values[i] += values[i - 1];
		}
	}

	private static void writeRuns(long[] values, VarInts.Writer writer) {
		int start = 0;
		while (start < values.length) {
			int end = start + 1;
			while (end < values.length && values[end] == values[start]) {
				end++;
			}
			writer.signed(values[start]);
			writer.unsigned(end - start);
			start = end;
		}
	}

	private static long[] readRuns(int count, VarInts.Reader reader) {
		long[] values = new long[count];
		int next = 0;
		while (next < count) {
			long value = reader.signed();
			long times = reader.unsigned();
			if (times < 1 || times > count - next) {
				throw new IllegalArgumentException("A run of %s where %s are missing".formatted(times, count - next));
			}
			for (long i = 0; i < times; i++) {
				values[next++] = value;
			}
		}
		return values;
	}

	private static byte[] compressed(byte[] plain) {
		Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
		try {
			deflater.setInput(plain);
			deflater.finish();
			byte[] block = new byte[plain.length + 1];
			int length = deflater.deflate(block, 1, plain.length);
			if (!deflater.finished()) {
				block[0] = PLAIN;
				System.arraycopy(plain, 0, block, 1, plain.length);
				return block;
			}
			block[0] = DEFLATED;
			return Arrays.copyOf(block, length + 1);
		}
		finally {
			deflater.end();
		}
	}

	private static byte[] uncompressed(byte[] block, int maxBytes) {
		if (block.length == 0 || block[0] > DEFLATED || block[0] < PLAIN) {
			throw new IllegalArgumentException("A block of an unknown kind");
		}
		if (block[0] == PLAIN) {
			return Arrays.copyOfRange(block, 1, block.length);
		}
		Inflater inflater = new Inflater(true);
		try {
			inflater.setInput(block, 1, block.length - 1);
			ByteArrayOutputStream plain = new ByteArrayOutputStream();
			byte[] buffer = new byte[4096];
			while (!inflater.finished()) {
				int count = inflater.inflate(buffer);
				if ((count == 0 && !inflater.finished()) || plain.size() > maxBytes) {
					throw new IllegalArgumentException("A block that is cut off or too long");
				}
				plain.write(buffer, 0, count);
			}
			return plain.toByteArray();
		}
		catch (DataFormatException ex) {
			throw new IllegalArgumentException("A block that is damaged", ex);
		}
		finally {
			inflater.end();
		}
	}

}
