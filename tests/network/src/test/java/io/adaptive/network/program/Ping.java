package io.adaptive.network.program;

record Ping(long number) {
}
