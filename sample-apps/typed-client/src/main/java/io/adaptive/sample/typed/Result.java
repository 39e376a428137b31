package io.adaptive.sample.typed;

record Result(long value) {

}
