package io.adaptive.benchmark.micro;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.internal.trace.MessageTracer;
import io.adaptive.internal.trace.TraceMarks;
import io.adaptive.message.TraceTag;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What message tracing costs each message that is sent while it is not traced.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TraceCheckBenchmark {

	private final MessageTracer unmarked = tracer(new TraceMarks());

	private final MessageTracer marked = tracer(marksOf(Long.class));

	/** Of several types, as in a program. */
	private final Object[] messages = { 1, "text", new Sent(1), new Answered("x") };

	private int next;

	private static TraceMarks marksOf(Class<?> type) {
		TraceMarks marks = new TraceMarks();
		marks.mark(type, 1, List.of());
		return marks;
	}

	private static MessageTracer tracer(TraceMarks marks) {
		return MessageTracer.of(marks, (record) -> {
		}, InstantSource.system());
	}

	private Object message() {
		return this.messages[this.next++ & 3];
	}

	/**
	 * The loop alone.
	 * @return the message
	 */
	@Benchmark
	public Object baseline() {
		return message();
	}

	/**
	 * Nothing is marked.
	 * @return no tag
	 */
	@Benchmark
	public @Nullable TraceTag nothingMarked() {
		return this.unmarked.begin(message(), null);
	}

	/**
	 * Messages of another type are.
	 * @return no tag
	 */
	@Benchmark
	public @Nullable TraceTag anotherTypeMarked() {
		return this.marked.begin(message(), null);
	}

	/**
	 * Nothing is marked, and a connection asks what it is sending for, as it does for the
	 * deadline too.
	 * @return no tag
	 */
	@Benchmark
	public @Nullable TraceTag nothingMarkedInContext() {
		PropagatedContext context = PropagatedContext.current();
		return this.unmarked.begin(message(), (context != null) ? context.tag() : null);
	}

	private record Sent(int number) {
	}

	private record Answered(String text) {
	}

}
