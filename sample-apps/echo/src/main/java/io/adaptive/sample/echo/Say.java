package io.adaptive.sample.echo;

record Say(String text) {

}
