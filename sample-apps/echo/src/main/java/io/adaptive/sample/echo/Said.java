package io.adaptive.sample.echo;

record Said(String text) {

}
