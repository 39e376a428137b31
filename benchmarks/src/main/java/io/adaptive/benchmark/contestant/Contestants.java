package io.adaptive.benchmark.contestant;

import java.util.List;
import java.util.stream.Stream;

import io.adaptive.handler.HandlerOptions;

/**
 * Everybody who can be measured, in the order of the tables.
 */
public final class Contestants {

	/** The framework with its handlers on workers. */
	public static final String WORKERS = "adaptive";

	/** The framework with handlers that never wait. */
	public static final String NON_BLOCKING = "adaptive-nb";

	/** The framework with its handlers on workers, behind a reverse proxy. */
	public static final String RELAYED = "adaptive-relayed";

	/** The framework with its handlers on workers, in an application with metrics. */
	public static final String METERED = "adaptive-metered";

	/** The same where somebody listens to every observation. */
	public static final String OBSERVED = "adaptive-observed";

	/** Raw Netty with four workers. */
	public static final String RAW_POOL = "netty-pool";

	/** Raw Netty with a virtual thread for each request. */
	public static final String RAW_VIRTUAL = "netty-virtual";

	private static final List<Contestant> ALL = List.of(new AdaptiveContestant(WORKERS, HandlerOptions.DEFAULT),
			new AdaptiveContestant(NON_BLOCKING, HandlerOptions.DEFAULT.asNonBlocking()), new RSocketContestant(),
			new GrpcContestant(), new RawNettyContestant("netty-loop", RawNettyContestant.ReplyFrom.LOOP),
			new RawNettyContestant(RAW_POOL, RawNettyContestant.ReplyFrom.POOL),
			new RawNettyContestant(RAW_VIRTUAL, RawNettyContestant.ReplyFrom.VIRTUAL), new VirtualPairContestant(),
			new CallerHelpsContestant());

	/** Measured only when named. */
	private static final List<Contestant> TRIALS = List.of(new HelpingNettyContestant(), new RelayedContestant(RELAYED),
			new AdaptiveContestant(METERED, HandlerOptions.DEFAULT, MeteredNode::timed),
			new AdaptiveContestant(OBSERVED, HandlerOptions.DEFAULT, MeteredNode::observed));

	private Contestants() {
	}

	/**
	 * Returns everybody.
	 * @return the contestants
	 */
	public static List<Contestant> all() {
		return ALL;
	}

	/**
	 * Finds a contestant.
	 * @param name its name
	 * @return the contestant
	 * @throws IllegalArgumentException if there is none of this name
	 */
	public static Contestant named(String name) {
		return Stream.concat(ALL.stream(), TRIALS.stream())
			.filter((contestant) -> contestant.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no contestant " + name));
	}

}
