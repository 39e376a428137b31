package perf.topid.text;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import perf.topid.sample.ProcessForest;
import perf.topid.sample.ProcessUsage;
import perf.topid.sample.ThreadUsage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Samples as text and as JSON.
 */
class SampleTextTests {

	private static final ProcessUsage INIT = process(1, 0, "init", 0, 0, 12_000);

	private static final ProcessUsage KERNEL = new ProcessUsage(2, 1, 0, "kthreadd", "", true, -51, 0, 1.5,
			OptionalLong.of(0), List.of());

	private static final ProcessUsage JAVA = new ProcessUsage(4242, 77, 1, "java", "/bin/java -cp x", false, 20, 120.5,
			3.256, OptionalLong.of(204_800),
			List.of(thread(4242, "java", 0), thread(4250, "C2", 100.25), thread(4251, "G1", 0.005)));

	private static final ProcessUsage SH = new ProcessUsage(70_001, 78, 4242, "sh\u001b[2J\n", "", false, 39, 0, 0,
			OptionalLong.empty(), List.of());

	private static ProcessUsage process(int pid, int parent, String name, double user, double system, long memory) {
		return new ProcessUsage(pid, 1, parent, name, "/sbin/" + name, false, 20, user, system, OptionalLong.of(memory),
				List.of());
	}

	private static ThreadUsage thread(int tid, String name, double user) {
		return new ThreadUsage(tid, 1, name, 20, user, 0);
	}

	@Test
	void processesOneBelowTheOther() {
		assertThat(new SampleText(false, false, false).list(List.of(INIT, KERNEL, JAVA, SH))).isEqualTo("""
				  PID PRIO     CPU      MEM COMM
				    1   20    0.00    12000 init
				    2  -51    1.50        0 [kthreadd]
				 4242   20  123.76   204800 java
				 4242   20    0.00   204800 <java>
				 4250   20  100.25   204800 <C2>
				 4251   20    0.01   204800 <G1>
				70001   39    0.00        - sh?[2J?
				""");
	}

	@Test
	void userAndSystemTimeMegabytesAndCommandLines() {
		assertThat(new SampleText(true, true, true).list(List.of(INIT, KERNEL, SH))).isEqualTo("""
				  PID PRIO    uCPU    sCPU      MEM COMM
				    1   20    0.00    0.00       11 /sbin/init
				    2  -51    0.00    1.50        0 [kthreadd]
				70001   39    0.00    0.00        - sh?[2J?
				""");
	}

	@Test
	void aTreeWithThreads() {
		ProcessUsage late = process(80_000, 1, "late", 0, 0, 5);
		List<ProcessUsage> all = List.of(INIT, KERNEL, JAVA, SH, late);
		ProcessForest forest = new ProcessForest(all);
		assertThat(new SampleText(false, false, true).tree(forest.roots(), forest)).isEqualTo("""
				  PID PRIO     CPU      MEM COMM
				    1   20    0.00    12000 /sbin/init
				 4242   20  123.76   204800 ├─ /bin/java -cp x
				 4250   20  100.25   204800 │  ├> <C2>
				    +   20    0.00   204800 │  ├> 2*<java>: [4242 4251]
				70001   39    0.00        - │  └─ sh?[2J?
				80000   20    0.00        5 └─ /sbin/late
				    2  -51    1.50        0 [kthreadd]
				""");
	}

	@Test
	void theLastThreadOfALeafClosesTheTree() {
		ProcessUsage leaf = new ProcessUsage(5, 1, 0, "leaf", "", false, 20, 5, 0, OptionalLong.of(1),
				List.of(thread(5, "a", 3), thread(6, "b", 2)));
		ProcessForest forest = new ProcessForest(List.of(leaf));
		assertThat(new SampleText(false, false, false).tree(forest.roots(), forest)).isEqualTo("""
				  PID PRIO     CPU      MEM COMM
				    5   20    5.00        1 leaf
				    5   20    3.00        1 ├> <a>
				    6   20    2.00        1 └> <b>
				""");
	}

	@ParameterizedTest
	@CsvSource({ "0, 0.00", "0.004, 0.00", "0.005, 0.01", "9.999, 10.00", "100, 100.00", "1234567.891, 1234567.89" })
	void twoDigitsBehindThePoint(double number, String text) {
		assertThat(Columns.decimal(number)).isEqualTo(text);
	}

	@Test
	void aLineOfJson() {
		assertThat(SampleJson.line(Instant.EPOCH, 3, List.of(KERNEL, SH))).isEqualTo("""
				{"time":"1970-01-01T00:00:00Z","sample":3,"processes":[\
				{"pid":2,"start":1,"parent":0,"name":"kthreadd","kernel":true,"priority":-51,"user":0.00,"system":1.50,\
				"memory":0},\
				{"pid":70001,"start":78,"parent":4242,"name":"sh\\u001b[2J\\u000a","kernel":false,"priority":39,\
				"user":0.00,"system":0.00,"memory":null}]}
				""");
		ProcessUsage odd = new ProcessUsage(9, 1, 0, "\"\\\ud83d", "c", false, 20, 0, 0, OptionalLong.of(1),
				List.of(thread(9, "t", 1), thread(10, "u", 2)));
		assertThat(SampleJson.line(Instant.EPOCH, 1, List.of(odd))).contains("\"name\":\"\\\"\\\\\\ud83d\"",
				"\"command\":\"c\"", "\"threads\":[{\"tid\":9,\"start\":1,\"name\":\"t\",\"priority\":20,\"user\":1.00,"
						+ "\"system\":0.00},{\"tid\":10,");
	}

}
