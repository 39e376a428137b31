package io.adaptive.sample.quotes;

import java.time.Duration;
import java.util.List;

import io.adaptive.spring.Discover;
import io.adaptive.stream.Connection;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One publisher, and two fast subscribers, a slow one and a dead one.
 */
@SpringBootApplication
public class PublishSubscribeApplication {

	@Discover(publisher = "example", name = "quotes")
	Connection quotes;

	public static void main(String[] args) throws InterruptedException {
		SpringApplication application = new SpringApplication(PublishSubscribeApplication.class);
		try (ConfigurableApplicationContext context = application.run(args)) {
			Subscribers subscribers = context.getBean(PublishSubscribeApplication.class).subscribe();
			QuoteService service = context.getBean(QuoteService.class);
			Market market = context.getBean(Market.class);
			while (service.subscribers().size() < 4) {
				Thread.sleep(1);
			}
			while (service.subscribers().contains("dead") || market.quotes() < 3_000) {
				market.burst();
				subscribers.awaitFast(market.quotes());
			}
			service.end();
			subscribers.join();
		}
	}

	Subscribers subscribe() {
		this.quotes.newStream().send(new Subscribe("dead"));
		return Subscribers.start(
				List.of(new QuoteReader(this.quotes, "fast 1", Duration.ZERO),
						new QuoteReader(this.quotes, "fast 2", Duration.ZERO)),
				new QuoteReader(this.quotes, "slow", Duration.ofMillis(15)));
	}

}
