package io.adaptive.test.sample;

record AdviceRequest(String town) {
}
