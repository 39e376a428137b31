package io.adaptive.sample.selection;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Bakes until it is interrupted.
 */
@Component
@Profile("baker")
class Bakery implements ApplicationRunner {

	private final Baker baker;

	Bakery(Baker baker) {
		this.baker = baker;
	}

	@Override
	public void run(ApplicationArguments args) throws InterruptedException {
		while (true) {
			Baked bread = this.baker.bake("bread");
			List<String> turns = List.of(this.baker.bakeInTurn("roll").oven(), this.baker.bakeInTurn("roll").oven());
			System.out.println("bread: %s, rolls in turns: %s, ovens: %d".formatted(bread.oven(), turns,
					this.baker.bakeEverywhere("cake").size()));
			TimeUnit.SECONDS.sleep(1);
		}
	}

}
