package io.adaptive.sample.typed;

record Note(String text) {

}
