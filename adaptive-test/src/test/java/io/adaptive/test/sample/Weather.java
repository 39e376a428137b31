package io.adaptive.test.sample;

record Weather(String sky) {
}
