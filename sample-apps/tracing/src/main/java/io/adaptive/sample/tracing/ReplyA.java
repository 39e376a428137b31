package io.adaptive.sample.tracing;

record ReplyA(String output) {
}
