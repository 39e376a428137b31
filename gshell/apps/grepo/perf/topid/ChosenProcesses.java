package perf.topid;

import java.util.Comparator;
import java.util.List;

import perf.topid.sample.ProcessForest;
import perf.topid.sample.ProcessUsage;

/**
 * Chooses from the processes of a sample those that are shown.
 */
final class ChosenProcesses {

	private static final Comparator<ProcessUsage> LARGEST = Comparator.comparingDouble(ProcessUsage::cpu)
		.thenComparingLong((process) -> process.memory().orElse(0))
		.reversed();

	private final TopidOptions.Choice choice;

	ChosenProcesses(TopidOptions.Choice choice) {
		this.choice = choice;
	}

	/**
	 * Returns the processes that are shown, in this order.
	 */
	List<ProcessUsage> of(List<ProcessUsage> processes) {
		List<ProcessUsage> chosen = chosen(processes);
		return (this.choice.top() == 0) ? chosen : chosen.stream().sorted(LARGEST).limit(this.choice.top()).toList();
	}

	private List<ProcessUsage> chosen(List<ProcessUsage> processes) {
		if (this.choice.all()) {
			return processes;
		}
		if (this.choice.child()) {
			ProcessForest forest = new ProcessForest(processes);
			return forest.withDescendants(roots(forest));
		}
		return processes.stream().filter(this.choice::isChosen).toList();
	}

	/**
	 * Returns the processes at which trees begin.
	 */
	List<ProcessUsage> roots(ProcessForest forest) {
		return this.choice.all() ? forest.roots() : forest.roots(this.choice::isChosen);
	}

}
