package io.adaptive.sample.tracing;

record RequestB(String input) {
}
