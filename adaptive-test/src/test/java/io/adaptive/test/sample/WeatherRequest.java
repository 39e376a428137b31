package io.adaptive.test.sample;

import io.adaptive.annotation.Idempotent;

@Idempotent
record WeatherRequest(String town) {
}
