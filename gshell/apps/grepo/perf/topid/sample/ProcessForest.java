package perf.topid.sample;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The processes of a sample with their children.
 */
public final class ProcessForest {

	private final List<ProcessUsage> processes;

	private final Map<Integer, List<ProcessUsage>> children = new HashMap<>();

	/**
	 * Makes a forest.
	 * @param processes those of a sample, in the order of their ids
	 */
	public ProcessForest(List<ProcessUsage> processes) {
		this.processes = processes;
		for (ProcessUsage each : processes) {
			this.children.computeIfAbsent(each.parent(), (parent) -> new ArrayList<>()).add(each);
		}
	}

	/**
	 * Returns the children of a process, in the order of their ids.
	 */
	public List<ProcessUsage> children(ProcessUsage process) {
		return this.children.getOrDefault(process.pid(), List.of());
	}

	/**
	 * Returns the processes whose parents are not in the sample.
	 */
	public List<ProcessUsage> roots() {
		return roots((process) -> true);
	}

	/**
	 * Returns those of some processes that are no descendants of others of them.
	 * @param wanted which processes
	 */
	public List<ProcessUsage> roots(Predicate<ProcessUsage> wanted) {
		Map<Integer, ProcessUsage> byId = new HashMap<>();
		this.processes.forEach((each) -> byId.put(each.pid(), each));
		return this.processes.stream().filter(wanted).filter((each) -> !hasAncestor(each, wanted, byId)).toList();
	}

	/** Ids that are used again while a sample is taken may make a ring of parents. */
	private static boolean hasAncestor(ProcessUsage process, Predicate<ProcessUsage> wanted,
			Map<Integer, ProcessUsage> byId) {
		Set<Integer> seen = new HashSet<>();
		ProcessUsage ancestor = byId.get(process.parent());
		while (ancestor != null && seen.add(ancestor.pid())) {
			if (wanted.test(ancestor)) {
				return true;
			}
			ancestor = byId.get(ancestor.parent());
		}
		return false;
	}

	/**
	 * Returns processes with all their descendants, each before its children.
	 * @param roots where to begin
	 */
	public List<ProcessUsage> withDescendants(List<ProcessUsage> roots) {
		List<ProcessUsage> all = new ArrayList<>();
		Set<Integer> seen = new HashSet<>();
		roots.forEach((root) -> add(root, all, seen));
		return all;
	}

	private void add(ProcessUsage process, List<ProcessUsage> all, Set<Integer> seen) {
		if (seen.add(process.pid())) {
			all.add(process);
			children(process).forEach((child) -> add(child, all, seen));
		}
	}

}
