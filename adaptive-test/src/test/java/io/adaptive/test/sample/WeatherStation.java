package io.adaptive.test.sample;

import io.adaptive.message.Scope;
import io.adaptive.spring.Discover;

@Discover(publisher = "example.org", name = "weather", scopes = Scope.WAN)
interface WeatherStation {

	Weather look(WeatherRequest request);

}
