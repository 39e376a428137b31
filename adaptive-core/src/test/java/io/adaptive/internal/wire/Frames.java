package io.adaptive.internal.wire;

import java.util.ArrayList;
import java.util.List;

import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Payload;
import io.adaptive.spi.ReferencePayload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

/**
 * Encodes and decodes whole directions of a connection.
 */
final class Frames {

	private final ByteBuf written = Unpooled.buffer();

	private final EnvelopeEncoder encoder;

	Frames(PayloadCodec codec, long maxMessage) {
		this.encoder = new EnvelopeEncoder(UnpooledByteBufAllocator.DEFAULT, codec, maxMessage, this::write);
	}

	static ByteBuf encode(Envelope... envelopes) {
		Frames frames = new Frames(new NoteCodec(), Limits.DEFAULT.maxMessage());
		for (Envelope envelope : envelopes) {
			frames.add(envelope);
		}
		return frames.written;
	}

	void add(Envelope envelope) {
		write(this.encoder.encode(envelope));
	}

	ByteBuf written() {
		return this.written;
	}

	private void write(Outbound outbound) {
		boolean last;
		do {
			last = outbound.isLastFrame();
			ByteBuf rest = outbound.nextFrame(this.written);
			if (rest != null) {
				this.written.writeBytes(rest);
				rest.release();
			}
		}
		while (!last);
	}

	static EnvelopeDecoder decoder() {
		return new EnvelopeDecoder(new NoteCodec(), Limits.DEFAULT, true);
	}

	static List<Envelope> decode(ByteBuf in) {
		return decode(decoder(), in);
	}

	/**
	 * Decodes all whole frames.
	 */
	static List<Envelope> decode(EnvelopeDecoder decoder, ByteBuf in) {
		List<Envelope> decoded = new ArrayList<>();
		while (decoder.decode(in, (envelope) -> decoded.add(comparable(envelope)))) {
			// Until a frame is not complete.
		}
		return decoded;
	}

	private static Envelope comparable(Envelope envelope) {
		if (envelope instanceof Envelope.Message message) {
			return new Envelope.Message(message.streamId(), message.callId(), message.timeoutNanos(),
					message.priority(), message.headers(), comparable(message.payload()));
		}
		if (envelope instanceof Envelope.Reply reply && reply.payload() != null) {
			return new Envelope.Reply(reply.streamId(), reply.callId(), comparable(reply.payload()), reply.followed());
		}
		return envelope;
	}

	private static Payload comparable(Payload payload) {
		return payload.typeName().equals("note") ? new ReferencePayload(payload.decode(NoteCodec.Note.class)) : payload;
	}

}
