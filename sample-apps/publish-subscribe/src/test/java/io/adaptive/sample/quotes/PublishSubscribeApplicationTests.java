package io.adaptive.sample.quotes;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class PublishSubscribeApplicationTests {

	private static final int CREDIT = 256;

	private static final Duration LONG = Duration.ofSeconds(30);

	@Test
	void theSampleTellsWhatBecameOfEachSubscriber(@TempDir Path socketDirectory, CapturedOutput output)
			throws Exception {
		PublishSubscribeApplication.main(new String[] { "--adaptive.os.socket-directory=" + socketDirectory });
		assertThat(output.getOut()).containsPattern("fast 1 received \\d{4,} and missed 0\n")
			.containsPattern("fast 2 received \\d{4,} and missed 0\n")
			.containsPattern("the service has closed dead, for which it dropped \\d+ quotes\n")
			.doesNotContain("closed slow");
		Matcher slow = Pattern.compile("slow received (\\d+) and missed (\\d+)\n").matcher(output.getOut());
		assertThat(slow.find()).isTrue();
		assertThat(Long.parseLong(slow.group(1))).isGreaterThan(CREDIT);
		assertThat(Long.parseLong(slow.group(2))).isPositive();
	}

	@Test
	void fastSubscribersGetAllAndNoMoreThanTheCreditIsKeptForOthers(@TempDir Path socketDirectory) throws Exception {
		try (ConfigurableApplicationContext context = SpringApplication.run(PublishSubscribeApplication.class,
				"--adaptive.os.socket-directory=" + socketDirectory)) {
			QuoteService service = context.getBean(QuoteService.class);
			Market market = context.getBean(Market.class);
			Subscribers subscribers = context.getBean(PublishSubscribeApplication.class).subscribe();
			Awaitility.await()
				.pollInterval(Duration.ofMillis(1))
				.atMost(LONG)
				.until(() -> service.subscribers().size() == 4);
			List<WeakReference<Quote>> quotes = new ArrayList<>();
			while (service.subscribers().size() == 4 || market.quotes() < 3_000) {
				market.burst().forEach((quote) -> quotes.add(new WeakReference<>(quote)));
				subscribers.awaitFast(market.quotes());
			}
			assertThat(service.subscribers()).containsExactly("fast 1", "fast 2", "slow");
			assertThat(subscribers.fast()).allSatisfy((fast) -> {
				assertThat(fast.missed()).isZero();
				assertThat(fast.received()).isEqualTo(market.quotes());
			});
			System.gc();
			assertThat(quotes.stream().filter((quote) -> quote.get() != null).count())
				.as("of %d quotes are still in memory", market.quotes())
				.isLessThan(4 * CREDIT);
			service.end();
			subscribers.join();
			assertThat(subscribers.slow().missed()).isPositive();
			assertThat(subscribers.slow().latest()).isLessThanOrEqualTo(market.quotes());
		}
	}

}
