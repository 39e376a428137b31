package io.adaptive.benchmark.micro;

import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.adaptive.handler.HandlerOptions;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Credit taken and given back: a call within a process to a handler that never waits,
 * which is credit both ways, the books of open calls, and nothing else. The counters have
 * no public type of their own.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CreditBenchmark {

	private final AdaptiveNode node = AdaptiveNode.builder().scopes(Set.of(Scope.PROCESS)).build();

	private final Connection connection = connect(this.node);

	private static Connection connect(AdaptiveNode node) {
		node.newServer()
			.publish(Service.named("benchmark", "credit")
				.handle(Integer.class, (number) -> number)
				.options(Integer.class, HandlerOptions.DEFAULT.asNonBlocking()));
		return node.newClient().discover("benchmark", "credit");
	}

	/**
	 * Calls.
	 * @return the answer
	 */
	@Benchmark
	public Integer call() {
		return this.connection.sendRecv(1, Integer.class);
	}

	/**
	 * Ends the node.
	 */
	@TearDown
	public void close() {
		this.node.close();
	}

}
