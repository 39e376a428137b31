package io.adaptive.benchmark.run;

import java.util.ArrayList;
import java.util.List;

import io.adaptive.benchmark.contestant.Contestant;
import io.adaptive.benchmark.contestant.Transport;
import io.adaptive.benchmark.load.Load;
import io.adaptive.benchmark.process.Rig;

/**
 * All contestants of one transport, running and warm.
 */
final class Rigs implements AutoCloseable {

	private static final int WARM_UP_CALLERS = 16;

	private final List<Rig> rigs = new ArrayList<>();

	/**
	 * Starts and warms up everybody who can run.
	 */
	static Rigs start(Settings settings, Transport transport) {
		Rigs started = new Rigs();
		try {
			for (Contestant contestant : settings.contestants()) {
				if (contestant.runsOn(transport)) {
					Rig rig = Rig.start(contestant, transport, settings.jvmOptions());
					started.rigs.add(rig);
					warmUp(rig, settings);
				}
				else {
					System.out.printf("%s: %s is not available%n", transport, contestant.name());
				}
			}
			return started;
		}
		catch (RuntimeException ex) {
			started.close();
			throw ex;
		}
	}

	private static void warmUp(Rig rig, Settings settings) {
		long share = settings.warmUpMillis() / settings.payloads().size();
		for (int payload : settings.payloads()) {
			rig.measure(Load.closed(payload, settings.upload(), WARM_UP_CALLERS, settings.virtual(), 0, share));
		}
	}

	List<Rig> all() {
		return this.rigs;
	}

	@Override
	public void close() {
		this.rigs.forEach(Rig::close);
	}

}
