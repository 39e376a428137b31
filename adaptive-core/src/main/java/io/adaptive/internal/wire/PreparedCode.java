package io.adaptive.internal.wire;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * What is there already to read and write a message type: serializers that interpret it,
 * or code that is generated, compiled and loaded. Each declaration of the type that a
 * peer has is read by another one. For any number of threads.
 */
final class PreparedCode {

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
