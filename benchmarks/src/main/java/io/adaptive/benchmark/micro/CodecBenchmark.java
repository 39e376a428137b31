package io.adaptive.benchmark.micro;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import io.adaptive.benchmark.contestant.Ask;
import io.adaptive.benchmark.contestant.Bodies;
import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.internal.wire.PayloadCodec;
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

	private Ask message = new Ask(0, new byte[0]);

	private byte[] encoded = new byte[0];

	/**
	 * Makes the message.
	 */
	@Setup
	public void prepare() {
		this.message = new Ask(1, Bodies.of(this.size));
		this.codec.warmUp(Ask.class);
		this.encoded = encode();
	}

	/**
	 * Encodes.
	 * @return the bytes
	 */
	@Benchmark
	public byte[] encode() {
		return this.codec.encode(this.message, Arrays::copyOf);
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
