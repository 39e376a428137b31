package io.adaptive.sample.selection;

record Baked(String what, String oven) {

}
