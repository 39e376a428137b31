package io.adaptive.internal.transport;

import io.adaptive.internal.wire.PayloadCodec;
import io.adaptive.message.CallerContext;
import io.adaptive.settings.Limits;
import io.adaptive.settings.PendingLimits;
import io.adaptive.spi.ScopeTraffic;

/**
 * The settings of a node for PROCESS scope.
 *
 * @param limits the limits of the node
 * @param pending the limits of pending messages for senders that do not wait
 * @param codec the codec of messages that cannot be passed by reference
 * @param copied whether all messages of the node are copied, in both directions
 * @param callerContext the context passed from callers to handlers besides messages
 * @param traffic counters of the node
 * @param owner the name of the node's program in errors of other nodes; empty for none
 */
public record ProcessSettings(Limits limits, PendingLimits pending, PayloadCodec codec, boolean copied,
		CallerContext callerContext, ScopeTraffic traffic, String owner) {

	/**
	 * Creates settings without a caller context.
	 * @param limits the limits of the node
	 * @param codec the codec of messages that cannot be passed by reference
	 * @param copied whether all messages of the node are copied, in both directions
	 */
	public ProcessSettings(Limits limits, PayloadCodec codec, boolean copied) {
		this(limits, PendingLimits.DEFAULT, codec, copied, CallerContext.NONE, new ScopeTraffic(), "");
	}

	ProcessSettings copying() {
		return new ProcessSettings(this.limits, this.pending, this.codec, true, this.callerContext, this.traffic,
				this.owner);
	}

}
