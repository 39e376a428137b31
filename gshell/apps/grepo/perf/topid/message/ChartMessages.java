package perf.topid.message;

import java.util.List;

/**
 * The messages between the collector topid and the service {@code {platform,
 * topidchart}}. The service takes this file by {@code //SOURCES}.
 */
public final class ChartMessages {

	/** The publisher of the service. */
	public static final String PUBLISHER = "platform";

	/** The name of the service. */
	public static final String SERVICE = "topidchart";

	private ChartMessages() {
	}

	/**
	 * Opens a session, answered by {@link SessionOpened}.
	 *
	 * @param tag part of the address of the page
	 * @param intervalSeconds the time between two samples
	 * @param system the machine
	 * @param extraInformation further text about it, empty for none
	 */
	public record OpenSession(String tag, int intervalSeconds, SystemInformation system, String extraInformation) {

	}

	/**
	 * Goes on with a session after its connection has broken, answered by
	 * {@link SessionResumed}, or NOT_FOUND if the service does not know it.
	 *
	 * @param key the key of the session
	 */
	public record ResumeSession(String key) {

	}

	/**
	 * A session is open.
	 *
	 * @param url the address of its page
	 * @param key what names the session to the service, not to be guessed
	 */
	public record SessionOpened(String url, String key) {

	}

	/**
	 * A session goes on.
	 *
	 * @param url the address of its page
	 * @param lastNumber the number of the last sample that has arrived, zero for none
	 */
	public record SessionResumed(String url, long lastNumber) {

	}

	/**
	 * Keeps a session regardless of age and size, or no longer, answered by
	 * {@link SessionPinned}, or NOT_FOUND if there is none.
	 *
	 * @param tag the tag of the session
	 * @param name its name, the second part of the address of its page
	 * @param pinned whether it is kept
	 */
	public record PinSession(String tag, String name, boolean pinned) {

	}

	/**
	 * A session is kept, or no longer.
	 *
	 * @param url the address of its page
	 * @param pinned whether it is kept
	 */
	public record SessionPinned(String url, boolean pinned) {

	}

	/**
	 * A machine.
	 *
	 * @param processors the number of processors that the kernel shows
	 * @param processor what they are
	 * @param kernel the kernel and its version
	 * @param limits the limits of the container, empty for none
	 */
	public record SystemInformation(int processors, String processor, String kernel, String limits) {

	}

	/**
	 * A sample, sent one way. One with a number that has arrived does not count again.
	 *
	 * @param key the key of the session
	 * @param number the number of the sample, from 1
	 * @param millis when it was taken, by the collector's clock, since 1970
	 * @param dropped how many samples of the session were dropped because they could not
	 * be sent in time
	 * @param processes the processes, and threads if they were asked for
	 * @param system series of the machine
	 * @param snapshot the tree of processes as text, empty for none
	 */
	public record Sample(String key, long number, long millis, long dropped, List<ProcessSample> processes,
			List<SystemSeries> system, String snapshot) {

		/**
		 * Makes a sample with lists of its own.
		 */
		public Sample {
			processes = List.copyOf(processes);
			system = List.copyOf(system);
		}

	}

	/**
	 * A process or thread in a sample.
	 *
	 * @param pid its id
	 * @param start when it started, in clock ticks since the machine did
	 * @param name its name
	 * @param user processor time in user mode, in percent of one processor
	 * @param system processor time in the kernel, in percent of one processor
	 * @param memory memory in kilobytes, that of its process for a thread, below zero if
	 * it may not be read
	 */
	public record ProcessSample(int pid, long start, String name, float user, float system, long memory) {

	}

	/**
	 * A series of the machine in a sample.
	 *
	 * @param name its name, such as {@code cpu0.user} or {@code memory.free}
	 * @param value percent of the time of a processor, or kilobytes
	 */
	public record SystemSeries(String name, double value) {

	}

}
