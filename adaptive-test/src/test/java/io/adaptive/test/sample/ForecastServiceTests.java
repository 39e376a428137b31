package io.adaptive.test.sample;

import io.adaptive.spring.Discover;
import io.adaptive.stream.Connection;
import io.adaptive.test.ServiceStub;
import io.adaptive.test.spring.AdaptiveTest;
import io.adaptive.test.spring.StubService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@AdaptiveTest(ForecastService.class)
class ForecastServiceTests {

	@StubService(publisher = "example.org", name = "weather")
	private ServiceStub weather;

	@Test
	void aClientInterfaceLeadsToTheStub(@Autowired WeatherStation station) {
		this.weather.on(WeatherRequest.class).replyWith(new Weather("fog"));
		assertThat(station.look(new WeatherRequest("London"))).isEqualTo(new Weather("fog"));
	}

	@Test
	void scopesOfServicesAndClientsDoNotMatter(
			@Discover(publisher = "example", name = "forecast") Connection forecast) {
		this.weather.on(WeatherRequest.class).replyWith(new Weather("sun"));
		assertThat(forecast.sendRecv(new ForecastRequest("Rome"), Weather.class)).isEqualTo(new Weather("sun"));
	}

}
