package io.adaptive.network.chaos;

/**
 * What happens to a {@link Part} for a while.
 */
enum FaultKind {

	/** {@code SIGKILL}, and a new start. */
	KILL {
		@Override
		void begin(Part part) {
			part.kill();
		}

		@Override
		void end(Part part) {
			part.start();
		}
	},

	/** {@code SIGTERM}, and a new start. */
	TERMINATE {
		@Override
		void begin(Part part) {
			part.terminate();
		}

		@Override
		void end(Part part) {
			part.awaitExit();
			part.start();
		}
	},

	/** {@code SIGSTOP} and {@code SIGCONT}. */
	PAUSE {
		@Override
		void begin(Part part) {
			part.pause();
		}

		@Override
		void end(Part part) {
			part.resume();
		}
	},

	/** The cable is pulled, and put back. */
	UNPLUG {
		@Override
		void begin(Part part) {
			part.unplug();
		}

		@Override
		void end(Part part) {
			part.plug();
		}
	};

	abstract void begin(Part part);

	abstract void end(Part part);

}
