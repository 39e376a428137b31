package io.adaptive.sample.tracing;

record ReplyD(String output) {
}
