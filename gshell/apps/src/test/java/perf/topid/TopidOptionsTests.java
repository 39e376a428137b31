package perf.topid;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TopidOptions}.
 */
class TopidOptionsTests {

	private static TopidOptions parse(String line) throws UsageException {
		return TopidOptions.parse(line.isEmpty() ? new String[0] : line.split(" "));
	}

	@Test
	void defaults() throws UsageException {
		TopidOptions options = parse("");
		assertThat(options.all()).isTrue();
		assertThat(options.interval()).isEqualTo(Duration.ofSeconds(1));
		assertThat(options.count()).isEqualTo(3600);
		assertThat(options.top()).isZero();
		assertThat(options.child() || options.thread() || options.tree() || options.verbose() || options.json()
				|| options.help() || options.detailedCpu() || options.megabytes() || options.proportionalMemory())
			.isFalse();
	}

	@Test
	void everyOption() throws UsageException {
		TopidOptions options = parse("-p 1 -child -thread -v -i 5 -c -1 -detailcpu -MB -pss -top 3 -json");
		assertThat(options).isEqualTo(new TopidOptions(List.of(1), List.of(), true, true, false, true,
				Duration.ofSeconds(5), -1, true, true, true, 3, true, false));
		assertThat(parse("--p=7 --i=2").pids()).containsExactly(7);
		assertThat(parse("-help").help()).isTrue();
		assertThat(TopidOptions.USAGE).contains("-p ", "-name ", "-child ", "-thread ", "-tree ", "-v ", "-top ", "-i ",
				"-c ", "-detailcpu ", "-MB ", "-pss ", "-json ");
	}

	@Test
	void aTreeHasChildrenAndCommandLines() throws UsageException {
		assertThat(parse("-tree")).satisfies((options) -> {
			assertThat(options.tree()).isTrue();
			assertThat(options.child()).isTrue();
			assertThat(options.verbose()).isTrue();
		});
	}

	@Test
	void withSeveralProcessesTreeAndChildAreOff() throws UsageException {
		assertThat(parse("-p 1 -p 2 -tree -child")).satisfies((options) -> {
			assertThat(options.pids()).containsExactly(1, 2);
			assertThat(options.tree()).isFalse();
			assertThat(options.child()).isFalse();
		});
	}

	@Test
	void aNegativeProcessMeansAll() throws UsageException {
		assertThat(parse("-p 1 -p -5 -p 3").all()).isTrue();
		assertThat(parse("-p -1").all()).isTrue();
	}

	@Test
	void namesArePatterns() throws UsageException {
		TopidOptions options = parse("-name ja?a -name *[x]/y*");
		assertThat(options.all()).isFalse();
		assertThat(options.isNamed("java", "")).isTrue();
		assertThat(options.isNamed("javaw", "")).isFalse();
		assertThat(options.isNamed("other", "/bin/[x]/y\nz")).isTrue();
		assertThat(options.isNamed("other", "x/y")).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			-nope | unknown option -nope
			now | now is no option
			- | - is no option
			-p | -p needs a value
			-p one | -p one is no whole number
			-p 99999999999 | -p 99999999999 is no whole number
			-i 0 | -i 0 is not between 1 and 1000000
			-i -1 | -i -1 is not between 1 and 1000000
			-i 1.5 | -i 1.5 is no whole number
			-c | -c needs a value
			-c x | -c x is no whole number
			-top 0 | -top 0 is not between 1
			-v=true | -v takes no value
			-p 1 -name x | give one of them
			-tree -top 3 | give one of them
			-tree -json | give one of them
			-chart | unknown option -chart
			""")
	void whatIsWrongIsSaid(String line, String message) {
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> parse(line))
			.withMessageContaining(message)
			.withMessageEndingWith("topid -help shows the options");
	}

}
