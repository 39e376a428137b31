package perf.topid.proc;

import java.nio.charset.StandardCharsets;

/**
 * The memory of the machine in kilobytes, see proc_meminfo(5).
 *
 * @param total all of it
 * @param available what programs can have without swapping
 * @param cache the page cache, with what of the kernel's can be given back
 * @param free in use by nothing
 * @param buffers of block devices
 * @param shmem shared, and in memory file systems
 */
public record MemoryUse(long total, long available, long cache, long free, long buffers, long shmem) {

	/**
	 * Parses {@code /proc/meminfo}. What a kernel does not tell is zero.
	 */
	public static MemoryUse parse(byte[] bytes, int length) {
		String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
		return new MemoryUse(value(text, "MemTotal"), value(text, "MemAvailable"),
				value(text, "Cached") + value(text, "SReclaimable"), value(text, "MemFree"), value(text, "Buffers"),
				value(text, "Shmem"));
	}

	private static long value(String text, String name) {
		int start = text.startsWith(name + ":") ? 0 : text.indexOf("\n" + name + ":") + 1;
		if (start == 0 && !text.startsWith(name + ":")) {
			return 0;
		}
		byte[] rest = text.substring(start + name.length() + 1).getBytes(StandardCharsets.ISO_8859_1);
		return new Fields(rest, 0, rest.length).number();
	}

	/**
	 * Returns what programs use: all that is not free, cache or buffers.
	 */
	public long used() {
		return Math.max(0, this.total - this.free - this.buffers - this.cache);
	}

}
