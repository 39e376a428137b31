package io.adaptive.sample.plain;

record HelloReply(String answer) {

}
