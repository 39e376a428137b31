package io.adaptive.benchmark.micro;

import java.util.concurrent.TimeUnit;

import io.adaptive.benchmark.contestant.Ask;
import io.adaptive.benchmark.contestant.Bodies;
import io.adaptive.internal.wire.EnvelopeDecoder;
import io.adaptive.internal.wire.EnvelopeEncoder;
import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.internal.wire.Outbound;
import io.adaptive.internal.wire.PayloadCodec;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.ReferencePayload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * An envelope to frames and back: encoding of the message included, decoding of it not.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FramingBenchmark {

	private static final int STREAM = 3;

	@Param({ "32", "2048", "32000" })
	int size;

	private final PayloadCodec codec = new ForyCodec();

	private final EnvelopeDecoder decoder = new EnvelopeDecoder(this.codec, Limits.DEFAULT, true);

	private final EnvelopeEncoder encoder = new EnvelopeEncoder(PooledByteBufAllocator.DEFAULT, this.codec,
			Limits.DEFAULT.maxMessage(), this::announce);

	private final ByteBuf wire = PooledByteBufAllocator.DEFAULT.directBuffer();

	private Ask message = new Ask(0, new byte[0]);

	private long callId;

	/**
	 * Makes the message.
	 */
	@Setup
	public void prepare() {
		this.message = new Ask(1, Bodies.of(this.size));
		this.codec.warmUp(Ask.class);
	}

	private void announce(Outbound announcement) {
		announcement.nextFrame(this.wire);
		this.decoder.decode(this.wire, (envelope) -> {
		});
	}

	/**
	 * Encodes one message to one frame and takes the frame apart.
	 * @param seen gets the envelope
	 */
	@Benchmark
	public void thereAndBack(Blackhole seen) {
		Outbound outbound = this.encoder
			.encode(new Envelope.Message(STREAM, ++this.callId, 0, new ReferencePayload(this.message)));
		ByteBuf rest = outbound.nextFrame(this.wire.clear());
		if (rest != null) {
			this.wire.writeBytes(rest);
			rest.release();
		}
		this.decoder.decode(this.wire, seen::consume);
	}

}
