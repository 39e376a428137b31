package perf.topid;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import perf.topid.TopidOptions.Chart;
import perf.topid.TopidOptions.Choice;
import perf.topid.TopidOptions.Display;
import perf.topid.sample.ProcessUsage;

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
		assertThat(parse("")).isEqualTo(new TopidOptions(new Choice(List.of(), List.of(), false, 0),
				new Display(false, false, false, false, false, false, false), Duration.ofSeconds(1), 3600,
				Optional.empty(), false));
	}

	@Test
	void everyOption() throws UsageException {
		assertThat(parse(
				"-p 1 -child -thread -v -i 5 -c -1 -detailcpu -MB -pss -top 3 -json -chart -tag T -sys -snapshot"))
			.isEqualTo(new TopidOptions(new Choice(List.of(1), List.of(), true, 3),
					new Display(true, false, true, true, true, true, true), Duration.ofSeconds(5), -1,
					Optional.of(new Chart("T", true, true, List.of())), false));
		assertThat(parse("--p=7 --i=2").choice().pids()).containsExactly(7);
		assertThat(parse("-help").help()).isTrue();
		assertThat(TopidOptions.parse("-chart", "-info", "uname -a, ,id").chart()).get()
			.isEqualTo(new Chart("temp", false, false, List.of("uname -a", "id")));
		assertThat(TopidOptions.USAGE).contains("-p ", "-name ", "-child ", "-thread ", "-tree ", "-v ", "-top ", "-i ",
				"-c ", "-detailcpu ", "-MB ", "-pss ", "-json ", "-chart ", "-tag ", "-sys ", "-snapshot ", "-info ");
	}

	@Test
	void aTreeHasChildrenAndCommandLines() throws UsageException {
		TopidOptions options = parse("-tree");
		assertThat(options.choice().child()).isTrue();
		assertThat(options.display().tree()).isTrue();
		assertThat(options.display().verbose()).isTrue();
	}

	@Test
	void withSeveralProcessesTreeAndChildAreOff() throws UsageException {
		TopidOptions options = parse("-p 1 -p 2 -tree -child");
		assertThat(options.choice()).isEqualTo(new Choice(List.of(1, 2), List.of(), false, 0));
		assertThat(options.display().tree()).isFalse();
	}

	@Test
	void aNegativeProcessMeansAll() throws UsageException {
		assertThat(parse("-p 1 -p -5 -p 3").choice().all()).isTrue();
		assertThat(parse("-p -1").choice().all()).isTrue();
	}

	@Test
	void namesArePatterns() throws UsageException {
		Choice choice = parse("-name ja?a -name *[x]/y*").choice();
		assertThat(choice.all()).isFalse();
		assertThat(choice.isChosen(process("java", ""))).isTrue();
		assertThat(choice.isChosen(process("javaw", ""))).isFalse();
		assertThat(choice.isChosen(process("other", "/bin/[x]/y\nz"))).isTrue();
		assertThat(choice.isChosen(process("other", "x/y"))).isFalse();
	}

	private static ProcessUsage process(String name, String commandLine) {
		return new ProcessUsage(7, 1, 1, name, commandLine, false, 20, 0, 0, OptionalLong.empty(), List.of());
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
			-sys | give -chart, too
			-snapshot | give -chart, too
			-info id | give -chart, too
			-chart -tag= | -tag needs a name
			-info | -info needs a value
			""")
	void whatIsWrongIsSaid(String line, String message) {
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> parse(line))
			.withMessageContaining(message)
			.withMessageEndingWith("topid -help shows the options");
	}

}
