package io.adaptive.topidchart.series;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Points of one process as bytes. Each of the five parts of a point is a column. Numbers
 * and times are the changes of their changes, which are zero for regular samples, the
 * others the changes from one to the next. A column is a sequence of runs, each a change
 * and how often it occurs, as integers of seven bits a byte. All columns together are
 * compressed by Deflate (RFC 1951), unless that makes them longer.
 */
public final class PointBlock {

	/** A block has no more points. */
	public static final int MAX_POINTS = 1000;

	/** Five columns of runs of length one, ten bytes for a change. */
	private static final int MAX_BYTES = 5 * MAX_POINTS * 11 + 16;

	private static final byte PLAIN = 0;

	private static final byte DEFLATED = 1;

	private static final List<ToLongFunction<Point>> COLUMNS = List.of(Point::number, Point::millis, Point::user,
			Point::system, Point::memory);

	/** So many columns, the first ones, change regularly. */
	private static final int REGULAR = 2;

	private PointBlock() {
	}

	/**
	 * Encodes points.
	 * @param points at least one, at most {@link #MAX_POINTS}
	 * @return the bytes
	 * @throws IllegalArgumentException if there are none or too many
	 */
	public static byte[] encode(List<Point> points) {
		if (points.isEmpty() || points.size() > MAX_POINTS) {
			throw new IllegalArgumentException(
					"A block has 1 to %s points, not %s".formatted(MAX_POINTS, points.size()));
		}
		VarInts.Writer writer = new VarInts.Writer();
		writer.unsigned(points.size());
		for (int column = 0; column < COLUMNS.size(); column++) {
			long[] values = points.stream().mapToLong(COLUMNS.get(column)).toArray();
			changes(values);
			if (column < REGULAR) {
				changes(values);
			}
			writeRuns(values, writer);
		}
		return compressed(writer.bytes());
	}

	/**
	 * Decodes points.
	 * @param block what {@link #encode} has made
	 * @return the points
	 * @throws IllegalArgumentException if it is no block
	 */
	public static List<Point> decode(byte[] block) {
		VarInts.Reader reader = new VarInts.Reader(uncompressed(block));
		long count = reader.unsigned();
		if (count < 1 || count > MAX_POINTS) {
			throw new IllegalArgumentException("A block of %s points".formatted(count));
		}
		long[][] columns = new long[COLUMNS.size()][];
		for (int column = 0; column < columns.length; column++) {
			columns[column] = readRuns((int) count, reader);
			sums(columns[column]);
			if (column < REGULAR) {
				sums(columns[column]);
			}
		}
		List<Point> points = new ArrayList<>((int) count);
		for (int i = 0; i < count; i++) {
			points.add(new Point(columns[0][i], columns[1][i], columns[2][i], columns[3][i], columns[4][i]));
		}
		return points;
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

	private static byte[] uncompressed(byte[] block) {
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
				if ((count == 0 && !inflater.finished()) || plain.size() > MAX_BYTES) {
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
