package io.adaptive.sample.tracing;

record ReplyB(String output) {
}
