package io.adaptive.internal.wire;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.settings.Limits;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link Hello}.
 */
public sealed interface Welcome {

	/**
	 * The connection stands.
	 *
	 * @param instance who answers
	 * @param limits what it accepts
	 */
	record Accepted(Instance instance, Limits limits) implements Welcome {
	}

	/**
	 * The connection will be closed.
	 *
	 * @param code the kind of refusal
	 * @param reason why, in words
	 */
	record Refused(ErrorCode code, String reason) implements Welcome {
	}

	/**
	 * Writes the answer.
	 * @param out where to
	 */
	default void write(ByteBuf out) {
		TlvFields fields = new TlvFields();
		if (this instanceof Accepted accepted) {
			HandshakeField.putInstance(fields, accepted.instance);
			HandshakeField.putLimits(fields, accepted.limits);
			HandshakeField.write(out, Protocol.VERSION, ErrorCode.OK.number(), fields);
		}
		else if (this instanceof Refused refused) {
			fields.put(HandshakeField.REASON, refused.reason);
			HandshakeField.write(out, 0, refused.code.number(), fields);
		}
	}

	/**
	 * Reads the answer.
	 * @param in the buffer; its position moves only when the whole answer is there
	 * @return the answer, or {@code null} if bytes are still missing
	 * @throws ProtocolException if this is something else
	 */
	static @Nullable Welcome read(ByteBuf in) {
		HandshakeField.Block block = HandshakeField.readBlock(in);
		if (block == null) {
			return null;
		}
		TlvFields fields = block.fields();
		if (block.first() == 0) {
			String reason = fields.text(HandshakeField.REASON);
			return new Refused(ErrorCode.of(block.second()), (reason != null) ? reason : "no reason given");
		}
		if (block.first() != Protocol.VERSION) {
			throw new ProtocolException("the peer chose version %s, which was not offered".formatted(block.first()));
		}
		return new Accepted(HandshakeField.instance(fields), HandshakeField.limits(fields));
	}

}
