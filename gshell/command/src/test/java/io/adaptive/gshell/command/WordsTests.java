package io.adaptive.gshell.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WordsTests {

	@Test
	void durationsHaveTheirTwoLargestUnits() {
		assertThat(Words.duration(Duration.ofSeconds(-1))).isEqualTo("0s");
		assertThat(Words.duration(Duration.ofMillis(59_999))).isEqualTo("59s");
		assertThat(Words.duration(Duration.ofSeconds(192))).isEqualTo("3m12s");
		assertThat(Words.duration(Duration.ofMinutes(307))).isEqualTo("5h7m");
		assertThat(Words.duration(Duration.ofHours(52))).isEqualTo("2d4h");
	}

	@Test
	void sizesHaveTheirLargestUnit() {
		assertThat(Words.size(1023)).isEqualTo("1023 B");
		assertThat(Words.size(12 << 20)).isEqualTo("12 MB");
		assertThat(Words.size(3L << 30)).isEqualTo("3 GB");
	}

	@Test
	void sizesAreTakenWithTheirUnit() {
		assertThat(new MemorySize().convert("512m")).isEqualTo(512L << 20);
		assertThat(new MemorySize().convert("1GB")).isEqualTo(1L << 30);
		assertThatExceptionOfType(picocli.CommandLine.TypeConversionException.class)
			.isThrownBy(() -> new MemorySize().convert("512"));
	}

	@Test
	void longValuesAreCutOnATerminal() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		Table table = new Table(8, "NAME", "X");
		table.add("123456789", "");
		table.add("12345678", "y");
		table.print(new PrintStream(out, true, StandardCharsets.UTF_8));
		assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("NAME      X\n123456..\n12345678  y\n");
	}

}
