package perf.topid.sample;

/**
 * What a sampler reads besides processor time and resident memory.
 *
 * @param threads the threads of each process
 * @param commandLines the command lines
 * @param proportionalMemory proportional memory instead of the resident one; costs the
 * kernel much
 */
public record Details(boolean threads, boolean commandLines, boolean proportionalMemory) {

	/** Nothing besides. */
	public static final Details NONE = new Details(false, false, false);

}
