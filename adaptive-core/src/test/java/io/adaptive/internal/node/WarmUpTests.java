package io.adaptive.internal.node;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.internal.wire.PayloadCodec;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link WarmUp}.
 */
class WarmUpTests {

	private final List<String> done = new CopyOnWriteArrayList<>();

	private final ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>());

	@AfterEach
	void end() {
		this.thread.shutdownNow();
	}

	@Test
	void whatComesEarlyWaitsUntilItBeginsAndKeepsItsOrder() {
		try (WarmUp warmUp = new WarmUp(new Instance(new ProviderId("p"), 1), new ForyCodec(),
				new BackgroundWork(this.thread))) {
			warmUp.later(() -> this.done.add("first"));
			warmUp.later(() -> this.done.add("second"));
			warmUp.execute(() -> this.done.add("at once"));
			await().until(() -> this.done.contains("at once"));
			assertThat(this.done).containsExactly("at once");
			warmUp.begin();
			warmUp.later(() -> this.done.add("third"));
			await().until(() -> this.done.size() == 4);
			assertThat(this.done).containsExactly("at once", "first", "second", "third");
		}
	}

	@Test
	void theRunTakesPlaceOnce() {
		try (WarmUp warmUp = new WarmUp(new Instance(new ProviderId("p"), 1), new ForyCodec(),
				new BackgroundWork(this.thread))) {
			warmUp.run(() -> this.done.add("run"));
			warmUp.run(() -> this.done.add("run"));
			warmUp.execute(() -> this.done.add("end"));
			await().until(() -> this.done.contains("end"));
			assertThat(this.done).containsExactly("run", "end");
		}
	}

	@Test
	void theMessagesOfClientsAreInterpretedAndThoseOfServicesHaveCode() {
		List<String> prepared = new CopyOnWriteArrayList<>();
		PayloadCodec codec = (PayloadCodec) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { PayloadCodec.class }, (proxy, method, arguments) -> {
					prepared.add("%s %s".formatted(method.getName(), ((Class<?>) arguments[0]).getSimpleName()));
					return null;
				});
		try (WarmUp warmUp = new WarmUp(new Instance(new ProviderId("p"), 1), codec, new BackgroundWork(this.thread))) {
			warmUp.prepare(String.class);
			warmUp.expect(Integer.class);
			warmUp.begin();
			warmUp.expect(Long.class);
			await().until(() -> prepared.size() == 3);
			assertThat(prepared).containsExactly("warmUp String", "prepare Integer", "prepare Long");
		}
	}

	@Test
	void nothingIsBegunAfterTheEnd() {
		WarmUp warmUp = new WarmUp(new Instance(new ProviderId("p"), 1), new ForyCodec(),
				new BackgroundWork(this.thread));
		warmUp.later(() -> this.done.add("held"));
		warmUp.close();
		warmUp.run(() -> this.done.add("run"));
		warmUp.begin();
		assertThat(this.done).isEmpty();
	}

}
