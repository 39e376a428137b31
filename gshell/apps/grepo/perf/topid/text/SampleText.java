package perf.topid.text;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

import perf.topid.sample.ProcessForest;
import perf.topid.sample.ProcessUsage;
import perf.topid.sample.ThreadUsage;

/**
 * A sample as text: a heading, and a line for each process and thread.
 */
public final class SampleText {

	/** Threads of a drawn tree that use no more, in percent, share a line. */
	private static final double IDLE = 0.01;

	/** Deeper than any process; ids that are used again may make a ring of parents. */
	private static final int MAX_DEPTH = 500;

	private final Columns columns;

	private final boolean commandLines;

	/**
	 * Makes a text.
	 * @param detailedCpu user and system time in columns of their own
	 * @param megabytes memory in megabytes instead of kilobytes
	 * @param commandLines command lines instead of names
	 */
	public SampleText(boolean detailedCpu, boolean megabytes, boolean commandLines) {
		this.columns = new Columns(detailedCpu, megabytes);
		this.commandLines = commandLines;
	}

	/**
	 * Writes processes one below the other.
	 */
	public String list(List<ProcessUsage> processes) {
		StringBuilder text = new StringBuilder(this.columns.heading()).append('\n');
		for (ProcessUsage each : processes) {
			append(text, each, "");
			each.threads().forEach((thread) -> append(text, thread, each.memory(), ""));
		}
		return text.toString();
	}

	/**
	 * Draws processes with their descendants.
	 * @param roots where to begin, in this order
	 * @param forest has their children
	 */
	public String tree(List<ProcessUsage> roots, ProcessForest forest) {
		StringBuilder text = new StringBuilder(this.columns.heading()).append('\n');
		for (ProcessUsage root : roots) {
			append(text, root, "");
			below(text, root, forest, "", 0);
		}
		return text.toString();
	}

	private void below(StringBuilder text, ProcessUsage process, ProcessForest forest, String prefix, int depth) {
		List<ProcessUsage> children = (depth < MAX_DEPTH) ? forest.children(process) : List.of();
		threads(text, process, prefix, !children.isEmpty());
		for (int i = 0; i < children.size(); i++) {
			boolean last = i == children.size() - 1;
			append(text, children.get(i), prefix + (last ? "└─ " : "├─ "));
			below(text, children.get(i), forest, prefix + (last ? "   " : "│  "), depth + 1);
		}
	}

	private void threads(StringBuilder text, ProcessUsage process, String prefix, boolean more) {
		List<ThreadUsage> busy = process.threads().stream().filter((thread) -> thread.cpu() > IDLE).toList();
		List<ThreadUsage> idle = process.threads().stream().filter((thread) -> thread.cpu() <= IDLE).toList();
		for (int i = 0; i < busy.size(); i++) {
			boolean last = !more && idle.isEmpty() && i == busy.size() - 1;
			append(text, busy.get(i), process.memory(), prefix + (last ? "└> " : "├> "));
		}
		if (!idle.isEmpty()) {
			this.columns.append(text, "+", process.priority(), 0, 0, process.memory());
			text.append(' ').append(prefix).append(more ? "├> " : "└> ").append(idle.size()).append("*<");
			printable(text, process.name());
			text.append(">: [")
				.append(idle.stream().map((thread) -> String.valueOf(thread.tid())).collect(Collectors.joining(" ")))
				.append("]\n");
		}
	}

	private void append(StringBuilder text, ProcessUsage process, String prefix) {
		this.columns.append(text, String.valueOf(process.pid()), process.priority(), process.user(), process.system(),
				process.memory());
		text.append(' ').append(prefix);
		if (process.kernel()) {
			text.append('[');
			printable(text, process.name());
			text.append(']');
		}
		else {
			boolean whole = this.commandLines && !process.commandLine().isEmpty();
			printable(text, whole ? process.commandLine() : process.name());
		}
		text.append('\n');
	}

	private void append(StringBuilder text, ThreadUsage thread, OptionalLong memory, String prefix) {
		this.columns.append(text, String.valueOf(thread.tid()), thread.priority(), thread.user(), thread.system(),
				memory);
		text.append(' ').append(prefix).append('<');
		printable(text, thread.name());
		text.append(">\n");
	}

	/**
	 * A program chooses its name: what would move the cursor or end the line is a
	 * question mark.
	 */
	private static void printable(StringBuilder text, String name) {
		name.codePoints().forEach((each) -> text.appendCodePoint(isPrintable(each) ? each : '?'));
	}

	private static boolean isPrintable(int each) {
		return switch (Character.getType(each)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE, Character.UNASSIGNED ->
				false;
			default -> true;
		};
	}

}
