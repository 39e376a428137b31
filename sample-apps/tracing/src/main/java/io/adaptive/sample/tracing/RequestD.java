package io.adaptive.sample.tracing;

record RequestD(String input) {
}
