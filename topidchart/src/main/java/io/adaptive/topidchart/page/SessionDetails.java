package io.adaptive.topidchart.page;

import java.util.List;

import io.adaptive.topidchart.store.Machine;

/**
 * A session.
 *
 * @param entry its entry in the list of all
 * @param intervalSeconds the time between two samples
 * @param machine the machine that is sampled
 * @param firstMillis when its first sample was taken, zero for none
 * @param clockOffset what was added to the times of the collector, in milliseconds
 * @param dropped how many samples the collector has dropped
 * @param leftOut how many values were left out since they are above a limit of series or
 * memory
 * @param databaseAway whether the database does not take blocks at the moment
 * @param snapshots when the trees of processes were taken
 */
record SessionDetails(SessionEntry entry, int intervalSeconds, Machine machine, long firstMillis, long clockOffset,
		long dropped, long leftOut, boolean databaseAway, List<Long> snapshots) {

}
