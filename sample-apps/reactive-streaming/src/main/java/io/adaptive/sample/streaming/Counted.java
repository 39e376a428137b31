package io.adaptive.sample.streaming;

record Counted(long value) {

}
