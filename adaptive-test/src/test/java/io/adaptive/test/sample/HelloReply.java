package io.adaptive.test.sample;

record HelloReply(String answer) {
}
