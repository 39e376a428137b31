package io.adaptive.sample.plain;

record HelloRequest(String who) {

}
