package io.adaptive.spring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of messages, and what they tell.
 */
public enum MessageObservation implements ObservationDocumentation {

	/**
	 * A message that a client sends: a call until its answer, a one-way message until it
	 * has left. Each attempt of a call that is sent again is one.
	 */
	CLIENT_MESSAGES {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultClientMessageObservationConvention.class;
		}

	},

	/**
	 * A message in the hands of its handler, until all of its answer is sent.
	 */
	SERVER_MESSAGES {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultServerMessageObservationConvention.class;
		}

	};

	@Override
	public KeyName[] getLowCardinalityKeyNames() {
		return LowCardinality.values();
	}

	@Override
	public KeyName[] getHighCardinalityKeyNames() {
		return HighCardinality.values();
	}

	/**
	 * What has few values: tags of the meters.
	 */
	public enum LowCardinality implements KeyName {

		/**
		 * The service, as {@code publisher/name}.
		 */
		SERVICE {

			@Override
			public String asString() {
				return "service";
			}

		},

		/**
		 * The message type's name on the wire.
		 */
		MESSAGE {

			@Override
			public String asString() {
				return "message";
			}

		},

		/**
		 * How near the other end is: {@code process}, {@code os}, {@code lan} or
		 * {@code wan}.
		 */
		SCOPE {

			@Override
			public String asString() {
				return "scope";
			}

		},

		/**
		 * {@code OK}, or the code of the error.
		 */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		}

	}

	/**
	 * What has many values: seen in traces only.
	 */
	public enum HighCardinality implements KeyName {

		/**
		 * The node at the other end.
		 */
		PEER {

			@Override
			public String asString() {
				return "adaptive.peer";
			}

		},

		/**
		 * The stream, by its number on the connection.
		 */
		STREAM {

			@Override
			public String asString() {
				return "adaptive.stream";
			}

		},

		/**
		 * The token of the traced conversation that the message belongs to, if it does.
		 */
		TOKEN {

			@Override
			public String asString() {
				return "adaptive.token";
			}

		}

	}

}
