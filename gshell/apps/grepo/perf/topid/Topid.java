package perf.topid;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import perf.topid.proc.KernelUnits;
import perf.topid.proc.ProcFolder;
import perf.topid.sample.Details;
import perf.topid.sample.ProcessForest;
import perf.topid.sample.ProcessUsage;
import perf.topid.sample.Sampler;
import perf.topid.text.SampleJson;
import perf.topid.text.SampleText;

/**
 * Samples the processes of this Linux machine and prints the processor time and memory of
 * each. The usage is in {@link TopidOptions#USAGE}.
 */
public final class Topid {

	private static final String VERSION = "topid 1.0";

	private final TopidOptions options;

	private final Sampler sampler;

	private final ChosenProcesses chosen;

	private final SampleText text;

	private final PrintStream out;

	private Topid(TopidOptions options, PrintStream out) {
		this.options = options;
		this.out = out;
		TopidOptions.Display display = options.display();
		this.sampler = new Sampler(
				new ProcFolder("/proc"), KernelUnits.read("/proc"), new Details(display.thread(),
						display.verbose() || !options.choice().names().isEmpty(), display.proportionalMemory()),
				System::nanoTime);
		this.chosen = new ChosenProcesses(options.choice());
		this.text = new SampleText(display.detailedCpu(), display.megabytes(), display.verbose());
	}

	/**
	 * Runs until all samples are taken, the output is closed or the thread interrupted.
	 * The status is 1 if the options are wrong, or none of the processes exists.
	 * @param args the options
	 */
	public static void main(String[] args) {
		try {
			TopidOptions options = TopidOptions.parse(args);
			if (options.help()) {
				System.out.print(TopidOptions.USAGE);
				return;
			}
			(options.display().json() ? System.err : System.out).println(VERSION);
			new Topid(options, System.out).run();
		}
		catch (UsageException ex) {
			System.err.println("topid: " + ex.getMessage());
			System.exit(1);
		}
		catch (IOException ex) {
			System.err.println("topid: " + ex.getMessage() + "; topid needs the /proc of Linux");
			System.exit(1);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void run() throws IOException, InterruptedException, UsageException {
		checkPids(this.sampler.sample());
		if (this.options.chart().isEmpty()) {
			sample((number, processes) -> print(number, processes));
			return;
		}
		Consumer<String> messages = (line) -> (this.options.display().json() ? System.err : this.out).println(line);
		try (ChartSession session = new ChartSession(this.options.chart().get(), this.options.interval().toSeconds(),
				Clock.systemUTC(), messages)) {
			sample((number, processes) -> {
				session.send(number, this.chosen.of(processes));
				return session.isShown() || print(number, processes);
			});
		}
	}

	private void sample(Output output) throws IOException, InterruptedException {
		long due = System.nanoTime();
		for (int number = 1; this.options.count() < 0 || number <= this.options.count(); number++) {
			// After a pause, as of the whole machine, no sample is made up for.
			due = Math.max(due + this.options.interval().toNanos(), System.nanoTime());
			TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
			if (!output.take(number, this.sampler.sample())) {
				return;
			}
		}
	}

	private void checkPids(List<ProcessUsage> processes) throws UsageException {
		Set<Integer> missing = new HashSet<>(this.options.choice().pids());
		processes.forEach((each) -> missing.remove(each.pid()));
		if (missing.isEmpty()) {
			return;
		}
		if (missing.size() == Set.copyOf(this.options.choice().pids()).size()) {
			throw new UsageException("no process %s".formatted(text(missing)));
		}
		System.err.println("topid: no process " + text(missing));
	}

	private static String text(Set<Integer> pids) {
		return String.join(", ", pids.stream().sorted().map(String::valueOf).toList());
	}

	/**
	 * Prints a sample, in one write.
	 * @return whether somebody reads it
	 */
	private boolean print(int number, List<ProcessUsage> processes) {
		byte[] bytes = sampleText(number, processes).getBytes(StandardCharsets.UTF_8);
		this.out.write(bytes, 0, bytes.length);
		return !this.out.checkError();
	}

	private String sampleText(int number, List<ProcessUsage> processes) {
		if (this.options.display().tree()) {
			ProcessForest forest = new ProcessForest(processes);
			return this.text.tree(this.chosen.roots(forest), forest);
		}
		List<ProcessUsage> shown = this.chosen.of(processes);
		return this.options.display().json() ? SampleJson.line(Instant.now(), number, shown) : this.text.list(shown);
	}

	/**
	 * Takes the samples.
	 */
	private interface Output {

		/**
		 * Takes a sample.
		 * @return whether there are to be more
		 */
		boolean take(int number, List<ProcessUsage> processes) throws IOException;

	}

}
