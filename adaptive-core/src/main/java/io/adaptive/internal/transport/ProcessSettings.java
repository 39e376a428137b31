package io.adaptive.internal.transport;

import io.adaptive.internal.wire.PayloadCodec;
import io.adaptive.message.CallerContext;
import io.adaptive.settings.Limits;
import io.adaptive.settings.PendingLimits;
import io.adaptive.spi.ScopeTraffic;

/**
 * How a node takes part in PROCESS scope.
 *
 * @param limits what it accepts
 * @param pending how much it keeps for senders that do not wait
 * @param codec how messages are handed over that cannot be by reference
 * @param copied whether the node wants copies of all messages, and gives only copies
 * @param callerContext what its callers carry to handlers besides messages
 * @param traffic counts for the node
 * @param owner names the program of the node, for errors that others see; empty for none
 */
public record ProcessSettings(Limits limits, PendingLimits pending, PayloadCodec codec, boolean copied,
		CallerContext callerContext, ScopeTraffic traffic, String owner) {

	/**
	 * Makes settings of callers that carry nothing.
	 * @param limits what the node accepts
	 * @param codec how messages are handed over that cannot be by reference
	 * @param copied whether the node wants copies of all messages, and gives only copies
	 */
	public ProcessSettings(Limits limits, PayloadCodec codec, boolean copied) {
		this(limits, PendingLimits.DEFAULT, codec, copied, CallerContext.NONE, new ScopeTraffic(), "");
	}

	ProcessSettings copying() {
		return new ProcessSettings(this.limits, this.pending, this.codec, true, this.callerContext, this.traffic,
				this.owner);
	}

}
