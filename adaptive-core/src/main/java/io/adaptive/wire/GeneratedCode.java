package io.adaptive.wire;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Which code of a message type is there already: generated, compiled and loaded. Code
 * that reads is generated for each declaration of the type that a peer has. For any
 * number of threads.
 */
final class GeneratedCode {

	/** Messages of further declarations are read by workers. */
	private static final int MAX_DECLARATIONS = 64;

	private final Set<Long> reads = ConcurrentHashMap.newKeySet();

	/** The declaration read last, of which there is one as a rule. */
	private volatile @Nullable Long lastRead;

	private volatile boolean writes;

	/**
	 * A message of a peer with this declaration was read.
	 */
	void hasRead(long fingerprint) {
		Long last = this.lastRead;
		if (last == null || last != fingerprint) {
			add(fingerprint);
		}
	}

	private void add(Long fingerprint) {
		if (this.reads.contains(fingerprint) || this.reads.size() < MAX_DECLARATIONS) {
			this.reads.add(fingerprint);
			this.lastRead = fingerprint;
		}
	}

	void hasWritten() {
		if (!this.writes) {
			this.writes = true;
		}
	}

	boolean reads(long fingerprint) {
		Long last = this.lastRead;
		return (last != null && last == fingerprint) || this.reads.contains(fingerprint);
	}

	boolean writes() {
		return this.writes;
	}

}
