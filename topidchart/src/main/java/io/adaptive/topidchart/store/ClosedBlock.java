package io.adaptive.topidchart.store;

import java.util.List;

/**
 * All of a session since the block before, stored together.
 *
 * @param sessionId the session
 * @param progress how far the session has come with it
 * @param series the series that it changes
 * @param blocks the points of each series, and coarser rows that are complete
 * @param snapshots the trees of processes
 * @param ended whether it is the last one
 */
public record ClosedBlock(long sessionId, Progress progress, List<StoredSeries> series, List<StoredBlock> blocks,
		List<Snapshot> snapshots, boolean ended) {

	/**
	 * Returns the same progress, without series, rows and trees.
	 */
	public ClosedBlock withoutData() {
		return new ClosedBlock(this.sessionId, this.progress, List.of(), List.of(), List.of(), this.ended);
	}

}
