package io.adaptive.sample.typed;

record CountTo(int number) {

}
