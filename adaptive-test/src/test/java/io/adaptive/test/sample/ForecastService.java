package io.adaptive.test.sample;

import io.adaptive.message.Scope;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;

/**
 * Is for the local network, and asks a service of the wide one.
 */
@AdaptiveService(publisher = "example", name = "forecast", scopes = Scope.LAN)
class ForecastService {

	private final WeatherStation station;

	ForecastService(WeatherStation station) {
		this.station = station;
	}

	@MessageHandler
	Weather forecast(ForecastRequest request) {
		return this.station.look(new WeatherRequest(request.town()));
	}

}
