package io.adaptive.topidchart.session;

import java.nio.file.Path;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Sessions that samples arrive for.
 *
 * @param journal folder of the samples that are not in the database yet
 * @param blockSamples number of samples after which a block is written to the database,
 * at most 1,000
 * @param endsAfter time without samples after which a session ends, or three of its
 * intervals if that is longer
 * @param waitingBlocks number of blocks that wait for a database that is away, of all
 * sessions; then collectors wait
 * @param maxOpen maximum number of sessions that have not ended
 * @param maxSeries maximum number of processes, threads and series of the machine in a
 * session; further ones are left out
 * @param memoryOfOne memory of one session, estimated, so that none takes that of the
 * others; what is above is left out
 * @param memory memory of all sessions together, estimated; what is above is refused or
 * left out
 */
@ConfigurationProperties("topidchart.session")
public record SessionProperties(@DefaultValue("./topidata/journal") Path journal, @DefaultValue("120") int blockSamples,
		@DefaultValue("10m") Duration endsAfter, @DefaultValue("200") int waitingBlocks,
		@DefaultValue("500") int maxOpen, @DefaultValue("100000") int maxSeries,
		@DefaultValue("32MB") DataSize memoryOfOne, @DefaultValue("128MB") DataSize memory) {

	private static final int MAX_BLOCK = 1000;

	/**
	 * Checks the numbers.
	 */
	public SessionProperties {
		if (blockSamples < 1 || blockSamples > MAX_BLOCK) {
			throw new IllegalArgumentException(
					"topidchart.session.block-samples is %s; it is 1 to %s".formatted(blockSamples, MAX_BLOCK));
		}
		if (waitingBlocks < 1 || maxOpen < 1 || maxSeries < 1 || memory.toBytes() < 1 || memoryOfOne.toBytes() < 1) {
			throw new IllegalArgumentException(
					"topidchart.session.waiting-blocks, max-open, max-series, memory-of-one and memory are at least 1");
		}
	}

}
