package io.adaptive.sample.selection;

import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;

/**
 * One of several ovens.
 */
@AdaptiveService(publisher = "example", name = "oven")
@Profile("!baker")
class OvenService {

	private final String name;

	OvenService(@Value("${oven}") String name) {
		this.name = name;
	}

	@MessageHandler
	Baked bake(Bake order) {
		return new Baked(order.what(), this.name);
	}

}
