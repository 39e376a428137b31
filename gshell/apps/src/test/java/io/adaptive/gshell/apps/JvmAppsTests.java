package io.adaptive.gshell.apps;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import debug.jvm.freemem.FreeMem;
import debug.jvm.setmaxprocs.SetMaxProcs;
import debug.jvm.setvmoption.SetVmOption;
import debug.jvm.showmetric.ShowMetric;
import debug.jvm.showstack.ShowStack;
import example.hello.Hello;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The apps as they are without gshell.
 */
class JvmAppsTests {

	@Test
	void helloPrintsALine() throws IOException, InterruptedException {
		assertThat(AppProcess.run(Hello.class)).isEqualTo(new AppProcess(0, List.of("Hello from gshell")));
		assertThat(AppProcess.run(Hello.class, "Ada").lines()).containsExactly("Hello from Ada");
	}

	@Test
	void memoryIsFreed() throws IOException, InterruptedException {
		AppProcess app = AppProcess.run(FreeMem.class);
		assertThat(app.status()).as(app.text()).isZero();
		assertThat(app.lines()).first().asString().matches("heap before: \\d+ KB used, \\d+ KB committed");
		assertThat(app.lines()).last().asString().matches("heap after: \\d+ KB used, \\d+ KB committed");
	}

	@Test
	void numbersAreShown() throws IOException, InterruptedException {
		AppProcess app = AppProcess.run(ShowMetric.class);
		assertThat(app.lines()).allMatch((line) -> line.matches("[\\w.]+ -?\\d+"))
			.anyMatch((line) -> line.startsWith("memory.heap.used "))
			.anyMatch((line) -> line.startsWith("threads.live "))
			.anyMatch((line) -> line.startsWith("gc.Copy.count "))
			.anyMatch((line) -> line.startsWith("files.open "));
	}

	@Test
	void stacksAreShown() throws IOException, InterruptedException {
		AppProcess app = AppProcess.run(ShowStack.class);
		assertThat(app.status()).as(app.text()).isZero();
		assertThat(app.text()).contains("\"main\"")
			.contains("debug.jvm.showstack.ShowStack.main")
			.contains("\"Reference Handler\"");
	}

	@Test
	void stacksOfVirtualThreadsAreShown() throws IOException, InterruptedException {
		assumeThat(Runtime.version().feature()).as("there are virtual threads from Java 21 on")
			.isGreaterThanOrEqualTo(21);
		AppProcess app = AppProcess.run(WithVirtualThread.class);
		assertThat(app.text()).contains("virtual").contains(WithVirtualThread.class.getName() + ".waitForEver");
	}

	@Test
	void anOptionOfTheJvmIsSet() throws IOException, InterruptedException {
		assertThat(AppProcess.run(SetVmOption.class, "MinHeapFreeRatio", "20").lines())
			.containsExactly("MinHeapFreeRatio before: 40", "MinHeapFreeRatio now: 20");
		assertThat(AppProcess.run(SetVmOption.class).lines()).contains("MinHeapFreeRatio 40");
		AppProcess refused = AppProcess.run(SetVmOption.class, "MaxHeapSize", "1");
		assertThat(refused.status()).isEqualTo(1);
		assertThat(refused.text()).contains(
				"MaxHeapSize cannot be set while the JVM runs; setvmoption without arguments " + "lists what can");
		assertThat(AppProcess.run(SetVmOption.class, "MaxHeapSize").text()).contains("use: setvmoption NAME VALUE");
	}

	@Test
	void processorsAreLimited() throws IOException, InterruptedException {
		int before = Runtime.getRuntime().availableProcessors();
		assertThat(AppProcess.run(SetMaxProcs.class, "1").lines()).containsExactly("processors before: " + before,
				"processors now: 1");
		assertThat(AppProcess.run(SetMaxProcs.class).lines()).containsExactly("processors before: " + before);
		AppProcess refused = AppProcess.run(SetMaxProcs.class, "9999");
		assertThat(refused.status()).isEqualTo(1);
		assertThat(refused.text()).contains("9999 processors are more than the ");
		assertThat(AppProcess.run(SetMaxProcs.class, "none").text()).contains("use: setmaxprocs N");
	}

	/**
	 * Shows the stacks of a process with a virtual thread.
	 */
	static final class WithVirtualThread {

		private WithVirtualThread() {
		}

		public static void main(String[] args) throws Exception {
			CountDownLatch started = new CountDownLatch(1);
			Thread.class.getMethod("startVirtualThread", Runnable.class)
				.invoke(null, (Runnable) () -> waitForEver(started));
			started.await();
			ShowStack.main(args);
			System.exit(0);
		}

		private static void waitForEver(CountDownLatch started) {
			started.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
