package io.adaptive.test.sample;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.RemoteException;
import io.adaptive.spring.Discover;
import io.adaptive.stream.Connection;
import io.adaptive.test.LinkFaults;
import io.adaptive.test.ServiceStub;
import io.adaptive.test.spring.AdaptiveTest;
import io.adaptive.test.spring.StubService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

// tag::stub[]
@AdaptiveTest(AdviceService.class)
class AdviceServiceTests {

	@StubService(publisher = "example.org", name = "weather")
	private ServiceStub weather;

	@Discover(publisher = "example", name = "advice")
	private Connection advice;

	@Test
	void advisesAnUmbrellaInTheRain() {
		this.weather.on(WeatherRequest.class).replyWith(new Weather("rain"));
		assertThat(ask("Bergen")).isEqualTo("Take an umbrella");
		assertThat(this.weather.received()).containsExactly(new WeatherRequest("Bergen"));
	}

	@Test
	void passesOnWhyTheWeatherIsNotKnown() {
		this.weather.on(WeatherRequest.class).fail(ErrorCode.NOT_FOUND, "no such town");
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> ask("Nowhere"))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.NOT_FOUND));
	}

	@Test
	void asksAgainWhenTheConnectionIsLost(@Autowired LinkFaults faults) {
		this.weather.on(WeatherRequest.class).replyWith(new Weather("sun"));
		faults.of("example.org", "weather").loseConnectionBeforeAnswer(WeatherRequest.class);
		assertThat(ask("Rome")).isEqualTo("Take a hat");
		assertThat(this.weather.received()).hasSize(2);
	}

	private String ask(String town) {
		return this.advice.sendRecv(new AdviceRequest(town), Advice.class).text();
	}

}
// end::stub[]
