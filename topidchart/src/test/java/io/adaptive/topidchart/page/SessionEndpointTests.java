package io.adaptive.topidchart.page;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.adaptive.topidchart.session.SessionReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

/**
 * Tests for {@link SessionEndpoint}.
 */
@Timeout(60)
class SessionEndpointTests {

	@Test
	void aVisitorWhoLeavesInterruptsNoReading() throws Exception {
		CountDownLatch reading = new CountDownLatch(1);
		CountDownLatch left = new CountDownLatch(1);
		CountDownLatch complete = new CountDownLatch(1);
		SessionReader reader = mock(SessionReader.class);
		when(reader.latest(anyLong(), anyInt())).thenAnswer((call) -> {
			reading.countDown();
			left.await();
			complete.countDown();
			return List.of();
		});
		Disposable visitor = new SessionEndpoint(reader, mock(ChartMaker.class),
				new PageProperties("", List.of(), 1, 1, 1))
			.sessions(Long.MAX_VALUE)
			.subscribe();
		assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();
		visitor.dispose();
		left.countDown();
		// An interrupted thread does not get past the wait.
		assertThat(complete.await(10, TimeUnit.SECONDS)).isTrue();
	}

}
