package io.adaptive.test.sample;

import java.time.Duration;

import io.adaptive.message.RemoteException;
import io.adaptive.spring.Discover;
import io.adaptive.stream.Connection;
import io.adaptive.test.LinkFaults;
import io.adaptive.test.ServiceStub;
import io.adaptive.test.TestClock;
import io.adaptive.test.spring.AdaptiveTest;
import io.adaptive.test.spring.StubService;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@AdaptiveTest(AdviceService.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ResetTests {

	@StubService(publisher = "example.org", name = "weather")
	private ServiceStub weather;

	@Discover(publisher = "example", name = "advice")
	private Connection advice;

	@Test
	@Order(1)
	void leavesAnswersFaultsAndAStoppedClock(@Autowired LinkFaults faults, @Autowired TestClock clock) {
		this.weather.on(WeatherRequest.class).replyWith(new Weather("sun"));
		assertThat(ask("Rome")).isEqualTo("Take a hat");
		faults.refuseConnections().delay(Duration.ofHours(1));
		clock.stop();
		this.advice.async().sendRecv(new AdviceRequest("Rome"), Advice.class);
	}

	@Test
	@Order(2)
	void findsNothingOfTheTestBefore(@Autowired TestClock clock) {
		long before = clock.nanoTime();
		assertThat(this.weather.received()).isEmpty();
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> ask("Rome"))
			.withMessageContaining(
					"The stub of example.org/weather has no answer for message " + WeatherRequest.class.getName());
		assertThat(clock.nanoTime()).isGreaterThan(before);
	}

	@Test
	@Order(3)
	void mayCloseAnInjectedConnection() {
		this.weather.on(WeatherRequest.class).replyWith(new Weather("fog"));
		try (Connection closed = this.advice) {
			assertThat(closed.isOpen()).isTrue();
		}
		assertThat(ask("Rome")).isEqualTo(ask("Oslo"));
	}

	@Test
	@Order(4)
	void findsAnInjectedConnectionOpenThatTheTestBeforeClosed() {
		this.weather.on(WeatherRequest.class).replyWith(new Weather("sun"));
		assertThat(ask("Rome")).isEqualTo("Take a hat");
	}

	private String ask(String town) {
		return this.advice.sendRecv(new AdviceRequest(town), Advice.class).text();
	}

}
