package io.adaptive.sample.tracing;

record ReplyC(String output) {
}
