package io.adaptive.test.sample;

record Advice(String text) {
}
