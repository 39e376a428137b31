package io.adaptive.spring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of messages and their key values.
 */
public enum MessageObservation implements ObservationDocumentation {

	/**
	 * A message sent by a client: a call until its answer, a one-way message until it was
	 * sent. Each attempt of a retried call is observed.
	 */
	CLIENT_MESSAGES {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultClientMessageObservationConvention.class;
		}

	},

	/**
	 * A message handled by a handler, until its answer was completely sent.
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
	 * Keys with few values, which are tags of the meters.
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
		 * The name of the message type on the wire.
		 */
		MESSAGE {

			@Override
			public String asString() {
				return "message";
			}

		},

		/**
		 * The scope of the connection: {@code process}, {@code os}, {@code lan} or
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
	 * Keys with many values, which are in traces only.
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
		 * The id of the stream on the connection.
		 */
		STREAM {

			@Override
			public String asString() {
				return "adaptive.stream";
			}

		},

		/**
		 * The token of the traced conversation of the message, if there is one.
		 */
		TOKEN {

			@Override
			public String asString() {
				return "adaptive.token";
			}

		}

	}

}
