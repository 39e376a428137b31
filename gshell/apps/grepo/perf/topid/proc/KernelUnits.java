package perf.topid.proc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The units in which the kernel counts for programs, from the auxiliary vector, see
 * getauxval(3).
 *
 * @param ticksPerSecond clock ticks
 * @param pageBytes the size of a page
 */
public record KernelUnits(long ticksPerSecond, long pageBytes) {

	private static final long PAGE_BYTES = 6;

	private static final long TICKS_PER_SECOND = 17;

	/** Those of nearly all machines. */
	public static final KernelUnits USUAL = new KernelUnits(100, 4096);

	/**
	 * Reads the units of this machine.
	 * @param root the folder {@code /proc}
	 * @return the units, the usual ones where they cannot be read
	 */
	public static KernelUnits read(String root) {
		try {
			return parse(Files.readAllBytes(Path.of(root, "self/auxv")));
		}
		catch (IOException ex) {
			return USUAL;
		}
	}

	static KernelUnits parse(byte[] vector) {
		ByteBuffer pairs = ByteBuffer.wrap(vector).order(ByteOrder.nativeOrder());
		long ticks = USUAL.ticksPerSecond;
		long page = USUAL.pageBytes;
		while (pairs.remaining() >= 16) {
			long type = pairs.getLong();
			long value = pairs.getLong();
			ticks = (type == TICKS_PER_SECOND) ? value : ticks;
			page = (type == PAGE_BYTES) ? value : page;
		}
		return new KernelUnits(ticks, page);
	}

}
