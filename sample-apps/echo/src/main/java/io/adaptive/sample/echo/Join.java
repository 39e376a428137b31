package io.adaptive.sample.echo;

record Join(String who) {

}
