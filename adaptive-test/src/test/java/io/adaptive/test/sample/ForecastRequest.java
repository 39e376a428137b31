package io.adaptive.test.sample;

record ForecastRequest(String town) {
}
