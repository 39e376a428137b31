package io.adaptive.sample.tracing;

record RequestC(String input) {
}
