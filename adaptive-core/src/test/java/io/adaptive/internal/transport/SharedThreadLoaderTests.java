package io.adaptive.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a shared thread keeps of the application that makes it.
 */
class SharedThreadLoaderTests {

	@Test
	void theClassLoaderIsCollectedWhileTheThreadRuns() throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		Application application = new Application();
		WeakReference<ClassLoader> loader = new WeakReference<>(application);
		Thread thread = application.start(() -> {
			try {
				end.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		application = null;
		try {
			Awaitility.await().atMost(Duration.ofSeconds(50)).until(() -> {
				System.gc();
				return loader.get() == null;
			});
			assertThat(thread.isAlive()).isTrue();
		}
		finally {
			end.countDown();
			thread.join();
		}
	}

	/** Made once by each class loader that defines it. */
	public static final class Maker implements Function<Runnable, Thread> {

		@Override
		public Thread apply(Runnable work) {
			Thread thread = SharedThreads.newThread(work, "shared");
			thread.start();
			return thread;
		}

	}

	/** Defines the maker itself, and has all else from its parent. */
	private static final class Application extends ClassLoader {

		private Application() {
			super(SharedThreadLoaderTests.class.getClassLoader());
		}

		@SuppressWarnings("unchecked")
		private Thread start(Runnable work) throws ReflectiveOperationException {
			Class<?> maker = findClass(Maker.class.getName());
			return ((Function<Runnable, Thread>) maker.getConstructor().newInstance()).apply(work);
		}

		@Override
		protected Class<?> findClass(String name) {
			try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
				byte[] code = file.readAllBytes();
				return defineClass(name, code, 0, code.length);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
