package io.adaptive.topidchart.series;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Points of one process as bytes. Each of the five parts of a point is a column of a
 * {@link ColumnBlock}.
 */
public final class PointBlock {

	/** A block has no more points. */
	public static final int MAX_POINTS = 1000;

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
		long[][] columns = COLUMNS.stream()
			.map((column) -> points.stream().mapToLong(column).toArray())
			.toArray(long[][]::new);
		return ColumnBlock.encode(columns, REGULAR);
	}

	/**
	 * Decodes points.
	 * @param block what {@link #encode} has made
	 * @return the points
	 * @throws IllegalArgumentException if it is no block
	 */
	public static List<Point> decode(byte[] block) {
		long[][] columns = ColumnBlock.decode(block, COLUMNS.size(), REGULAR, MAX_POINTS);
		List<Point> points = new ArrayList<>(columns[0].length);
		for (int i = 0; i < columns[0].length; i++) {
			points.add(new Point(columns[0][i], columns[1][i], columns[2][i], columns[3][i], columns[4][i]));
		}
		return points;
	}

}
