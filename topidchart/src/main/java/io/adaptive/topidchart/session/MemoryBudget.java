package io.adaptive.topidchart.session;

import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.topidchart.store.ClosedBlock;
import io.adaptive.topidchart.store.Machine;
import io.adaptive.topidchart.store.Snapshot;
import org.springframework.stereotype.Component;

/**
 * The memory of all sessions together, as an estimate in bytes. For any thread.
 */
@Component
class MemoryBudget {

	private static final long SESSION_BYTES = 4096;

	private static final long TEXT_BYTES = 48;

	private static final long ROW_BYTES = 96;

	private static final long CHANGED_SERIES_BYTES = 160;

	private final long limit;

	private final long limitOfOne;

	private final AtomicLong used = new AtomicLong();

	MemoryBudget(SessionProperties properties) {
		this.limit = properties.memory().toBytes();
		this.limitOfOne = properties.memoryOfOne().toBytes();
	}

	/**
	 * Returns how much is taken.
	 */
	long used() {
		return this.used.get();
	}

	/**
	 * Makes the account of a session, with nothing taken.
	 */
	Account account() {
		return new Account();
	}

	static long ofSession(Machine machine) {
		return SESSION_BYTES + ofText(machine.information()) + ofText(machine.processor()) + ofText(machine.kernel())
				+ ofText(machine.limits());
	}

	static long ofText(String text) {
		return TEXT_BYTES + (long) Character.BYTES * text.length();
	}

	static long ofBlock(ClosedBlock block) {
		return block.blocks().stream().mapToLong((each) -> ROW_BYTES + each.data().length).sum()
				+ CHANGED_SERIES_BYTES * block.series().size() + ofSnapshots(block);
	}

	static long ofSnapshots(ClosedBlock block) {
		return block.snapshots().stream().map(Snapshot::text).mapToLong(MemoryBudget::ofText).sum();
	}

	/**
	 * What one session has taken. Guarded by the lock of that session.
	 */
	final class Account {

		private long held;

		/**
		 * Takes bytes if the session and all sessions together stay within their limits.
		 * @return whether they do
		 */
		boolean take(long bytes) {
			if (this.held + bytes > MemoryBudget.this.limitOfOne) {
				return false;
			}
			if (MemoryBudget.this.used.addAndGet(bytes) > MemoryBudget.this.limit) {
				MemoryBudget.this.used.addAndGet(-bytes);
				return false;
			}
			this.held += bytes;
			return true;
		}

		/**
		 * Takes bytes that are in use already.
		 */
		void takeAnyway(long bytes) {
			MemoryBudget.this.used.addAndGet(bytes);
			this.held += bytes;
		}

		void give(long bytes) {
			MemoryBudget.this.used.addAndGet(-bytes);
			this.held -= bytes;
		}

		void giveAll() {
			give(this.held);
		}

	}

}
