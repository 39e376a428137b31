package io.adaptive.benchmark;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import io.adaptive.benchmark.report.Environment;
import io.adaptive.benchmark.run.IdleRun;
import io.adaptive.benchmark.run.IsolationRun;
import io.adaptive.benchmark.run.MatrixRun;
import io.adaptive.benchmark.run.MetricsRun;
import io.adaptive.benchmark.run.NodesRun;
import io.adaptive.benchmark.run.OpenLoopRun;
import io.adaptive.benchmark.run.RelayRun;
import io.adaptive.benchmark.run.Settings;
import io.adaptive.benchmark.run.StartupRun;
import io.adaptive.benchmark.run.WakeUpRun;

/**
 * Compares the framework with its peers. Without a subcommand it measures the matrix.
 */
public final class Asbench {

	private static final String USAGE = """
			asbench [matrix | open | isolation | relay | metrics | idle | nodes | wake | startup | jmh] [quick] [key=value...]

			transports=process,os,tcp  payloads=32,2048,32768  callers=1,8,64,256
			who=adaptive,adaptive-nb,rsocket,...  threads=platform|virtual  direction=download|upload
			rounds=3  window=1300  ramp=300  warmup=15000 (milliseconds)
			relay: TCP only, direct and through a reverse proxy in turns; payloads=32768 callers=64 rounds=7
			       who=adaptive,adaptive-relayed; the first is what the others are compared with
			metrics: without and with metrics and observations in turns; payloads=32 rounds=7
			       who=adaptive,adaptive-metered,adaptive-observed
			jvm=-Xmx1g (options of the processes, in quotes if several)  output=target
			""";

	private Asbench() {
	}

	/**
	 * Runs the command.
	 * @param arguments a subcommand, then its settings
	 * @throws IOException if JMH cannot be run
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		boolean named = arguments.length > 0 && !arguments[0].contains("=") && !arguments[0].equals("quick");
		String command = named ? arguments[0] : "matrix";
		List<String> words = Arrays.asList(arguments).subList(named ? 1 : 0, arguments.length);
		System.out.println(Environment.describe());
		switch (command) {
			case "matrix" -> new MatrixRun(Settings.of(words)).run();
			case "open" -> new OpenLoopRun(Settings.of(words)).run();
			case "isolation" -> new IsolationRun(Settings.of(words)).run();
			case "relay" -> new RelayRun(words).run();
			case "metrics" -> new MetricsRun(words).run();
			case "idle" -> new IdleRun().run();
			case "nodes" -> new NodesRun().run();
			case "wake" -> new WakeUpRun().run();
			case "startup" -> new StartupRun().run();
			case "jmh" -> org.openjdk.jmh.Main.main(words.toArray(String[]::new));
			default -> System.out.print(USAGE);
		}
	}

}
