package perf.topid;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

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

	private static final Comparator<ProcessUsage> LARGEST = Comparator.comparingDouble(ProcessUsage::cpu)
		.thenComparingLong((process) -> process.memory().orElse(0))
		.reversed();

	private final TopidOptions options;

	private final Sampler sampler;

	private final SampleText text;

	private final PrintStream out;

	private Topid(TopidOptions options, PrintStream out) {
		this.options = options;
		this.out = out;
		Details details = new Details(options.thread(), options.verbose() || !options.names().isEmpty(),
				options.proportionalMemory());
		this.sampler = new Sampler(new ProcFolder("/proc"), KernelUnits.read("/proc"), details, System::nanoTime);
		this.text = new SampleText(options.detailedCpu(), options.megabytes(), options.verbose());
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
			(options.json() ? System.err : System.out).println(VERSION);
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
		long due = System.nanoTime();
		for (int number = 1; this.options.count() < 0 || number <= this.options.count(); number++) {
			// After a pause, as of the whole machine, no sample is made up for.
			due = Math.max(due + this.options.interval().toNanos(), System.nanoTime());
			TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
			if (!print(number, this.sampler.sample())) {
				return;
			}
		}
	}

	private void checkPids(List<ProcessUsage> processes) throws UsageException {
		Set<Integer> missing = new HashSet<>(this.options.pids());
		processes.forEach((each) -> missing.remove(each.pid()));
		if (missing.isEmpty()) {
			return;
		}
		if (missing.size() == Set.copyOf(this.options.pids()).size()) {
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
		if (this.options.tree()) {
			ProcessForest forest = new ProcessForest(processes);
			return this.text.tree(roots(forest), forest);
		}
		List<ProcessUsage> shown = chosen(processes);
		if (this.options.top() > 0) {
			shown = shown.stream().sorted(LARGEST).limit(this.options.top()).toList();
		}
		return this.options.json() ? SampleJson.line(Instant.now(), number, shown) : this.text.list(shown);
	}

	private List<ProcessUsage> chosen(List<ProcessUsage> processes) {
		if (this.options.all()) {
			return processes;
		}
		if (this.options.child()) {
			ProcessForest forest = new ProcessForest(processes);
			return forest.withDescendants(roots(forest));
		}
		return processes.stream().filter(this::isChosen).toList();
	}

	private List<ProcessUsage> roots(ProcessForest forest) {
		return this.options.all() ? forest.roots() : forest.roots(this::isChosen);
	}

	private boolean isChosen(ProcessUsage process) {
		return this.options.pids().contains(process.pid())
				|| this.options.isNamed(process.name(), process.commandLine());
	}

}
