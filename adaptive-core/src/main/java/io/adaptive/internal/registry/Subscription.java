package io.adaptive.internal.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.adaptive.message.ServicePattern;
import org.jspecify.annotations.Nullable;

/**
 * Subscription of one watcher of a registry. It holds only the position of the watcher,
 * so that a slow one costs nothing. Changes come from the history when the watcher is
 * ready for more, each node once and in its present state; if the history does not reach
 * back far enough, the watcher gets a snapshot. Guarded by its table.
 */
final class Subscription {

	private static final long NOTHING = -1;

	private final ServicePattern pattern;

	private final Runnable ready;

	/** First relevant change that was not polled, or {@link #NOTHING}. */
	private long pending = NOTHING;

	/** Epoch after which the snapshot continues, or {@link #NOTHING}. */
	private long cursor = NOTHING;

	private long snapshotRevision;

	private boolean toldSettled;

	/** Whether the callback was run since the last poll that returned no update. */
	private boolean told = true;

	Subscription(ServicePattern pattern, Runnable ready) {
		this.pattern = pattern;
		this.ready = ready;
	}

	ServicePattern pattern() {
		return this.pattern;
	}

	void beginSnapshot(long revision) {
		this.cursor = 0;
		this.snapshotRevision = revision;
	}

	void resume(long from) {
		this.pending = from;
	}

	void changed(long revision) {
		if (this.pending == NOTHING) {
			this.pending = revision;
		}
		wake();
	}

	void wake() {
		if (!this.told) {
			this.told = true;
			this.ready.run();
		}
	}

	/**
	 * Takes the next update.
	 * @return the update, {@code null} if there is none until the callback is run again
	 */
	@Nullable Update poll(ServiceIndex index, ChangeHistory history, long incarnation, boolean settled, int limit) {
		this.told = true;
		if (this.cursor == NOTHING && this.pending != NOTHING && !history.reaches(this.pending)) {
			beginSnapshot(history.revision());
		}
		if (this.cursor != NOTHING) {
			return snapshot(index, history, incarnation, settled, limit);
		}
		Update update = (this.pending != NOTHING) ? changes(history, incarnation, settled, limit) : null;
		boolean nothing = update == null || (update.nodes().isEmpty() && this.pending == NOTHING);
		if (nothing && settled == this.toldSettled) {
			this.told = false;
			return null;
		}
		this.toldSettled = settled;
		return (update != null) ? update
				: new Update(new Position(incarnation, history.revision()), false, true, settled, List.of());
	}

	private Update snapshot(ServiceIndex index, ChangeHistory history, long incarnation, boolean settled, int limit) {
		boolean fresh = this.cursor == 0;
		Page page = page(index, this.pattern, this.cursor, limit);
		boolean complete = page.next() == 0;
		if (complete) {
			this.cursor = NOTHING;
			this.pending = (history.revision() > this.snapshotRevision) ? this.snapshotRevision + 1 : NOTHING;
		}
		else {
			this.cursor = page.next();
		}
		this.toldSettled = settled;
		return new Update(new Position(incarnation, this.snapshotRevision), fresh, complete, settled, page.nodes());
	}

	private Update changes(ChangeHistory history, long incarnation, boolean settled, int limit) {
		Map<Long, Registration> nodes = new LinkedHashMap<>();
		int names = 0;
		long seen = this.pending - 1;
		for (Change change : history.from(this.pending)) {
			if (names >= limit) {
				break;
			}
			seen = change.revision();
			if (ServiceIndex.anyMatches(this.pattern, change.affected())) {
				Registration node = offered(change);
				nodes.put(node.epoch(), node);
				names += 1 + node.services().size();
			}
		}
		this.pending = (seen < history.revision()) ? seen + 1 : NOTHING;
		return new Update(new Position(incarnation, seen), false, true, settled, List.copyOf(nodes.values()));
	}

	private Registration offered(Change change) {
		Registration subject = change.subject();
		return (change.after() != null) ? subject.offering(ServiceIndex.matching(this.pattern, subject.services()))
				: new Registration(subject.instance(), subject.epoch(), List.of(), Set.of());
	}

	static Page page(ServiceIndex index, ServicePattern pattern, long after, int limit) {
		List<Registration> nodes = new ArrayList<>();
		int names = 0;
		for (Registration node : index.candidates(pattern, after)) {
			Registration offered = node.offering(ServiceIndex.matching(pattern, node.services()));
			if (offered.services().isEmpty()) {
				continue;
			}
			if (names >= limit) {
				return new Page(nodes, nodes.get(nodes.size() - 1).epoch());
			}
			nodes.add(offered);
			names += 1 + offered.services().size();
		}
		return new Page(nodes, 0);
	}

}
