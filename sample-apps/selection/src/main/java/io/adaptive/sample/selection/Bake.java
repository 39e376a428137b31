package io.adaptive.sample.selection;

record Bake(String what) {

}
