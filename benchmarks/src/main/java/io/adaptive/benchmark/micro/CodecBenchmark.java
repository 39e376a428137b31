package io.adaptive.benchmark.micro;

import java.util.concurrent.TimeUnit;

import io.adaptive.benchmark.contestant.Ask;
import io.adaptive.benchmark.contestant.Bodies;
import io.adaptive.wire.ForyCodec;
import io.adaptive.wire.PayloadCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A record to bytes and back.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

	@Param({ "32", "2048", "32768" })
	int size;

	private final PayloadCodec codec = new ForyCodec();

	private final ByteBuf buffer = Unpooled.buffer(64 * 1024);

	private Ask message = new Ask(0, new byte[0]);

	private byte[] encoded = new byte[0];

	/**
	 * Makes the message.
	 */
	@Setup
	public void prepare() {
		this.message = new Ask(1, Bodies.of(this.size));
		this.codec.warmUp(Ask.class);
		encode();
		this.encoded = new byte[this.buffer.readableBytes()];
		this.buffer.readBytes(this.encoded);
	}

	/**
	 * Encodes.
	 * @return how long it became
	 */
	@Benchmark
	public int encode() {
		this.buffer.clear();
		this.codec.encode(this.message, this.buffer);
		return this.buffer.writerIndex();
	}

	/**
	 * Decodes.
	 * @return the message
	 */
	@Benchmark
	public Ask decode() {
		return this.codec.decode(Ask.class, this.encoded);
	}

}
