package perf.topid;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.adaptive.node.AdaptiveNode;
import perf.topid.message.ChartMessages.OpenSession;
import perf.topid.message.ChartMessages.ProcessSample;
import perf.topid.message.ChartMessages.Sample;
import perf.topid.message.ChartMessages.SystemInformation;
import perf.topid.message.ChartMessages.SystemSeries;
import perf.topid.proc.KernelUnits;
import perf.topid.proc.MachineText;
import perf.topid.proc.ProcFolder;
import perf.topid.sample.Details;
import perf.topid.sample.MachineSampler;
import perf.topid.sample.ProcessForest;
import perf.topid.sample.ProcessUsage;
import perf.topid.sample.Sampler;
import perf.topid.send.ChartSender;
import perf.topid.text.SampleText;

/**
 * The samples for the chart service.
 */
final class ChartSession implements AutoCloseable {

	private static final long RETRY_MILLIS = 1000;

	private static final long LAST_MILLIS = 2000;

	private static final int SAMPLES_PER_SNAPSHOT = 30;

	private static final SampleText SNAPSHOT = new SampleText(true, true, true);

	private final Clock clock;

	/** Only with the option that shows it. */
	private final Optional<MachineSampler> machine;

	/** Only with the option that shows it. */
	private final Optional<Sampler> tree;

	private final AdaptiveNode node;

	private final ChartSender sender;

	ChartSession(TopidOptions.Chart options, long intervalSeconds, Clock clock, Consumer<String> messages)
			throws IOException, InterruptedException {
		this.clock = clock;
		MachineText text = MachineText.read(Path.of("/proc"), Path.of("/sys/fs/cgroup"));
		this.machine = options.machine() ? Optional.of(new MachineSampler(new ProcFolder("/proc"))) : Optional.empty();
		this.tree = options.snapshot() ? Optional.of(new Sampler(new ProcFolder("/proc"), KernelUnits.read("/proc"),
				new Details(true, true, false), System::nanoTime)) : Optional.empty();
		if (this.machine.isPresent()) {
			this.machine.get().sample();
		}
		if (this.tree.isPresent()) {
			this.tree.get().sample();
		}
		OpenSession request = new OpenSession(options.tag(), (int) intervalSeconds,
				new SystemInformation(text.processors(), text.processor(), text.kernel(), text.limits()),
				InfoCommands.run(options.commands()));
		this.node = AdaptiveNode.builder().build();
		this.sender = new ChartSender(this.node.newClient(), request, messages, RETRY_MILLIS);
	}

	/**
	 * Returns whether the service shows the samples, so that text need not.
	 */
	boolean isShown() {
		return this.sender.hasSession();
	}

	/**
	 * Sends a sample, without waiting.
	 */
	void send(int number, List<ProcessUsage> processes) throws IOException {
		List<ProcessSample> entries = new ArrayList<>();
		for (ProcessUsage each : processes) {
			long memory = each.memory().orElse(-1);
			entries.add(new ProcessSample(each.pid(), each.start(), each.name(), (float) each.user(),
					(float) each.system(), memory));
			each.threads()
				.forEach((thread) -> entries.add(new ProcessSample(thread.tid(), thread.start(), thread.name(),
						(float) thread.user(), (float) thread.system(), memory)));
		}
		List<SystemSeries> series = this.machine.isPresent() ? this.machine.get()
			.sample()
			.stream()
			.map((each) -> new SystemSeries(each.name(), each.value()))
			.toList() : List.of();
		this.sender.offer(new Sample("", number, this.clock.millis(), 0, entries, series, snapshot(number)));
	}

	private String snapshot(int number) throws IOException {
		if (this.tree.isEmpty() || number % SAMPLES_PER_SNAPSHOT != 1) {
			return "";
		}
		ProcessForest forest = new ProcessForest(this.tree.get().sample());
		return SNAPSHOT.tree(forest.roots((process) -> process.pid() == 1), forest);
	}

	/**
	 * Ends the session; the last samples get two seconds to leave.
	 */
	@Override
	public void close() {
		try {
			if (this.sender.hasSession()) {
				this.sender.awaitSent(LAST_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.sender.close();
		this.node.close();
	}

}
