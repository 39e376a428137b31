package io.adaptive.topidchart.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.zip.Deflater;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PointBlock}.
 */
class PointBlockTests {

	private static final long START = 1_796_000_000_000L;

	private static Point idle(long number) {
		return new Point(number, START + 1000 * number, 0, 0, 123_456);
	}

	@Test
	void twoIdleMinutesAreShort() {
		List<Point> points = LongStream.rangeClosed(86_281, 86_400).mapToObj(PointBlockTests::idle).toList();
		byte[] block = PointBlock.encode(points);
		assertThat(PointBlock.decode(block)).isEqualTo(points);
		assertThat(block.length).isLessThan(40);
	}

	@Test
	void twoBusyMinutes() {
		Random random = new Random(1);
		List<Point> points = LongStream.rangeClosed(1, 120)
			.mapToObj((number) -> new Point(number, START + 1000 * number + random.nextInt(7), random.nextInt(10_000),
					random.nextInt(500), 200_000 + random.nextInt(4000)))
			.toList();
		byte[] block = PointBlock.encode(points);
		assertThat(PointBlock.decode(block)).isEqualTo(points);
		assertThat(block.length).isLessThan(1000);
	}

	@RepeatedTest(200)
	void whatIsEncodedIsDecoded(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		List<Point> points = new ArrayList<>();
		int count = 1 + random.nextInt(random.nextBoolean() ? 3 : PointBlock.MAX_POINTS);
		while (points.size() < count) {
			points.add(random.nextBoolean() && !points.isEmpty() ? points.get(points.size() - 1)
					: new Point(any(random), any(random), any(random), any(random), any(random)));
		}
		assertThat(PointBlock.decode(PointBlock.encode(points))).isEqualTo(points);
	}

	private static long any(Random random) {
		return random.nextLong() >> random.nextInt(64);
	}

	@Test
	void theExtremesOfNumbers() {
		List<Point> points = List.of(
				new Point(Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE),
				new Point(Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, -1));
		assertThat(PointBlock.decode(PointBlock.encode(points))).isEqualTo(points);
	}

	@Test
	void noneAndTooManyAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> PointBlock.encode(List.of()));
		List<Point> many = LongStream.rangeClosed(1, PointBlock.MAX_POINTS + 1)
			.mapToObj(PointBlockTests::idle)
			.toList();
		assertThatIllegalArgumentException().isThrownBy(() -> PointBlock.encode(many));
	}

	@RepeatedTest(200)
	void damagedBytesAreRefusedOrOtherPoints(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		byte[] block = PointBlock.encode(LongStream.rangeClosed(1, 50)
			.mapToObj((number) -> new Point(number, START + number, random.nextInt(100), 0, random.nextInt()))
			.toList());
		byte[] damaged = random.nextBoolean() ? Arrays.copyOf(block, random.nextInt(block.length)) : block.clone();
		if (damaged.length > 0) {
			damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
		}
		try {
			assertThat(PointBlock.decode(damaged)).hasSizeBetween(1, PointBlock.MAX_POINTS);
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex).hasMessageNotContaining("null");
		}
	}

	@Test
	void aBlockOfAnotherKindAndALongOneAreRefused() {
		for (byte[] block : List.of(new byte[0], new byte[] { 2, 1 }, new byte[] { -1 }, new byte[] { 0 },
				new byte[] { 0, 0 }, new byte[] { 1 }, new byte[] { 0, 1, 0, 5 })) {
			assertThatIllegalArgumentException().as(Arrays.toString(block)).isThrownBy(() -> PointBlock.decode(block));
		}
		// Compressed zeros: a few bytes that would become megabytes.
		Deflater deflater = new Deflater(9, true);
		deflater.setInput(new byte[10_000_000]);
		deflater.finish();
		byte[] bomb = new byte[20_000];
		int length = deflater.deflate(bomb, 1, bomb.length - 1);
		deflater.end();
		bomb[0] = 1;
		assertThatIllegalArgumentException().isThrownBy(() -> PointBlock.decode(Arrays.copyOf(bomb, length + 1)))
			.withMessageContaining("too long");
	}

}
