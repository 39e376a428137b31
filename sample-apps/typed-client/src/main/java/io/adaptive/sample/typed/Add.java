package io.adaptive.sample.typed;

record Add(long one, long other) {

}
