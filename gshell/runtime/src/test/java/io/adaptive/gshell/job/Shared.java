package io.adaptive.gshell.job;

import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * Type that the group of a test shares with its jobs: their loader's parent loads it.
 */
public final class Shared {

	/** Stands for a lock that a job waits for. */
	public static final Semaphore LOCK = new Semaphore(0);

	/** Class loaders of jobs. */
	public static final Queue<WeakReference<ClassLoader>> LOADERS = new ConcurrentLinkedQueue<>();

	private Shared() {
	}

}
