package io.adaptive.test.sample;

record HelloRequest(String who) {
}
