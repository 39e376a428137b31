package io.adaptive.sample.echo;

record Joined(String who) {

}
