package io.adaptive.test.sample;

import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.Connection;

/**
 * Asks a service of somebody else.
 */
@AdaptiveService(publisher = "example", name = "advice")
class AdviceService {

	private final Connection weather;

	AdviceService(@Discover(publisher = "example.org", name = "weather") Connection weather) {
		this.weather = weather;
	}

	@MessageHandler
	Advice advise(AdviceRequest request) {
		Weather now = this.weather.sendRecv(new WeatherRequest(request.town()), Weather.class);
		return new Advice(now.sky().equals("rain") ? "Take an umbrella" : "Take a hat");
	}

}
